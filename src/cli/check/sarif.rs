//! SARIF 2.1.0 (OASIS), as code scanning reads it: one rule an entry, places in code points, fingerprints from content.

use std::collections::BTreeMap;

use retold::corpus::record::Skipped;
use retold::text::count::grouped;
use serde_json::{Value, json};

use super::finding::{Finding, neutral};
use super::result::{Checked, REPOSITORY, VERSION};

/// Most results of a run that code scanning shows.
const MOST: usize = 5_000;

/// The log of one run.
pub(crate) fn sarif(checked: &Checked<'_>) -> serde_json::Result<String> {
    let mut shown: Vec<&Finding<'_>> = checked.findings.iter().collect();
    if shown.len() > MOST {
        // The gravest stay, in the order that all have.
        let mut levels: Vec<usize> = (0..shown.len()).collect();
        levels.sort_by_key(|&i| (std::cmp::Reverse(shown[i].entry.level), i));
        levels.truncate(MOST);
        levels.sort_unstable();
        shown = levels.into_iter().map(|i| shown[i]).collect();
    }
    let by_id: BTreeMap<&str, &Finding<'_>> = shown.iter().map(|finding| (finding.entry.id.as_str(), *finding)).collect();
    let index: BTreeMap<&str, usize> = by_id.keys().enumerate().map(|(i, id)| (*id, i)).collect();
    let rules: Vec<Value> = by_id.values().map(|finding| rule(finding)).collect();
    let results: Vec<Value> = shown.iter().map(|finding| result(finding, index[finding.entry.id.as_str()])).collect();
    let mut notices: Vec<Value> = checked.corpus.skipped().iter().map(skipped).collect();
    if checked.findings.len() > MOST {
        let text = format!("{} of {} findings are listed here", grouped(MOST as u64), grouped(checked.findings.len() as u64));
        notices.push(json!({ "level": "note", "message": { "text": text } }));
    }
    let run = json!({
        "tool": { "driver": { "name": "Retold", "version": VERSION, "informationUri": REPOSITORY, "rules": rules } },
        "invocations": [{ "executionSuccessful": true, "toolExecutionNotifications": notices }],
        "columnKind": "unicodeCodePoints",
        "results": results,
    });
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    });
    Ok(serde_json::to_string_pretty(&log)? + "\n")
}

fn rule(finding: &Finding<'_>) -> Value {
    let entry = finding.entry;
    let short = format!("Listed wording: {}", entry.shown());
    let why = entry.why.trim().trim_end_matches('.');
    let full = if why.is_empty() { short.clone() } else { format!("{why}.") };
    let neutral = if entry.neutral.is_empty() { String::new() } else { format!(" Neutral: {}.", neutral(entry)) };
    let help = format!("{full}{neutral} A listed word can be right. More: retold explain {}", entry.id);
    let mut rule = json!({
        "id": entry.id,
        "shortDescription": { "text": plain(&short) },
        "fullDescription": { "text": plain(&full) },
        "help": { "text": plain(&help) },
        "defaultConfiguration": { "level": entry.level.as_str() },
        "properties": { "category": entry.category, "strength": entry.strength, "tags": [entry.category] },
    });
    if let Some(help) = &finding.help {
        rule["helpUri"] = json!(help);
    }
    rule
}

fn result(finding: &Finding<'_>, rule: usize) -> Value {
    let region = match finding.region {
        Some(region) => json!({
            "startLine": finding.line,
            "startColumn": region.column,
            "endLine": region.end_line,
            "endColumn": region.end_column,
            "charOffset": finding.start,
            "charLength": finding.end - finding.start,
        }),
        None => json!({ "startLine": finding.line }),
    };
    let mut location = json!({ "physicalLocation": { "artifactLocation": { "uri": uri(finding.path) }, "region": region } });
    if finding.region.is_none() {
        location["logicalLocations"] = json!([{ "name": finding.article.source_id }]);
    }
    json!({
        "ruleId": finding.entry.id,
        "ruleIndex": rule,
        "level": finding.entry.level.as_str(),
        "message": { "text": plain(&finding.message()) },
        "locations": [location],
        "partialFingerprints": { "retoldWording/v1": finding.fingerprint.to_string() },
        "properties": { "voice": finding.usage.voice.as_str(), "strength": finding.usage.hit.strength },
    })
}

fn skipped(skipped: &Skipped) -> Value {
    let mut location = json!({ "artifactLocation": { "uri": uri(&skipped.path) } });
    if skipped.line > 0 {
        location["region"] = json!({ "startLine": skipped.line });
    }
    json!({
        "level": "warning",
        "message": { "text": plain(&format!("skipped: {}", skipped.reason)) },
        "locations": [{ "physicalLocation": location }],
    })
}

/// Text in which nothing is a placeholder or a link (SARIF 2.1.0, 3.11.5 and 3.11.6).
fn plain(text: &str) -> String {
    let text = text.replace('{', "{{").replace('}', "}}");
    if text.contains("](") { text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]") } else { text }
}

/// A path with forward slashes as a relative reference: everything but plain letters, digits and `-._~/` is percent-encoded.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{plain, uri};

    #[test]
    fn paths_are_references() {
        assert_eq!(uri("a b/é:1%.txt"), "a%20b/%C3%A9%3A1%25.txt");
    }

    #[test]
    fn nothing_is_a_link_or_placeholder() {
        assert_eq!(plain("see [this](1) {0}"), "see \\[this\\](1) {{0}}");
        assert_eq!(plain("killing of [number]"), "killing of [number]");
    }
}
