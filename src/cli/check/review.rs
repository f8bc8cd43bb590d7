//! The formats for review: `rdjson`, which reviewdog reads, and `github`, the annotations of GitHub Actions.
//!
//! Neither suggests a replacement: a suggestion is applied by a click, and a neutral wording is a proposal to think about.

use std::fmt::Write;

use retold::lexicon::entry::Level;
use serde_json::{Value, json};

use super::super::terminal::clean_line;
use super::finding::Finding;
use super::result::{Checked, REPOSITORY, TOOL};

/// The Reviewdog Diagnostic Format; its columns count bytes of UTF-8, and the end is the place after the last.
pub(crate) fn rdjson(checked: &Checked<'_>) -> serde_json::Result<String> {
    let diagnostics: Vec<Value> = checked.findings.iter().map(diagnostic).collect();
    let whole = json!({ "source": { "name": TOOL, "url": REPOSITORY }, "diagnostics": diagnostics });
    Ok(serde_json::to_string_pretty(&whole)? + "\n")
}

fn diagnostic(finding: &Finding<'_>) -> Value {
    let range = match finding.region {
        Some(region) => json!({
            "start": { "line": finding.line, "column": region.byte_column },
            "end": { "line": region.end_line, "column": region.end_byte_column },
        }),
        None => json!({ "start": { "line": finding.line } }),
    };
    let mut code = json!({ "value": finding.entry.id });
    if let Some(help) = &finding.help {
        code["url"] = json!(help);
    }
    let severity = match finding.entry.level {
        Level::Note => "INFO",
        Level::Warning => "WARNING",
        Level::Error => "ERROR",
    };
    json!({
        "message": finding.message(),
        "location": { "path": finding.path, "range": range },
        "severity": severity,
        "code": code,
    })
}

/// Workflow commands, a line each.
pub(crate) fn github(checked: &Checked<'_>) -> String {
    let mut out = String::new();
    for finding in &checked.findings {
        let command = match finding.entry.level {
            Level::Note => "notice",
            Level::Warning => "warning",
            Level::Error => "error",
        };
        let mut place = format!("file={},line={}", property(finding.path), finding.line);
        if let Some(region) = finding.region {
            // Columns are only read where the annotation stands in one line.
            let _infallible = if region.end_line == finding.line {
                write!(place, ",col={},endColumn={}", region.column, region.end_column)
            } else {
                write!(place, ",endLine={}", region.end_line)
            };
        }
        let _infallible = writeln!(
            out,
            "::{command} {place},title={}::{}",
            property(&format!("{} ({})", finding.entry.id, finding.usage.voice.as_str())),
            data(&finding.message())
        );
    }
    out
}

/// The text of a command.
fn data(text: &str) -> String {
    clean_line(&text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A"))
}

/// The value of a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property};

    #[test]
    fn commands_are_escaped() {
        assert_eq!(property("a:b,c%\r\nd::e"), "a%3Ab%2Cc%25%0D%0Ad%3A%3Ae");
        assert_eq!(data("50 %: a, b\n::error::"), "50 %25: a, b%0A::error::");
    }
}
