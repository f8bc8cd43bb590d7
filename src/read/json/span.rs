//! Where a JSON value ends, by its brackets and strings alone, so that a value can be cut out of a stream before it is parsed.

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Span {
    /// A value that ends before this byte.
    To(usize),
    /// A value that does not end in what is held.
    More,
    /// No value: at this byte stands what none can hold.
    Broken(usize),
    /// Brackets inside one another deeper than [`DEEPEST`], from this byte on.
    TooDeep(usize),
}

/// Depth of brackets to which values are parsed.
pub(super) const DEEPEST: usize = 128;

/// Bytes of the value at `from`, which must be no blank. `last` says that nothing comes after `bytes`.
pub(super) fn span(bytes: &[u8], from: usize, last: bool) -> Span {
    span_within(bytes, from, last, DEEPEST)
}

/// The same with another bound on the depth.
pub(super) fn span_within(bytes: &[u8], from: usize, last: bool, deepest: usize) -> Span {
    // The bracket that closes each open one: a mismatch shows a broken value at once, where counting would run on.
    let mut open: Vec<u8> = Vec::new();
    let mut at = from;
    loop {
        let Some(&byte) = bytes.get(at) else { return if last { Span::Broken(bytes.len()) } else { Span::More } };
        match byte {
            b'"' => match string_end(bytes, at, last) {
                Span::To(end) => at = end,
                other => return other,
            },
            b'{' | b'[' => {
                if open.len() >= deepest {
                    return Span::TooDeep(at);
                }
                open.push(if byte == b'{' { b'}' } else { b']' });
                at += 1;
            }
            b'}' | b']' => {
                if open.pop() != Some(byte) {
                    return Span::Broken(at);
                }
                at += 1;
            }
            _ if open.is_empty() => {
                let rest = bytes.get(at..).unwrap_or_default();
                let length = rest.iter().take_while(|&&b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.')).count();
                return match length {
                    0 => Span::Broken(at),
                    all if all == rest.len() && !last => Span::More,
                    length => Span::To(at + length),
                };
            }
            _ => at += 1,
        }
        if open.is_empty() {
            return Span::To(at);
        }
    }
}

/// The end of the string that opens at `from`. A line end in it breaks it: JSON writes it `\n`, and a string that was never closed
/// is told from the others by it.
fn string_end(bytes: &[u8], from: usize, last: bool) -> Span {
    let mut at = from + 1;
    loop {
        let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr3(b'"', b'\\', b'\n', rest)).map(|found| at + found) else {
            return if last { Span::Broken(bytes.len()) } else { Span::More };
        };
        match bytes.get(found) {
            Some(b'"') => return Span::To(found + 1),
            Some(b'\n') => return Span::Broken(found),
            _ => at = found + 2,
        }
        if at > bytes.len() {
            return if last { Span::Broken(bytes.len()) } else { Span::More };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Span, span};

    #[test]
    fn ends() {
        let of = |text: &str| span(text.as_bytes(), 0, true);
        assert_eq!(of(r#"{"a": "}\"", "b": [1, {}]} ,"#), Span::To(26));
        assert_eq!(of(r#""a\\" "#), Span::To(5));
        assert_eq!(of("-1.5e3,"), Span::To(6));
        assert_eq!(of("null"), Span::To(4));
        assert_eq!(of("{]"), Span::Broken(1));
        assert_eq!(of("{\"a\": \"b\n\"}"), Span::Broken(8));
        assert_eq!(of("{\"a\\"), Span::Broken(4));
        assert_eq!(span(b"{\"a\\", 0, false), Span::More);
        assert_eq!(span(b"12", 0, false), Span::More);
        assert_eq!(of(&"[".repeat(1000)), Span::TooDeep(128));
    }
}
