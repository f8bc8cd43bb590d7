//! A message on standard error in other dress: JSON for programs, colours for people. Its words are the same.

use console::Style;
use serde::Serialize;

/// What a message starts with: `error[E010]: `, `warning[W021]: `.
fn head(line: &str) -> Option<(&str, &str, &str)> {
    let (start, message) = line.split_once("]: ")?;
    let (level, code) = start.split_once('[')?;
    matches!(level, "error" | "warning").then_some((level, code, message))
}

const HELP: &str = "  help: ";

/// A message, for programs.
#[derive(Serialize)]
struct Message<'t> {
    level: &'t str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'t str>,
    message: &'t str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'t str>,
}

/// Messages as JSON, an object a line: `level`, `code` where there is one, `message`, and `help`.
pub(crate) fn as_json(text: &str) -> String {
    let mut all: Vec<Message<'_>> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        match (head(line), line.strip_prefix(HELP), all.last_mut()) {
            (Some((level, code, message)), ..) => all.push(Message { level, code: Some(code), message, help: None }),
            (None, Some(help), Some(last)) if last.help.is_none() => last.help = Some(help),
            (None, ..) => all.push(Message { level: "note", code: None, message: line.trim(), help: None }),
        }
    }
    // Strings can always be written as JSON.
    all.iter().map(|message| serde_json::to_string(message).unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// Messages whose first words stand out.
pub(crate) fn painted(text: &str) -> String {
    let style = || Style::new().for_stderr().bold();
    let paint = |line: &str| match (head(line), line.strip_prefix(HELP)) {
        (Some((level, code, message)), _) => {
            let head = if level == "error" { style().red() } else { style().yellow() };
            format!("{}: {message}", head.apply_to(format!("{level}[{code}]")))
        }
        (None, Some(help)) => format!("  {}: {help}", style().apply_to("help")),
        (None, None) => line.to_owned(),
    };
    text.split('\n').map(paint).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::{as_json, painted};

    const TEXT: &str =
        "warning[W075]: skipped: a.txt: is empty\nwarning[W021]: no dates: \"none\"\n  help: add them\nerror[E010]: a]: b\nso much";

    #[test]
    fn each_message_is_an_object_with_its_help() {
        let lines: Vec<serde_json::Value> = as_json(TEXT).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(
            lines,
            [
                serde_json::json!({ "level": "warning", "code": "W075", "message": "skipped: a.txt: is empty" }),
                serde_json::json!({ "level": "warning", "code": "W021", "message": "no dates: \"none\"", "help": "add them" }),
                serde_json::json!({ "level": "error", "code": "E010", "message": "a]: b" }),
                serde_json::json!({ "level": "note", "message": "so much" }),
            ]
        );
    }

    #[test]
    fn colours_change_no_word() {
        console::set_colors_enabled_stderr(true);
        let shown = painted(TEXT);
        assert!(shown.contains("\u{1b}["));
        assert_eq!(console::strip_ansi_codes(&shown), TEXT);
    }
}
