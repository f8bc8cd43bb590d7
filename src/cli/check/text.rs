//! The formats for people: `full`, with the place in its sentence, and `concise`, a line each.

use std::fmt::Write;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::super::terminal::clean_line;
use super::finding::{Finding, neutral};
use super::result::Checked;

/// Characters of the sentence that are shown on each side of the wording.
const AROUND: usize = 40;

/// Each finding in its sentence, with why and what else.
pub(crate) fn full(checked: &Checked<'_>) -> String {
    let mut out = String::new();
    for finding in &checked.findings {
        // Writing to a string does not fail.
        let _infallible = write_full(&mut out, finding);
    }
    out
}

fn write_full(out: &mut String, finding: &Finding<'_>) -> std::fmt::Result {
    let entry = finding.entry;
    if !out.is_empty() {
        writeln!(out)?;
    }
    let matched = one_line(&finding.matched);
    writeln!(
        out,
        "{}:{}:{}: {}: \"{matched}\" in {} [{}]",
        clean_line(finding.path),
        finding.line,
        finding.column(),
        entry.level.as_str(),
        clean_line(&finding.whose()),
        entry.id
    )?;
    let (pre, post) = (before(&finding.pre), after(&finding.post));
    writeln!(out, "  | {pre}{matched}{post}")?;
    writeln!(out, "  | {}{}", " ".repeat(pre.width()), "^".repeat(matched.width().max(1)))?;
    let mut line = |name: &str, what: &str| match clean_line(what.trim()) {
        what if what.is_empty() => Ok(()),
        what => writeln!(out, "  = {name}: {what}"),
    };
    line("category", &format!("{}, strength {}{}", finding.category, entry.strength, remarks(finding)))?;
    if finding.region.is_none() {
        line("article", &format!("{}, characters {} to {} of its text", finding.article.source_id, finding.start, finding.end))?;
    }
    line("why", &entry.why)?;
    line("neutral", &neutral(entry))?;
    line("help", &format!("retold explain {}", entry.id))
}

/// What else was seen at the place.
fn remarks(finding: &Finding<'_>) -> String {
    let usage = &finding.usage;
    let mut remarks = String::new();
    for (seen, remark) in [
        (usage.hit.name.is_some(), "; inside a name, so 1 here"),
        (usage.in_headline, "; in the headline"),
        (usage.hit.negated, "; after a negation"),
        (usage.scare_quoted, "; in quotation marks that quote nobody"),
        (usage.distancing, "; doubts what is reported"),
    ] {
        if seen {
            remarks.push_str(remark);
        }
    }
    remarks
}

/// A line each: `path:line:column: id [voice] message`.
pub(crate) fn concise(checked: &Checked<'_>) -> String {
    let mut out = String::new();
    for finding in &checked.findings {
        let article = match finding.region {
            None => format!(" (article {})", finding.article.source_id),
            Some(_) => String::new(),
        };
        let _infallible = writeln!(
            out,
            "{}:{}:{}: {} [{}] {}",
            clean_line(finding.path),
            finding.line,
            finding.column(),
            finding.entry.id,
            finding.usage.voice.as_str(),
            clean_line(&format!("{}{article}", finding.message()))
        );
    }
    out
}

fn one_line(text: &str) -> String {
    clean_line(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The end of what stands before the wording.
fn before(pre: &str) -> String {
    let line = squeezed(pre);
    let parts: Vec<&str> = line.graphemes(true).collect();
    let cut = parts.len().saturating_sub(AROUND);
    format!("{}{}", if cut > 0 { "…" } else { "" }, parts[cut..].concat())
}

/// The start of what stands after it.
fn after(post: &str) -> String {
    let line = squeezed(post);
    let parts: Vec<&str> = line.graphemes(true).collect();
    let cut = parts.len().min(AROUND);
    format!("{}{}", parts[..cut].concat(), if cut < parts.len() { "…" } else { "" })
}

/// One line with single spaces, also at its ends.
fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in clean_line(text).chars() {
        if c != ' ' || !out.ends_with(' ') {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{after, before};

    #[test]
    fn windows_end_at_whole_characters() {
        let long = "e\u{301}".repeat(60);
        assert_eq!(before(&long), format!("…{}", "e\u{301}".repeat(40)));
        assert_eq!(after(&long), format!("{}…", "e\u{301}".repeat(40)));
        assert_eq!(before("two\r\n lines "), "two lines ");
        assert_eq!(after(""), "");
    }
}
