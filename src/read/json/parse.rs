//! JSON as programs write it that do not keep to it: `NaN` where a number is missing, halves of character pairs.

use std::borrow::Cow;

use serde_json::Value;

/// The value of a text, and how many halves of character pairs in it became U+FFFD.
///
/// # Errors
/// What the parser says of the text as given.
pub(super) fn parse(text: &str) -> serde_json::Result<(Value, usize)> {
    serde_json::from_str(text).map(|value| (value, 0)).or_else(|error| {
        let (mended, halves) = mended(text);
        match mended {
            Cow::Owned(mended) => serde_json::from_str(&mended).map(|value| (value, halves)).map_err(|_| error),
            Cow::Borrowed(_) => Err(error),
        }
    })
}

/// The text with `null` for numbers that are none and `\uFFFD` for half pairs.
fn mended(text: &str) -> (Cow<'_, str>, usize) {
    let bytes = text.as_bytes();
    let mut out = String::new();
    let (mut copied, mut at, mut halves, mut inside) = (0, 0, 0, false);
    let mut put = |from: usize, to: usize, with: &str| {
        out.push_str(text.get(copied..from).unwrap_or_default());
        out.push_str(with);
        copied = to;
    };
    while let Some(&byte) = bytes.get(at) {
        let rest = bytes.get(at..).unwrap_or_default();
        let length = match byte {
            b'"' => {
                inside = !inside;
                1
            }
            b'\\' if inside => match unit(rest) {
                Some(0xD800..=0xDBFF) if rest.get(6..).and_then(unit).is_some_and(|low| (0xDC00..=0xDFFF).contains(&low)) => 12,
                Some(0xD800..=0xDFFF) => {
                    put(at, at + 6, "\\uFFFD");
                    halves += 1;
                    6
                }
                _ => 2,
            },
            b'N' | b'I' | b'-' if !inside => {
                let none = ["NaN", "Infinity", "-Infinity"].iter().find(|none| rest.starts_with(none.as_bytes()));
                if let Some(none) = none {
                    put(at, at + none.len(), "null");
                }
                none.map_or(1, |none| none.len())
            }
            _ => 1,
        };
        at += length;
    }
    if copied == 0 {
        return (Cow::Borrowed(text), 0);
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    (Cow::Owned(out), halves)
}

/// The code unit of an escape `\uXXXX` at the start.
fn unit(bytes: &[u8]) -> Option<u32> {
    let digits = bytes.strip_prefix(b"\\u")?.get(..4)?;
    digits.iter().try_fold(0, |unit, &digit| Some(unit * 16 + char::from(digit).to_digit(16)?))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn what_python_writes() {
        let of = |text: &str| parse(text).map(|(value, halves)| (value.to_string(), halves)).unwrap();
        assert_eq!(of(r#"{"a": NaN, "b": [-Infinity, "NaN"]}"#), (r#"{"a":null,"b":[null,"NaN"]}"#.into(), 0));
        assert_eq!(of(r#"{"a": "x\ud83dy \ud83d\ude00 \\ude00"}"#), ("{\"a\":\"x\u{FFFD}y 😀 \\\\ude00\"}".into(), 1));
        assert!(parse("{\"a\": Nan}").is_err() && parse("{").is_err());
    }
}
