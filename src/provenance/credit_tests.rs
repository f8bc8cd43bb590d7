//! Rows of texts and the credits they hold: every form, and what only looks like one.

use super::credit::{Credit, CreditFinder};
use crate::corpus::builder::CorpusBuilder;
use crate::corpus::collection::Corpus;
use crate::corpus::record::{OutletBasis, Record};
use crate::id::ArticleId;
use crate::text::language::Language;
use crate::voice::lexis::{Lexis, VoiceWords};
use crate::voice::quote::quotations;
use crate::voice::utterance::voices;

/// The credits of one article of a corpus, as the pipeline finds them.
pub(super) fn credits_of(corpus: &Corpus, id: ArticleId) -> Vec<Credit> {
    let (document, text) = (corpus.document(id), corpus.whole_text(id));
    let lexis = Lexis::new(VoiceWords::english(), corpus.vocabulary());
    let voices = voices(&document, &text, &quotations(&document, &text, Language::english()), &lexis);
    CreditFinder::new(corpus).credits(corpus, id, &voices.mask)
}

fn corpus(text: &str, byline: &str) -> Corpus {
    let mut builder = CorpusBuilder::default();
    builder.admit(Record { byline: byline.to_owned(), outlet_basis: OutletBasis::Field, ..Record::of_text("a.txt", "The Example", text) });
    builder.seal()
}

/// `name kind form "words"`, one a credit.
fn shown(text: &str, byline: &str) -> Vec<String> {
    let corpus = corpus(text, byline);
    if corpus.articles().is_empty() {
        return Vec::new();
    }
    let id = ArticleId::new(0);
    let words = |credit: &Credit| credit.span.map_or("-".to_owned(), |span| span.of(&corpus.whole_text(id)).to_owned());
    let row = |c: &Credit| format!("{} {} {} {}", c.name, c.kind.as_str(), c.form.as_str(), words(c));
    credits_of(&corpus, id).iter().map(row).collect()
}

/// Some running text, so that a line under test is not the whole article.
const BODY: &str = "The council met on Monday and talked about the bridge for two hours. It did not vote on it.";

#[test]
fn lines_marks_and_fields() {
    let mut missed = Vec::new();
    for (text, expected) in [
        (format!("TEHRAN (Tasnim) – {BODY}"), vec!["Tasnim News Agency agency dateline Tasnim"]),
        (format!("(Reuters) - {BODY}"), vec!["Reuters agency dateline (Reuters)"]),
        (format!("Geneva (AFP) – {BODY}"), vec!["Agence France-Presse agency dateline AFP"]),
        (format!("New Delhi, Jan 5 (PTI) {BODY}"), vec!["Press Trust of India agency dateline (PTI)"]),
        (format!("Damascus, SANA- {BODY}"), vec!["Syrian Arab News Agency agency dateline SANA"]),
        (format!("{BODY}\n\nWith inputs from PTI"), vec!["Press Trust of India agency contributed With inputs from PTI"]),
        (format!("{BODY}\n\n(With PTI inputs)"), vec!["Press Trust of India agency contributed (With PTI inputs)"]),
        (
            format!("The Washington Post and Reuters reported that it was over. {BODY}"),
            vec!["The Washington Post outlet report Washington Post and Reuters reported", "Reuters agency report Reuters reported"],
        ),
        (
            format!("The Iranian Students' News Agency (ISNA) reported the fire. {BODY}"),
            vec!["Iranian Students' News Agency agency report Iranian Students' News Agency (ISNA) reported"],
        ),
        (format!("{BODY} (AP)"), vec!["Associated Press agency tag (AP)"]),
        (format!("{BODY} - AFP"), vec!["Agence France-Presse agency tag AFP"]),
        (
            format!("{BODY}\n\nReuters - AP - AFP"),
            vec![
                "Agence France-Presse agency tag Reuters - AP - AFP",
                "Associated Press agency tag Reuters - AP - AFP",
                "Reuters agency tag Reuters - AP - AFP",
            ],
        ),
        (format!("{BODY} /TASS/"), vec!["TASS agency tag TASS"]),
        (format!("By Jane Roe\n\n{BODY}"), vec!["Jane Roe person byline By Jane Roe"]),
        (
            format!("By JANE ROE and JOHN Q. DOE, Associated Press\n\n{BODY}"),
            vec![
                "JANE ROE person byline By JANE ROE",
                "JOHN Q. DOE person byline By JANE ROE and JOHN Q. DOE",
                "Associated Press agency byline By JANE ROE and JOHN Q. DOE, Associated Press",
            ],
        ),
        (format!("By United Press.\n\nEL PASO, Tex., March 11. {BODY}"), vec!["United Press agency byline By United Press"]),
        (format!("By United PresB.\n\nEL PASO, Tex., March 11. {BODY}"), vec!["United Press agency byline By United PresB"]),
        (format!("(By Associated Press.) {BODY}"), vec!["Associated Press agency byline (By Associated Press.)"]),
        (format!("[United Press Leased Wire Service.] {BODY}"), vec!["United Press agency dateline United Press Leased Wire"]),
        (format!("Republican A. P. Leased Wire WASHINGTON, June 22. {BODY}"), vec!["Associated Press agency dateline A. P. Leased Wire"]),
        (format!("(Uy Associated Press) EL PASO, June 22. {BODY}"), vec!["Associated Press agency byline (Uy Associated Press)"]),
        (format!("West Palm Beach, Florida (CNN) {BODY}"), vec!["CNN outlet dateline (CNN)"]),
        (
            format!("The bridge. (Jane Roe/The Washington Post)\n\n{BODY}"),
            vec!["The Washington Post photo photo (Jane Roe/The Washington Post)"],
        ),
        (
            format!("The bridge (Jane Roe/AP, File) (Associated Press)\n\n{BODY}"),
            vec!["Associated Press photo photo AP, File", "Associated Press photo photo (Associated Press)"],
        ),
        (format!("Shielded by Censorship By United Press. EL PASO, June 22. {BODY}"), vec!["United Press agency byline By United Press"]),
        (
            format!("International News Service COLUMBUS, N. M., March 10. {BODY}"),
            vec!["International News Service agency dateline International News Service"],
        ),
        (format!("(Special to The Herald) EL PASO, June 22. {BODY}"), vec!["The Herald outlet special (Special to The Herald)"]),
        (
            format!("{BODY}\n\nThe Associated Press contributed to this report."),
            vec!["Associated Press agency contributed Associated Press contributed"],
        ),
        (
            format!("{BODY}\n\nWith files from Reuters and The Canadian Press"),
            vec![
                "Reuters agency contributed With files from Reuters",
                "Canadian Press agency contributed With files from Reuters and The Canadian Press",
            ],
        ),
        (
            format!("{BODY}\n\nThis story was originally published by Grist and is reproduced here."),
            vec!["Grist outlet republished published by Grist"],
        ),
        (
            format!("{BODY}\n\nCopyright 2021 The Associated Press. All rights reserved."),
            vec!["Associated Press agency copyright Copyright 2021 The Associated Press"],
        ),
        (format!("{BODY}\n\n© Reuters"), vec!["Reuters agency copyright Reuters"]),
        (format!("{BODY}\n\n(c) 2018 AFP"), vec!["Agence France-Presse agency copyright c) 2018 AFP"]),
        (format!("The bridge (Photo credit: Jane Roe)\n\n{BODY}"), vec!["Jane Roe photo photo (Photo credit: Jane Roe)"]),
        (
            format!("The bridge. Photo: Dado Ruvic/Reuters\n\n{BODY}"),
            vec!["Dado Ruvic photo photo Photo: Dado Ruvic", "Reuters photo photo Photo: Dado Ruvic/Reuters"],
        ),
        (format!("The bridge. AP Photo/Jane Roe\n\n{BODY}"), vec!["Associated Press photo photo AP Photo/Jane Roe"]),
        (
            format!("The bridge. (Jane Roe/Yonhap via AP)\n\n{BODY}"),
            vec!["Yonhap News Agency photo photo Jane Roe/Yonhap", "Associated Press photo photo via AP"],
        ),
        (
            format!("{BODY}\n\nSource: Al Jazeera and news agencies"),
            vec!["Al Jazeera outlet source Source: Al Jazeera", "news agencies agency source Source: Al Jazeera and news agencies"],
        ),
        (
            format!("{BODY} He told AP and Reuters so."),
            vec!["Associated Press agency told told AP", "Reuters agency told told AP and Reuters"],
        ),
    ] {
        let found = shown(&text, "");
        if found != expected {
            missed.push(format!("{text:?}\n  found    {found:?}\n  expected {expected:?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn what_is_no_credit() {
    let mut wrong = Vec::new();
    for text in [
        // Said inside a quotation.
        format!("{BODY} “I told Reuters that it was over,” he said."),
        // An initialism is explained.
        format!("The Syrian Arab Navy Association (SANA) met. {BODY}"),
        format!("{BODY}\n\nBy Popular Demand the show goes on in the town for a further week and then it closes."),
        format!("By Rumor That Large British Liner\n\n{BODY}"),
        format!("By Monday the rain had stopped. {BODY}"),
        format!("Copyright law was changed on Monday. {BODY}"),
        format!("A special to the eye, it was. {BODY}"),
        format!("The study was first published in Nature. {BODY}"),
        format!("A photo of Jane Roe was shown. {BODY}"),
        format!("He read the news and the press release. {BODY}"),
        "By".to_owned(),
        "©".to_owned(),
        "Copyright ©".to_owned(),
        "Photo:".to_owned(),
        "(".to_owned(),
        String::new(),
    ] {
        let found: Vec<String> = shown(&text, "");
        if !found.is_empty() {
            wrong.push(format!("{text:?}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_field_of_a_record() {
    for (byline, expected) in [
        ("Jane Roe", vec!["Jane Roe person byline -"]),
        ("By Jane Roe, Associated Press", vec!["Jane Roe person byline -", "Associated Press agency byline -"]),
        ("Reuters", vec!["Reuters agency byline -"]),
        ("Agence France-Presse in Kabul", vec!["Agence France-Presse agency byline -"]),
        ("AFP/Reuters", vec!["Agence France-Presse agency byline -", "Reuters agency byline -"]),
        ("Staff Writer", vec![]),
    ] {
        assert_eq!(shown(BODY, byline), expected, "{byline}");
    }
}

#[test]
fn an_outlet_of_the_set_is_known_as_one() {
    let mut builder = CorpusBuilder::default();
    builder.admit(Record { outlet_basis: OutletBasis::Field, ..Record::of_text("a.txt", "Kleinstadt Bote", BODY) });
    builder.admit(Record::of_text(
        "b.txt",
        "The Example",
        "The Kleinstadt Bote reported that the council met. Nothing else was known of it.",
    ));
    let corpus = builder.seal();
    let found: Vec<(String, Option<String>)> = credits_of(&corpus, ArticleId::new(1))
        .into_iter()
        .map(|credit| (credit.name, credit.outlet.map(|outlet| corpus.outlet(outlet).name.clone())))
        .collect();
    assert_eq!(found, [("Kleinstadt Bote".to_owned(), Some("Kleinstadt Bote".to_owned()))]);
}
