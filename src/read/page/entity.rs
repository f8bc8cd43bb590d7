//! Character references of HTML: `&eacute;`, `&#8212;`, `&#x2014;`, and the forms without a semicolon that browsers accept.

use std::borrow::Cow;

use memchr::memchr;
use quick_xml::escape::resolve_html5_entity;

/// Bytes of the longest name, `CounterClockwiseContourIntegral`, and some.
const LONGEST: usize = 40;

/// Names that browsers accept without a semicolon.
const OPEN: &[&str] = &[
    "AElig", "AMP", "Aacute", "Acirc", "Agrave", "Aring", "Atilde", "Auml", "COPY", "Ccedil", "ETH", "Eacute", "Ecirc", "Egrave", "Euml",
    "GT", "Iacute", "Icirc", "Igrave", "Iuml", "LT", "Ntilde", "Oacute", "Ocirc", "Ograve", "Oslash", "Otilde", "Ouml", "QUOT", "REG",
    "THORN", "Uacute", "Ucirc", "Ugrave", "Uuml", "Yacute", "aacute", "acirc", "acute", "aelig", "agrave", "amp", "aring", "atilde",
    "auml", "brvbar", "ccedil", "cedil", "cent", "copy", "curren", "deg", "divide", "eacute", "ecirc", "egrave", "eth", "euml", "frac12",
    "frac14", "frac34", "gt", "iacute", "icirc", "iexcl", "igrave", "iquest", "iuml", "laquo", "lt", "macr", "micro", "middot", "nbsp",
    "not", "ntilde", "oacute", "ocirc", "ograve", "ordf", "ordm", "oslash", "otilde", "ouml", "para", "plusmn", "pound", "quot", "raquo",
    "reg", "sect", "shy", "sup1", "sup2", "sup3", "szlig", "thorn", "times", "uacute", "ucirc", "ugrave", "uml", "uuml", "yacute", "yen",
    "yuml",
];

/// Text with its references resolved. What is no reference stays as it is.
#[must_use]
pub fn decoded(text: &str) -> Cow<'_, str> {
    if memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        rest = match reference(after) {
            Some((meant, used)) => {
                out.push_str(&meant);
                after.get(used..).unwrap_or("")
            }
            None => {
                out.push('&');
                after
            }
        };
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// What a reference means, given the text behind its `&`, and the bytes that it takes there.
#[must_use]
pub fn reference(after: &str) -> Option<(Cow<'static, str>, usize)> {
    if let Some(number) = after.strip_prefix('#') {
        return numeric(number).map(|(c, used)| (Cow::Owned(c.to_string()), used + 1));
    }
    let length = after.bytes().take(LONGEST).take_while(u8::is_ascii_alphanumeric).count();
    let name = after.get(..length).filter(|name| name.len() > 1)?;
    if after.as_bytes().get(length) == Some(&b';')
        && let Some(meant) = resolve_html5_entity(name)
    {
        return Some((Cow::Borrowed(meant), length + 1));
    }
    let open = OPEN.iter().filter(|open| name.starts_with(**open)).max_by_key(|open| open.len())?;
    resolve_html5_entity(open).map(|meant| (Cow::Borrowed(meant), open.len()))
}

fn numeric(number: &str) -> Option<(char, usize)> {
    let (radix, skip) = if number.starts_with(['x', 'X']) { (16, 1) } else { (10, 0) };
    let digits = number.get(skip..)?;
    let length = digits.bytes().take(LONGEST).take_while(|b| char::from(*b).is_digit(radix)).count();
    let code = u32::from_str_radix(digits.get(..length).filter(|digits| !digits.is_empty())?, radix).unwrap_or(u32::MAX);
    let closed = usize::from(digits.as_bytes().get(length) == Some(&b';'));
    // Pages of the nineties number characters as Windows has them.
    let code = match u8::try_from(code) {
        Ok(byte @ 0x80..=0x9F) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next().map_or(code, u32::from),
        _ => code,
    };
    let meant = char::from_u32(code).filter(|c| *c != '\0').unwrap_or('\u{FFFD}');
    Some((meant, skip + length + closed))
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn references() {
        for (given, meant) in [
            ("AT&T &amp; Co", "AT&T & Co"),
            ("caf&eacute; &#8212; &#x2014;&#X2014", "café — ——"),
            ("&#147;no&#148;&#150;", "“no”–"),
            ("&nbspa &copy2020 &notit; &ampamp;", "\u{A0}a ©2020 ¬it; &amp;"),
            ("&rsquo;&hellip;&bogus;&&#;&#x;", "’…&bogus;&&#;&#x;"),
            ("&#0;&#xD800;&#99999999999999999999;", "\u{FFFD}\u{FFFD}\u{FFFD}"),
            ("a &", "a &"),
        ] {
            assert_eq!(decoded(given), meant, "{given}");
        }
    }
}
