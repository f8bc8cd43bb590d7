//! Factiva's HTML: many articles in a file, as tables of two-letter codes or as the pages of its article view.

use std::io::{self, BufRead};

use crate::corpus::record::{DateBasis, Extent, OutletBasis};
use crate::read::draft::{Draft, Refused, Sink};
use crate::read::format::Source;
use crate::read::page::encoding::decoded;
use crate::read::page::markup::paragraphs;
use crate::read::page::tags::{Tag, Token, Tokens, is_any};

/// Whether the start of a file is that of a Factiva export.
#[must_use]
pub fn sniff(head: &str) -> bool {
    let start = head.trim_start();
    start.starts_with('<') && !start.starts_with("<?xml version") && is_export(head)
}

/// Whether a page is a Factiva export. Its codes are the same in all languages of the interface.
#[must_use]
pub fn is_export(html: &str) -> bool {
    html.contains("<b>HD</b>")
        || html.contains("<strong>HD</strong>")
        || Tokens::new(html).any(|token| matches!(token, Token::Open(tag) if starts_article(&tag)))
}

/// Reads an export.
///
/// # Errors
/// What the operating system says.
pub fn read(input: &mut dyn BufRead, source: &Source<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    match source.whole(input)?.and_then(|bytes| decoded(&bytes, source, sink)) {
        Ok(html) => articles(&html, sink),
        Err(refused) => sink.refuse(refused),
    }
    Ok(())
}

/// Takes the articles of an export.
pub fn articles(html: &str, sink: &mut dyn Sink) {
    let mut starts: Vec<usize> = Tokens::new(html)
        .filter_map(|token| match token {
            Token::Open(tag) if starts_article(&tag) => Some(tag.at),
            _ => None,
        })
        .collect();
    // Where the tag that starts the first is not as it should be, its fields are there all the same.
    if starts
        .first()
        .is_none_or(|&first| html.get(..first).is_some_and(|before| coded(before).iter().any(|found| !found.get("HD").is_empty())))
    {
        starts.insert(0, 0);
    }
    let mut number = 0;
    for (i, start) in starts.iter().enumerate() {
        let end = starts.get(i + 1).copied().unwrap_or(html.len());
        let part = html.get(*start..end).unwrap_or("");
        let coded = coded(part);
        let drafts = if coded.is_empty() { vec![view(part)] } else { coded.into_iter().map(Fields::draft).collect() };
        for draft in drafts {
            number += 1;
            take(Draft { line: number, ..draft }, sink);
        }
    }
}

fn take(draft: Draft, sink: &mut dyn Sink) {
    if draft.text.is_empty() && draft.title.is_empty() {
        let text = draft.outlet.chars().take(80).collect();
        let mend = "export it again from Factiva with headline and full text";
        sink.refuse(Refused { line: draft.line, text, ..Refused::whole("has neither a headline (HD) nor a text (LP, TD)", mend) });
        return;
    }
    let extent = if draft.text.is_empty() { Extent::Title } else { Extent::Full };
    sink.article(Draft { extent, ..draft });
}

/// Codes of languages before `Article`; other pages have `newsArticle` and the like.
const LANGUAGES: &[&str] = &[
    "ar", "bg", "ca", "cs", "da", "de", "el", "en", "es", "fi", "fr", "he", "hr", "hu", "id", "it", "ja", "ko", "ms", "nb", "nl", "no",
    "pl", "pt", "ro", "ru", "sk", "sv", "th", "tr", "vi", "zh", "zhcn", "zhtw",
];

/// `<div class="article enArticle">`, with the language of the article before `Article`.
fn starts_article(tag: &Tag<'_>) -> bool {
    tag.is("div")
        && tag.attribute("class").is_some_and(|class| {
            let mut names = class.split_ascii_whitespace();
            let has_article = class.split_ascii_whitespace().any(|name| name == "article");
            has_article && names.any(|name| name.strip_suffix("Article").is_some_and(|language| LANGUAGES.contains(&language)))
        })
}

/// The fields of an article, by code.
#[derive(Default)]
struct Fields(Vec<(String, String)>);

impl Fields {
    fn get(&self, code: &str) -> &str {
        self.0.iter().find(|(found, _)| found == code).map_or("", |(_, value)| value)
    }

    fn line(&self, code: &str) -> String {
        self.get(code).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn draft(self) -> Draft {
        let text = ["LP", "TD"].map(|code| self.get(code)).into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n");
        filled(self.line("AN"), self.line("SN"), self.line("HD"), self.line("BY"), self.line("PD"), self.line("LA"), text)
    }
}

fn filled(document: String, outlet: String, title: String, byline: String, published_at: String, language: String, text: String) -> Draft {
    Draft {
        source_id: document.rsplit(' ').next().unwrap_or("").to_owned(),
        outlet_basis: if outlet.is_empty() { OutletBasis::File } else { OutletBasis::Field },
        outlet,
        title,
        byline,
        date_basis: if published_at.is_empty() { DateBasis::None } else { DateBasis::Field },
        published_at,
        language,
        text,
        ..Draft::default()
    }
}

/// The rows of a table whose first cell is a code. A second headline starts another article.
fn coded(html: &str) -> Vec<Fields> {
    let mut found: Vec<Fields> = Vec::new();
    let mut row: Vec<String> = Vec::new();
    // Byte behind the cell's tag, and the tables that are open inside it.
    let mut cell: Option<(usize, usize)> = None;
    let mut tokens = Tokens::new(html);
    loop {
        let at = tokens.position();
        let token = tokens.next();
        let (name, opens) = match token {
            Some(Token::Open(tag)) => (tag.name, true),
            Some(Token::Close(name)) => (name, false),
            Some(_) => continue,
            None => ("table", false),
        };
        if let Some((_, inner)) = &mut cell {
            if opens && name.eq_ignore_ascii_case("table") {
                *inner += 1;
                continue;
            }
            if *inner > 0 {
                *inner -= usize::from(name.eq_ignore_ascii_case("table"));
                if token.is_some() {
                    continue;
                }
            }
        }
        let ends_cell = is_any(name, &["td", "th", "tr", "table", "tbody"]);
        if ends_cell
            && cell.is_some_and(|(_, inner)| inner == 0 || token.is_none())
            && let Some((start, _)) = cell.take()
        {
            row.push(paragraphs(html.get(start..at).unwrap_or("")));
        }
        if opens && is_any(name, &["td", "th"]) && cell.is_none() {
            cell = Some((tokens.position(), 0));
        }
        if is_any(name, &["tr", "table", "tbody"]) {
            add(std::mem::take(&mut row), &mut found);
        }
        if token.is_none() {
            return found;
        }
    }
}

fn add(row: Vec<String>, found: &mut Vec<Fields>) {
    let mut cells = row.into_iter();
    let (Some(code), Some(value)) = (cells.next(), cells.next()) else { return };
    if !(2..=3).contains(&code.len()) || !code.bytes().all(|b| b.is_ascii_uppercase()) {
        return;
    }
    let is_second = |fields: &Fields| code == "HD" && !fields.get("HD").is_empty();
    if found.last().is_none_or(is_second) {
        found.push(Fields::default());
    }
    if let Some(fields) = found.last_mut() {
        fields.0.push((code, value));
    }
}

/// Words of counts of words, in the languages of the interface.
const COUNTS: &[&str] =
    &["words", "word", "mots", "wörter", "worte", "palabras", "parole", "palavras", "слов", "слова", "слово", "字", "語", "words."];

/// The article view: a headline, lines without names in a fixed order, paragraphs, and the number of the document.
fn view(html: &str) -> Draft {
    let mut lines: Vec<(bool, String)> = Vec::new();
    let (mut title, mut byline) = (String::new(), String::new());
    let mut start = None;
    let mut tokens = Tokens::new(html);
    loop {
        let at = tokens.position();
        let Some(token) = tokens.next() else { break };
        let (tag, name) = match token {
            Token::Open(tag) => (Some(tag), tag.name),
            Token::Close(name) => (None, name),
            _ => continue,
        };
        if !is_any(name, &["div", "p", "h1", "h2", "h3", "h4"]) {
            continue;
        }
        if let Some((from, class, is_paragraph)) = start.take() {
            let text = paragraphs(html.get(from..at).unwrap_or(""));
            let class: String = class;
            if text.is_empty() {
            } else if title.is_empty()
                && (class.contains("hd")
                    || class.to_lowercase().contains("headline")
                    || html.get(from..at).unwrap_or("").contains("Headline"))
            {
                title = text;
            } else if class.split(' ').any(|name| name == "author") {
                byline = text;
            } else {
                lines.push((is_paragraph, text));
            }
        }
        if let Some(tag) = tag {
            let attribute = |name: &str| tag.attribute(name).unwrap_or_default().into_owned();
            let class = format!("{} {}", attribute("id"), attribute("class"));
            start = Some((tokens.position(), class, tag.is("p")));
        }
    }
    let head = lines.iter().take_while(|(is_paragraph, _)| !is_paragraph).count();
    let (head, body) = lines.split_at_checked(head).unwrap_or((&lines, &[]));
    let mut head: Vec<&str> = head.iter().map(|(_, line)| line.as_str()).collect();
    if title.is_empty() && !head.is_empty() {
        title = head.remove(0).to_owned();
    }
    let counted = head.iter().position(|line| is_count(line));
    if byline.is_empty() {
        byline = counted.and_then(|at| head.get(..at)).and_then(<[&str]>::last).map(|line| (*line).to_owned()).unwrap_or_default();
    }
    let mut rest = head.iter().skip(counted.map_or(0, |at| at + 1)).copied().filter(|line| !is_time(line));
    let (published_at, outlet) = (rest.next().unwrap_or("").to_owned(), rest.next().unwrap_or("").to_owned());
    let copyright = |line: &str| line.starts_with("(c)") || line.starts_with('©') || line.starts_with("Copyright");
    let rest: Vec<&str> = rest.collect();
    let end = rest.iter().position(|line| copyright(line)).unwrap_or(rest.len());
    let is_language = |line: &&str| line.chars().all(|c| c.is_alphabetic() || c == ' ' || c == '-') && line.chars().any(char::is_lowercase);
    let language = rest.get(..end).and_then(<[&str]>::last).copied().filter(is_language).unwrap_or("").to_owned();
    let is_number = |line: &str| {
        line.split_whitespace().count() == 2
            && line.len() < 60
            && line.ends_with(|c: char| c.is_ascii_alphanumeric())
            && line.split(' ').next_back().is_some_and(|code| code.len() > 15)
    };
    let document = body.iter().map(|(_, line)| line).find(|line| is_number(line)).cloned().unwrap_or_default();
    let text = body.iter().map(|(_, line)| line.as_str()).take_while(|line| *line != document).collect::<Vec<_>>().join("\n\n");
    filled(document, outlet, title, byline, published_at, language, text)
}

fn is_count(line: &str) -> bool {
    let figures = line.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '\u{A0}' | '\u{202F}' | ' '));
    figures.len() < line.len() && is_any(&figures.trim().to_lowercase(), COUNTS)
}

fn is_time(line: &str) -> bool {
    line.len() <= 11 && line.contains(':') && line.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{articles, sniff};
    use crate::corpus::record::Extent;
    use crate::read::draft::Collected;

    fn found(html: &str) -> Collected {
        let mut found = Collected::default();
        articles(html, &mut found);
        found
    }

    #[test]
    fn tables_of_codes() {
        let html = "<html><body><div class=\"article enArticle\"><table><tr><td><b>SE</b>&nbsp;</td><td>News</td></tr><tr><td><strong>HD</strong></td>\
            <td><span class='enHeadline'>A &amp; B\n</span></td></tr><tr><td><b>BY</b></td><td>By Ann</td></tr><tr><td><b>PD</b>&nbsp;</td><td>9 March 2016</td>\
            <tr><td><b>SN</b><td>The Paper<tr><td><b>LA</b><td>English<tr><td><b>LP</b></td><td><p>One.\n two</p></td></tr><tr><td><b>TD</b></td>\
            <td><p>Three.</p><table><tr><td>1</td><td>2</td></tr></table><p>Four.</p></td></tr><tr><td><b>AN</b></td><td>Document PAP0000020160309ec390000a</td></tr></table></div>\
            <div class=\"article frArticle\"><table><tr><td><b>HD</b></td><td>Titre</td></tr></table></div><div class='article deArticle'><table><tr><td><b>SN</b></td><td>Z</td></tr></table></div>";
        let found = found(html);
        let first = &found.articles[0];
        assert_eq!(
            [&*first.title, &first.byline, &first.published_at, &first.outlet, &first.language],
            ["A & B", "By Ann", "9 March 2016", "The Paper", "English"]
        );
        assert_eq!(
            (&*first.text, &*first.source_id, first.line),
            ("One. two\n\nThree.\n\n1\n\n2\n\nFour.", "PAP0000020160309ec390000a", 1)
        );
        assert_eq!((&*found.articles[1].title, found.articles[1].extent, found.articles[1].line), ("Titre", Extent::Title, 2));
        assert_eq!(found.refused[0].line, 3);
    }

    #[test]
    fn a_first_article_whose_start_is_not_as_it_should_be() {
        let row = |title: &str| format!("<table><tr><td><b>HD</b></td><td>{title}</td></tr></table>");
        let html = format!("<div class=\"articl enArticle\">{}</div><div class=\"article enArticle\">{}</div>", row("One"), row("Two"));
        let titles: Vec<String> = found(&html).articles.into_iter().map(|draft| draft.title).collect();
        assert_eq!(titles, ["One", "Two"]);
    }

    #[test]
    fn the_article_view() {
        let html = "<div class=\"article enArticle\"><div id=\"hd\"><span class=\"enHeadline\">Head line</span></div><div class=\"author\">By Ann</div><div>1,353 words</div>\
            <div>9 March 2016</div><div>11:59</div><div>The Paper</div><div>PAPR</div><div>3</div><div>English</div><div>(c) 2016 Paper Ltd.</div>\
            <p class=\"articleParagraph enarticleParagraph\">One.</p><p class=\"articleParagraph enarticleParagraph\">Two.</p><p>Paper Ltd.</p><p>Document PAPR000020160309ec390000a</p></div>";
        let found = found(html);
        let first = &found.articles[0];
        assert_eq!(
            [&*first.title, &first.byline, &first.published_at, &first.outlet, &first.language],
            ["Head line", "By Ann", "9 March 2016", "The Paper", "English"]
        );
        assert_eq!((&*first.text, &*first.source_id), ("One.\n\nTwo.\n\nPaper Ltd.", "PAPR000020160309ec390000a"));
    }

    #[test]
    fn recognised_by_its_marks() {
        assert!(sniff("<html><body><div class=\"article deArticle\">"));
        assert!(sniff("<!DOCTYPE html><table><tr><td><b>HD</b>"));
        assert!(!sniff("<html><div class=\"article newsArticle\">") && !sniff("<html><article class='article'>"));
    }
}
