//! What exports do that are tables, and what is done with it.

use crate::corpus::record::{Extent, OutletBasis};
use crate::read::columns::Columns;
use crate::read::draft::Collected;
use crate::read::encoding::Encoding;
use crate::read::format::Source;
use crate::read::limits::Limits;
use crate::read::table::delimited::read;

fn with(content: &[u8], limits: &Limits, columns: &str) -> Collected {
    let columns = Columns::parse(columns).unwrap();
    let mut found = Collected::default();
    let source = Source { name: "t.csv", limits, columns: &columns, encoding: Encoding::default(), charset: "" };
    read(&mut &*content, &source, &mut found).unwrap();
    found
}

fn table(content: impl AsRef<[u8]>) -> Collected {
    with(content.as_ref(), &Limits::default(), "")
}

/// Line, outlet and text of each article.
fn rows(found: &Collected) -> Vec<(usize, &str, &str)> {
    found.articles.iter().map(|d| (d.line, &*d.outlet, &*d.text)).collect()
}

/// Line, column and reason of what was refused.
fn reasons(found: &Collected) -> Vec<(usize, usize, &str)> {
    found.refused.iter().map(|r| (r.line, r.column, &*r.reason)).collect()
}

#[test]
fn delimiters_and_line_ends() {
    for content in [
        "outlet,text\nA,One\nB,Two\n",
        "outlet;text\r\nA;One\r\nB;Two",
        "outlet\ttext\rA\tOne\rB\tTwo\r",
        "\u{FEFF}outlet|text\nA|One\n\n , \nB|Two\n",
        "sep=;\nA text, it is;outlet;text\n;A;One\n;B;Two\n",
    ] {
        let found = table(content);
        let found: Vec<_> = found.articles.iter().map(|d| (&*d.outlet, &*d.text)).filter(|(outlet, _)| !outlet.is_empty()).collect();
        assert_eq!(found, [("A", "One"), ("B", "Two")], "{content:?}");
    }
    let found = table("outlet;Title, short;Text\nA;T;\"One; \"\"two\"\"\r\nthree\"\nB;T;Four\n");
    assert_eq!(rows(&found), [(2, "A", "One; \"two\"\r\nthree"), (4, "B", "Four")]);
}

#[test]
fn exports_of_many_makers() {
    // Header, row, and what of it is outlet, title, date, text.
    let cases: &[(&str, &str, [&str; 4])] = &[
        ("Titel;Zeitung;Erscheinungsdatum;Volltext", "T;Z;01.02.2021;X", ["Z", "T", "01.02.2021", "X"]),
        ("Titre;Journal;Date;Texte", "T;Z;01/02/2021;X", ["Z", "T", "01/02/2021", "X"]),
        ("Fecha,Medio,Titular,Texto", "1/2/2021,Z,T,X", ["Z", "T", "1/2/2021", "X"]),
        ("Data;Testata;Titolo;Testo", "1/2/2021;Z;T;X", ["Z", "T", "1/2/2021", "X"]),
        ("Datum\tBron\tKop\tTekst", "1-2-2021\tZ\tT\tX", ["Z", "T", "1-2-2021", "X"]),
        ("Título,Veículo,Data,Conteúdo", "T,Z,1/2/2021,X", ["Z", "T", "1/2/2021", "X"]),
        (",id,title,publication,author,date,year,month,url,content", "0,17,T,Z,P,2016-12-31,2016.0,12.0,,X", ["Z", "T", "2016-12-31", "X"]),
        (
            "date,year,month,day,author,title,article,url,section,publication",
            "2016-12-09,2016,12,9,P,T,X,u,s,Z",
            ["Z", "T", "2016-12-09", "X"],
        ),
        ("title,text,domain,date,description,url,image_url", "T,X,z.com,2018-01-01,D,u,i", ["z.com", "T", "2018-01-01", "X"]),
        ("authors,date_download,date_publish,maintext,source_domain,title", "P,2020,2019,X,z.com,T", ["z.com", "T", "2019", "X"]),
    ];
    for (header, row, expected) in cases {
        let found = table(format!("{header}\n{row}\n"));
        let found: Vec<_> = found.articles.iter().map(|d| [&*d.outlet, &*d.title, &*d.published_at, &*d.text]).collect();
        assert_eq!(found, [*expected], "{header}");
    }
}

#[test]
fn headlines_summaries_and_marks() {
    let old = "stories_id,publish_date,title,url,language,ap_syndicated,themes,media_id,media_name,media_url\n\
        1,2020-01-02 03:04:05,T,http://x.y/1,en,True,,7,Z,http://z.com\n2,2020-01-02,,http://x.y/2,en,False,,7,Z,http://z.com\n";
    let found = table(old);
    let draft = &found.articles[0];
    assert_eq!((draft.extent, &*draft.outlet, draft.outlet_basis, &*draft.text), (Extent::Title, "Z", OutletBasis::Field, ""));
    assert_eq!(draft.duplicate_mark, "ap_syndicated=true");
    assert_eq!(reasons(&found), [(3, 0, "the row has neither text nor title")]);
    let found = table(
        "title,description,content,syndicate_id\nT,Short.,,\nT,,Starts … [+99 chars],ab\nT,,<p>One &amp; two.</p><p>Three.</p>,\nT,nan,,\n",
    );
    let found: Vec<_> = found.articles.iter().map(|d| (d.extent, &*d.text, &*d.duplicate_mark)).collect();
    assert_eq!(found[0], (Extent::Excerpt, "Short.", ""));
    assert_eq!(found[1], (Extent::Excerpt, "Starts … [+99 chars]", "syndicate_id=ab"));
    assert_eq!(found[2], (Extent::Full, "One & two.\n\nThree.", ""));
    assert_eq!(found[3], (Extent::Title, "", ""));
}

#[test]
fn headers_that_do_not_serve() {
    let whole = |content: &str| {
        let found = table(content);
        assert_eq!((found.articles.len(), found.refused.len(), found.refused[0].line), (0, 1, 0), "{content:?}");
        found.refused[0].reason.clone()
    };
    assert_eq!(whole("outlet,date,url\nA,2020,u\n"), "no column holds the text (columns are outlet, date, url)");
    assert_eq!(whole("1,2,3\n4,5,6\n"), "has no row of names that are known (its first row is: 1, 2, 3)");
    assert!(whole("").starts_with("is empty") && whole("\n\n").starts_with("is empty"));
    let found = with(b"outlet,words\nA,One\n", &Limits::default(), "text=Inhalt");
    assert_eq!(found.refused[0].reason, "has no column \"Inhalt\", which --columns names (columns are outlet, words)");
    let found = with(b"a,b\nA,One\n", &Limits::default(), "text=b,outlet=1");
    assert_eq!(rows(&found), [(2, "A", "One")]);
    // What was searched for stands before the table.
    let found = table("Report:,Storm\nFrom:,2021\n\nDate,Source,Title,Full Text\n2021,A,T,One\n");
    assert_eq!((rows(&found), found.refused.len()), (vec![(5, "A", "One")], 2));
    // Of two columns of one name, the first.
    assert_eq!(rows(&table("outlet,text,text\nA,One,Two\n")), [(2, "A", "One")]);
    // One column may hold any delimiter.
    assert_eq!(rows(&table("text\nOne, two; three\n\"Four\nfive\"\n")), [(2, "", "One, two; three"), (3, "", "Four\nfive")]);
}

#[test]
fn ragged_rows() {
    let found = table("outlet,text,note\nA,One\nB\nC,Two,n,\nD,Three,n,more\nE,Four,n\n");
    assert_eq!(rows(&found), [(2, "A", "One"), (4, "C", "Two"), (6, "E", "Four")]);
    assert_eq!(reasons(&found), [(3, 0, "the row has 1 cell, the header 3"), (5, 0, "the row has 4 cells, the header 3")]);
}

#[test]
fn a_quote_that_is_not_closed_costs_its_row_alone() {
    let lost = |lines: &str| format!("a quotation mark opens a cell and is not closed; {lines}");
    let found = table("outlet,text\nA,One\nBé,\"Two\nC,Three\nD,\"Four\nand five\"\n");
    assert_eq!(rows(&found), [(2, "A", "One"), (4, "C", "Three"), (5, "D", "Four\nand five")]);
    assert_eq!(reasons(&found), [(3, 4, &*lost("the line is skipped"))]);
    let found = table("outlet,text\nA,\"Two\nlines\n and a third\nC,Three\n");
    assert_eq!((rows(&found), reasons(&found)), (vec![(5, "C", "Three")], vec![(2, 3, &*lost("lines 2 to 4 are skipped"))]));
    // The last row of a file that was cut.
    let found = table("outlet,text\nA,One\nB,\"Two and");
    assert_eq!((rows(&found), reasons(&found)), (vec![(2, "A", "One")], vec![(3, 3, &*lost("the line is skipped"))]));
    // Two in a row, and one in a column before others.
    let found = table("outlet,title,text\nA,\"T,One\nB,\"T,Two\nC,T,\"Three\"\n\"D,T,Four\nE,T,\"Five, \"\"six\"\"\"\n");
    assert_eq!(rows(&found), [(4, "C", "Three"), (6, "E", "Five, \"six\"")]);
    assert_eq!(found.refused.iter().map(|r| r.line).collect::<Vec<_>>(), [2, 5]);
}

#[test]
fn quotes_that_can_be_read_in_one_way_only() {
    for (row, expected) in [
        ("A,He said \"no\" to it", "He said \"no\" to it"),
        ("A,\"He said \"no\" to it\"", "He said \"no\" to it"),
        ("A,\"No\" he said", "\"No\" he said"),
        ("A, \"One, two\"", "One, two"),
        ("A,\"He said \\\"no\\\", twice\"", "He said \"no\", twice"),
        ("A,\"He said \"no\".\nThen \"yes\" to it\"", "He said \"no\".\nThen \"yes\" to it"),
    ] {
        let found = table(format!("outlet,text\n{row}\nB,Two\n"));
        assert_eq!(found.articles.iter().map(|d| &*d.text).collect::<Vec<_>>(), [expected, "Two"], "{row}: {:?}", found.refused);
    }
    let tabs = table("outlet\ttext\nA\t\"No\" he said, \"never\nB\t5\" of snow\n");
    assert_eq!((rows(&tabs), tabs.refused.len()), (vec![(3, "B", "5\" of snow")], 1));
}

#[test]
fn bounds_are_named() {
    let long = "x".repeat(3000);
    let limits = Limits { record: 5000, field: 2000, columns: 5, ..Limits::default() };
    let content = format!("outlet,text\nA,{long}\nB,Two\nC,{long}{long}\nD,\"{long}\n{long}\"\nE,1,2,3,4,5,6\nF,Six\n");
    let found = with(content.as_bytes(), &limits, "");
    assert_eq!(rows(&found), [(3, "B", "Two"), (8, "F", "Six")]);
    let told: Vec<_> = found.refused.iter().map(|r| (r.line, r.reason.as_str(), r.mend.rsplit("--").next().unwrap())).collect();
    assert_eq!(told[0], (2, "the cell of \"text\" is longer than 2000 bytes, the bound on one field", "limit field=SIZE"));
    assert_eq!(told[1].0, 4);
    assert_eq!(told[2], (5, "the row is longer than 5000 bytes, the bound on one record", "limit record=SIZE"));
    assert_eq!(told[3], (7, "the row has more than 5 cells, the bound on one table", "limit columns=N"));
}

#[test]
fn bytes_that_are_no_characters() {
    let found = table(b"outlet,text\nA,One\nB,T\x93wo\0\n");
    assert_eq!(rows(&found), [(2, "A", "One"), (3, "B", "T\u{FFFD}wo\u{FFFD}")]);
    assert!(found.notices[0].message.starts_with("t.csv:3: 2 places"), "{:?}", found.notices);
}

#[test]
fn broken_quotes_end() {
    let lines = 60_000;
    for line in ["a,\"b\n", "\"\n", ",\",\"x\n", "a,\"\"\"\n", "\"a\",\"b\" c\n", ",\"\n"] {
        let content = format!("outlet,text,note\n{}", line.repeat(lines));
        // Quadratic work would show as minutes.
        let found = table(&content);
        // Two such marks hold a line end and nothing else: a blank row.
        assert!(found.articles.len() + found.refused.len() > 0 || line == "\"\n", "{line:?}");
    }
}

proptest::proptest! {
    /// What a writer of tables wrote is what is read, whatever stands in the cells.
    #[test]
    fn what_was_written_is_read(cells in proptest::collection::vec(("[a-c\",;\n\r\t| é]{0,9}", "x[a-c\",;\n\r\t| é]{0,12}"), 1..8), which in 0_usize..4) {
        let delimiter = [b',', b';', b'\t', b'|'][which];
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
        writer.write_record(["outlet", "text"]).unwrap();
        for (outlet, text) in &cells {
            writer.write_record([outlet, text]).unwrap();
        }
        let found = table(writer.into_inner().unwrap());
        let read: Vec<_> = found.articles.iter().map(|d| (d.outlet.as_str(), d.text.as_str())).collect();
        let written: Vec<_> = cells.iter().map(|(outlet, text)| (outlet.trim(), text.as_str())).collect();
        proptest::prop_assert_eq!(read, written);
        proptest::prop_assert!(found.refused.is_empty());
    }

    /// Nothing panics, runs on, or is lost without a word.
    #[test]
    fn any_bytes(content in "(sep=[;,]\n)?(outlet[,;])?text\n[ab\",;\\\\ \n\r]{0,80}", record in 4_usize..60) {
        let limits = Limits { record, field: record / 2, columns: 6, ..Limits::default() };
        let found = with(content.as_bytes(), &limits, "");
        let body = content.split_once("text\n").map_or("", |(_, body)| body);
        let is_blank = body.bytes().all(|b| b" \t\r\n,;\"".contains(&b));
        proptest::prop_assert!(is_blank || !found.articles.is_empty() || !found.refused.is_empty());
    }
}

#[test]
fn what_data_frames_write() {
    let found = table(
        "source,title,authors,maintext,text,description\n\"{'id': None, 'name': 'Some Paper'}\",Head - Some Paper,\"['A B', 'C D']\",Words.,,Short\n\
         B,U,,,Other words.,\n",
    );
    let read: Vec<_> = found.articles.iter().map(|d| [&*d.outlet, &*d.title, &*d.byline, &*d.text]).collect();
    assert_eq!(read, [["Some Paper", "Head", "A B, C D", "Words."], ["B", "U", "", "Other words."]]);
}

#[test]
fn a_column_of_prose_that_is_not_read_is_told() {
    let prose = "word ".repeat(50);
    let found = table(format!("outlet,title,Bericht\nA,T,{prose}\nB,U,{prose}\n"));
    assert_eq!((found.articles.len(), found.articles[0].extent, found.notices.len()), (2, Extent::Title, 1));
    assert!(found.notices[0].mend.contains("text=Bericht"), "{:?}", found.notices);
    assert!(table("outlet,title,url,remark on it\nA,T,http://x,short\n").notices.is_empty());
}
