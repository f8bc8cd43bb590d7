//! Filled sheets beside the key: what is alike, what a sheet has besides, what the key has besides; and where a class agrees.
//! Nothing is added up for anybody: the key is a list's opinion, and a class may have reasons for another.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::stat::agreement::nominal_alpha;
use crate::text::count::plural;

use super::filled::{Answer, Filled, compared};

/// Places with two answers at least that an alpha rests on.
const ENOUGH_PLACES: usize = 10;

/// A question of the sheets: its column, and how an answer is found.
struct Question {
    column: &'static str,
    of: fn(&Answer) -> Option<&'static str>,
}

const LOADED: Question = Question { column: "loaded", of: |answer| answer.loaded };
const VOICE: Question = Question { column: "voice", of: |answer| answer.voice };
const WHO: Question = Question { column: "attribute", of: |answer| answer.attribute };

/// What differs between sheets and key, for people.
#[must_use]
pub fn beside(key: &Filled, sheets: &[Filled]) -> String {
    let mut out = String::new();
    // Writing to memory does not fail.
    let _infallible = written(key, sheets, &mut out);
    out
}

fn written(key: &Filled, sheets: &[Filled], out: &mut String) -> std::fmt::Result {
    let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    writeln!(out, "{} beside the key: {}", plural(sheets.len(), "sheet"), names.join(", "))?;
    writeln!(
        out,
        "The key follows a list that can be read and changed. Where a class sees more, or less, there is something to talk about."
    )?;
    let answered = |wanted: &'static str, question: &Question, of_key: &'static str| {
        let places = key.order.iter().filter(|id| (question.of)(&key.rows[*id]) == Some(of_key));
        let count = |id: &str| sheets.iter().filter(|sheet| sheet.rows.get(id).and_then(question.of) == Some(wanted)).count();
        places.map(|id| (id.as_str(), count(id))).filter(|&(_, count)| count > 0).collect::<Vec<_>>()
    };
    for (title, question, wanted, of_key) in [
        ("You also marked as loaded", &LOADED, "yes", "no"),
        ("The key also has as listed", &LOADED, "no", "yes"),
        ("You also asked who says so", &WHO, "yes", "no"),
        ("The key also asks who says so", &WHO, "no", "yes"),
    ] {
        section(title, answered(wanted, question, of_key).into_iter().map(|(id, count)| (id, times(count, sheets))), key, out)?;
    }
    let voices = key.order.iter().filter_map(|id| {
        let mut said: BTreeMap<&str, usize> = BTreeMap::new();
        let of_key = key.rows[id].voice;
        for voice in sheets.iter().filter_map(|sheet| sheet.rows.get(id)?.voice).filter(|&voice| Some(voice) != of_key) {
            *said.entry(voice).or_default() += 1;
        }
        (!said.is_empty()).then(|| {
            let said: Vec<String> = said.into_iter().map(|(voice, count)| format!("{voice}{}", times(count, sheets))).collect();
            (id.as_str(), format!(": {}; the key has {}", said.join(", "), of_key.unwrap_or("nothing")))
        })
    });
    section("Whose words: read otherwise", voices, key, out)?;
    let words = key.order.iter().filter_map(|id| {
        let written: Vec<&str> = sheets.iter().filter_map(|sheet| Some(sheet.rows.get(id)?.words.as_str())).collect();
        let mut others: Vec<&str> =
            written.into_iter().filter(|words| !words.is_empty() && compared(words) != compared(&key.rows[id].words)).collect();
        others.sort_unstable();
        others.dedup();
        (!others.is_empty()).then(|| (id.as_str(), format!(": written \"{}\"", others.join("\", \""))))
    });
    section("Other words written at ▢", words, key, out)?;
    let open = |id: &&String| sheets.iter().any(|sheet| sheet.rows.get(*id).is_none_or(|row| row.loaded.is_none()));
    let open: Vec<&str> = key.order.iter().filter(open).map(String::as_str).collect();
    if !open.is_empty() && open.len() < key.order.len() {
        writeln!(out, "\nLeft open{}: {}", if sheets.len() > 1 { " in at least one sheet" } else { "" }, open.join(", "))?;
    } else if !open.is_empty() {
        writeln!(out, "\nNo place has an answer to \"loaded\"{}.", if sheets.len() > 1 { " in every sheet" } else { "" })?;
    }
    let as_key = |id: &&String| {
        let row = &key.rows[*id];
        sheets
            .iter()
            .all(|sheet| sheet.rows.get(*id).is_some_and(|answer| [&LOADED, &VOICE, &WHO].iter().all(|q| (q.of)(answer) == (q.of)(row))))
    };
    let alike: Vec<&str> = key.order.iter().filter(as_key).map(String::as_str).collect();
    if !alike.is_empty() {
        writeln!(out, "\nAs in the key{}: {}", if sheets.len() > 1 { ", in every sheet" } else { "" }, alike.join(", "))?;
    }
    for sheet in sheets.iter().filter(|sheet| !sheet.unread.is_empty()) {
        writeln!(out, "\nNot read in {}, and taken as left open:", sheet.name)?;
        sheet.unread.iter().try_for_each(|line| writeln!(out, "  {line}"))?;
    }
    if sheets.len() > 1 {
        among(key, sheets, out)?;
    }
    Ok(())
}

fn times(count: usize, sheets: &[Filled]) -> String {
    if sheets.len() > 1 { format!(" ({count} of {})", plural(sheets.len(), "sheet")) } else { String::new() }
}

fn section<'k>(title: &str, places: impl Iterator<Item = (&'k str, String)>, key: &Filled, out: &mut String) -> std::fmt::Result {
    for (i, (id, said)) in places.enumerate() {
        if i == 0 {
            writeln!(out, "\n{title}")?;
        }
        let row = &key.rows[id];
        writeln!(out, "  {id}  passage {}, text {}: \"{}\"{said}\n      {}", row.passage, row.text, row.words, row.sentence)?;
    }
    Ok(())
}

/// Where the sheets agree with one another, whatever the key says.
fn among(key: &Filled, sheets: &[Filled], out: &mut String) -> std::fmt::Result {
    writeln!(out, "\nAmong the sheets, whatever the key says")?;
    for question in [&LOADED, &VOICE, &WHO] {
        let answers = |id: &String| sheets.iter().filter_map(|sheet| (question.of)(sheet.rows.get(id)?)).collect::<Vec<_>>();
        let units: Vec<Vec<&str>> = key.order.iter().map(answers).filter(|unit| unit.len() > 1).collect();
        let alike = units.iter().filter(|unit| unit.windows(2).all(|pair| pair[0] == pair[1])).count();
        let alpha = match nominal_alpha(&units) {
            _ if units.len() < ENOUGH_PLACES => format!("too little data for alpha (fewer than {ENOUGH_PLACES} places)"),
            Some(alpha) => format!("Krippendorff's alpha {alpha:.2} (1: all agree; 0: as by chance)"),
            None => "no alpha: all answers are one".to_owned(),
        };
        let places = plural(units.len(), "place");
        writeln!(out, "  {:<10} all alike in {alike} of {places} with two answers or more; {alpha}", question.column)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Filled, beside};

    const HEAD: &str = "task_id,passage_id,passage,text,sentence,words,loaded,voice,attribute,remark\n";

    fn sheet(name: &str, rows: &[&str]) -> Filled {
        Filled::read(Path::new(name), format!("{HEAD}{}\n", rows.join("\n")).as_bytes()).unwrap()
    }

    fn key() -> Filled {
        sheet("key.csv", &["p1-1-t1,pa,1,1,the ▢ left,pickets,no,own,no,", "p1-1-t2,pa,1,2,the ▢ left,agitators,yes,own,yes,"])
    }

    #[test]
    fn one_sheet_is_set_beside_the_key_without_a_sum() {
        let told =
            beside(&key(), &[sheet("a.csv", &["p1-1-t1,pa,1,1,,pickets,yes,reported,no,", "p1-1-t2,pa,1,2,,the agitator,no,own,yes,"])]);
        assert!(told.contains("You also marked as loaded\n  p1-1-t1  passage 1, text 1: \"pickets\"\n"), "{told}");
        assert!(told.contains("The key also has as listed\n  p1-1-t2  passage 1, text 2: \"agitators\"\n"), "{told}");
        assert!(told.contains("p1-1-t1  passage 1, text 1: \"pickets\": reported; the key has own\n"), "{told}");
        assert!(told.contains("\"agitators\": written \"the agitator\"\n"), "{told}");
        assert!(
            !told.contains("who says so") && !told.contains("As in the key") && !told.contains(" of ") && !told.contains("alpha"),
            "{told}"
        );
    }

    #[test]
    fn several_sheets_are_counted_together() {
        let full = ["p1-1-t1,pa,1,1,,pickets,no,own,no,", "p1-1-t2,pa,1,2,,agitators,yes,own,yes,"];
        let other = ["p1-1-t1,pa,1,1,,pickets,yes,own,no,", "p1-1-t2,pa,1,2,,agitators,,own,yes,"];
        let told = beside(&key(), &[sheet("a.csv", &full), sheet("b.csv", &other)]);
        assert!(told.contains("\"pickets\" (1 of 2 sheets)\n"), "{told}");
        assert!(told.contains("Left open in at least one sheet: p1-1-t2\n"), "{told}");
        assert!(told.contains("loaded     all alike in 0 of 1 place with two answers or more; too little data"), "{told}");
        assert!(told.contains("voice      all alike in 2 of 2 places"), "{told}");
    }

    #[test]
    fn a_class_that_answers_ten_places_has_an_alpha() {
        let rows: Vec<String> =
            (1..=10).map(|i| format!("p{i}-1-t1,pa,{i},1,s,w,{},own,no,", if i % 2 == 0 { "yes" } else { "no" })).collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let told = beside(&sheet("key.csv", &rows), &[sheet("a.csv", &rows), sheet("b.csv", &rows)]);
        assert!(told.contains("loaded     all alike in 10 of 10 places with two answers or more; Krippendorff's alpha 1.00"), "{told}");
        assert!(told.contains("no alpha: all answers are one"), "{told}");
    }
}
