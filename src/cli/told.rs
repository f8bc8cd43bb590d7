//! What is told of inputs: messages of one shape, twenty of a kind at most, then how many more there are and where they stand.

use std::collections::BTreeMap;

use retold::corpus::record::Skipped;
use retold::read::notice::Notice;
use retold::text::count::grouped;

use super::terminal::clean_line;

/// Messages of one kind that are shown; the rest is counted.
const SHOWN: usize = 20;

/// The code of an input that was skipped.
const SKIPPED: &str = "W075";

/// Files that hold all messages; empty where none does.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Kept<'a> {
    /// All that was skipped.
    pub(crate) skipped: &'a str,
    /// All that was odd.
    pub(crate) notices: &'a str,
}

/// The messages, each with its advice on a line below; of several in a row with the same, the last has it.
pub(crate) fn lines(skipped: &[Skipped], notices: &[Notice], kept: Kept<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let inputs = skipped.iter().take(SHOWN).map(|input| (message(input), input.mend.as_str()));
    kind(SKIPPED, skipped.len(), inputs.collect(), kept.skipped, &mut lines);
    let mut by_code: BTreeMap<&str, Vec<&Notice>> = BTreeMap::new();
    notices.iter().for_each(|notice| by_code.entry(notice.code).or_default().push(notice));
    for (code, mut all) in by_code {
        all.sort();
        all.dedup();
        let shown = all.iter().take(SHOWN).map(|notice| (notice.message.clone(), notice.mend.as_str()));
        kind(code, all.len(), shown.collect(), kept.notices, &mut lines);
    }
    lines
}

fn kind(code: &str, total: usize, shown: Vec<(String, &str)>, kept: &str, lines: &mut Vec<String>) {
    for (i, (message, mend)) in shown.iter().enumerate() {
        let is_last = shown.get(i + 1).is_none_or(|(_, next)| next != mend);
        let help = if is_last { format!("\n  help: {}", clean_line(mend)) } else { String::new() };
        lines.push(clean_line(&format!("warning[{code}]: {message}")) + &help);
    }
    if total > shown.len() {
        let place = if kept.is_empty() { String::new() } else { format!(": all in {kept}") };
        lines.push(format!("warning[{code}]: … and {} more of {code}{place}", grouped((total - shown.len()) as u64)));
    }
}

/// What was skipped, where and why.
fn message(skipped: &Skipped) -> String {
    let numbers = [skipped.line, skipped.column].into_iter().take_while(|&n| n > 0);
    let place = numbers.fold(skipped.path.clone(), |place, number| format!("{place}:{number}"));
    format!("skipped: {place}: {}", skipped.reason)
}

#[cfg(test)]
mod tests {
    use super::{Kept, SHOWN, lines};
    use retold::corpus::record::Skipped;
    use retold::read::notice::Notice;

    fn skipped(count: usize) -> Vec<Skipped> {
        let row = |line| Skipped { path: "a.csv".into(), line, reason: "is no row".into(), mend: "mend it".into(), ..Skipped::default() };
        (1..=count).map(row).collect()
    }

    #[test]
    fn a_flood_is_twenty_lines_and_a_total() {
        let kept = Kept { skipped: "tables/skipped.csv", notices: "" };
        let told = lines(&skipped(100_000), &[], kept);
        assert_eq!(told.len(), SHOWN + 1, "{told:?}");
        assert_eq!(told[1], "warning[W075]: skipped: a.csv:2: is no row");
        assert_eq!(told[SHOWN - 1], "warning[W075]: skipped: a.csv:20: is no row\n  help: mend it");
        assert_eq!(told[SHOWN], "warning[W075]: … and 99,980 more of W075: all in tables/skipped.csv");
        assert_eq!(lines(&skipped(SHOWN), &[], kept).len(), SHOWN);
    }

    #[test]
    fn every_kind_has_its_own_twenty_and_nothing_is_told_twice() {
        let notice = |code, n: usize| Notice { code, message: format!("{n:03}"), mend: "x".into() };
        let mut notices: Vec<Notice> = (0..30).flat_map(|n| [notice("W008", n), notice("W022", n % 5), notice("W022", n % 5)]).collect();
        notices.reverse();
        let told = lines(&[], &notices, Kept::default());
        let of = |code: &str| told.iter().filter(|line| line.starts_with(&format!("warning[{code}]: 0"))).count();
        assert_eq!((of("W008"), of("W022")), (SHOWN, 5));
        assert!(told.contains(&"warning[W008]: … and 10 more of W008".to_owned()), "{told:?}");
    }

    #[test]
    fn a_message_is_one_line_that_no_terminal_obeys() {
        let row = Skipped {
            path: "a\nerror[E099]: \u{1b}[2J.txt".into(),
            reason: "b\u{202e}\r\n".into(),
            mend: "c\n".into(),
            ..Skipped::default()
        };
        let told = lines(&[row], &[], Kept::default()).join("\n");
        assert_eq!(told.lines().count(), 2, "one for the message and one for its advice");
        for line in told.lines() {
            assert!(!line.contains(['\r', '\u{1b}', '\u{202e}']), "{line:?}");
        }
    }
}
