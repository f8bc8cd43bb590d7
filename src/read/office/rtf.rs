//! Rich text (.rtf): the paragraphs of the main text, in whatever code pages its fonts have.
//!
//! After the specification 1.9.1. Groups are kept on a stack of their own, so that no depth of them is too deep for the program.

use std::collections::BTreeMap;
use std::io::{self, BufRead};

use encoding_rs::Encoding;

use crate::read::delivery::kind;
use crate::read::draft::{Refused, Sink};
use crate::read::format::Source;
use crate::read::office::paragraph::Pages;
use crate::read::office::rtf_words::{charset, code_page, is_destination, symbol_of};

/// How a file of rich text starts.
#[must_use]
pub fn is_rtf(head: &str) -> bool {
    head.trim_start().starts_with("{\\rtf")
}

/// Reads a document.
///
/// # Errors
/// What the operating system says.
pub fn read(input: &mut dyn BufRead, source: &Source<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    match source.whole(input)?.and_then(|bytes| pages(&bytes, source, sink)) {
        Ok(pages) => kind::read(&pages, source, sink),
        Err(refused) => sink.refuse(refused),
    }
    Ok(())
}

/// What a group passes on to the groups inside it.
#[derive(Clone)]
struct Group {
    /// Whether its text is no text of the document.
    left_out: bool,
    /// Characters that follow a `\u` for readers that do not know it.
    fallback: usize,
    /// Number of the font.
    font: i32,
    hidden: bool,
    bold: bool,
    /// Where its text goes.
    into: Target,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    Text,
    Fonts,
    Title,
}

struct Walk {
    pages: Pages,
    group: Group,
    groups: Vec<Group>,
    /// Bytes that wait for their code page: one character may take two.
    bytes: Vec<u8>,
    text: String,
    heading: bool,
    /// Whether some of the paragraph's text is not bold.
    light: bool,
    /// The first half of a character that `\u` gives in two.
    surrogate: u16,
    /// Characters still to be passed over after a `\u`.
    passing: usize,
    code_page: &'static Encoding,
    fonts: BTreeMap<i32, &'static Encoding>,
    default_font: i32,
    /// Whether the group has just opened, and whether `\*` stood there.
    starred: bool,
}

fn pages(bytes: &[u8], source: &Source<'_>, sink: &mut dyn Sink) -> Result<Pages, Refused> {
    if !is_rtf(&String::from_utf8_lossy(bytes.get(..bytes.len().min(64)).unwrap_or_default())) {
        return Err(Refused::whole("is no rich text: it does not start with {\\rtf", "open it and save it again as .rtf or .txt"));
    }
    let mut walk = Walk::new();
    let mut at = bytes.iter().position(|&b| b == b'{').unwrap_or(0);
    let (mut closed, mut closed_early) = (false, None);
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'{' => {
                walk.open();
                closed = false;
                if walk.groups.len() > source.limits.nesting {
                    let reason = format!("has groups inside one another more than {} deep", source.limits.nesting);
                    return Err(Refused::whole(reason, "save it as .txt, or raise the bound with --limit nesting=N"));
                }
            }
            b'}' => {
                walk.close();
                closed = walk.groups.is_empty();
                if closed {
                    let rest = bytes.get(at..).unwrap_or_default();
                    if rest.iter().all(|b| b.is_ascii_whitespace() || matches!(b, 0 | 0x1A | b'}')) {
                        break;
                    }
                    closed_early.get_or_insert(at);
                }
            }
            b'\\' => at = walk.control(bytes, at),
            b'\r' | b'\n' => {}
            byte => walk.byte(byte),
        }
    }
    walk.paragraph();
    if let Some(at) = closed_early {
        let reason = format!("is closed at byte {at}, and {} bytes follow, which were read as part of it", bytes.len() - at);
        sink.refuse(Refused::whole(reason, "check its text: a brace may be one too many, or several files may have become one"));
    }
    if !closed {
        sink.refuse(Refused::whole("is cut: it ends inside a group", "fetch it again; what came before the cut was read"));
    }
    walk.pages.title = walk.pages.title.trim().to_owned();
    Ok(walk.pages)
}

impl Walk {
    fn new() -> Self {
        Self {
            pages: Pages::default(),
            group: Group { left_out: false, fallback: 1, font: -1, hidden: false, bold: false, into: Target::Text },
            groups: Vec::new(),
            bytes: Vec::new(),
            text: String::new(),
            heading: false,
            light: false,
            surrogate: 0,
            passing: 0,
            code_page: encoding_rs::WINDOWS_1252,
            fonts: BTreeMap::new(),
            default_font: -1,
            starred: false,
        }
    }

    fn open(&mut self) {
        self.decode();
        self.passing = 0;
        self.groups.push(self.group.clone());
        self.starred = false;
    }

    fn close(&mut self) {
        self.decode();
        self.passing = 0;
        if let Some(group) = self.groups.pop() {
            self.group = group;
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.passing > 0 {
            self.passing -= 1;
        } else if self.is_text() {
            self.bytes.push(byte);
        }
    }

    fn is_text(&self) -> bool {
        !self.group.left_out && !self.group.hidden && self.group.into != Target::Fonts
    }

    /// Turns the bytes that wait into characters.
    fn decode(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let font = if self.group.font < 0 { self.default_font } else { self.group.font };
        let code_page = self.fonts.get(&font).copied().unwrap_or(self.code_page);
        let (text, _) = code_page.decode_without_bom_handling(&self.bytes);
        let text = text.into_owned();
        self.bytes.clear();
        self.put(&text);
    }

    fn put(&mut self, text: &str) {
        match self.group.into {
            _ if !self.is_text() => {}
            Target::Title => self.pages.title.push_str(text),
            Target::Text | Target::Fonts => {
                self.light |= !self.group.bold && !text.trim().is_empty();
                self.text.push_str(text);
            }
        }
    }

    fn paragraph(&mut self) {
        self.decode();
        let text = std::mem::take(&mut self.text);
        self.pages.push(&text, self.heading || !self.light);
        self.light = false;
    }

    /// A control word or symbol; tells where what follows it starts.
    fn control(&mut self, bytes: &[u8], mut at: usize) -> usize {
        let Some(&first) = bytes.get(at) else { return at };
        if !first.is_ascii_alphabetic() {
            at += 1;
            match first {
                b'\'' => {
                    let digits = bytes.get(at..at + 2).and_then(|digits| std::str::from_utf8(digits).ok());
                    if let Some(byte) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
                        self.byte(byte);
                        at += 2;
                    }
                }
                b'*' => self.starred = true,
                b'\\' | b'{' | b'}' => self.byte(first),
                b'~' => self.symbol("\u{A0}"),
                b'_' => self.symbol("\u{2011}"),
                b'\r' | b'\n' => self.paragraph_mark(),
                b'\t' => self.symbol("\t"),
                // \- may be hyphenated here, \: and \| are for indexes and formulas.
                _ => {}
            }
            return at;
        }
        let start = at;
        while bytes.get(at).is_some_and(u8::is_ascii_alphabetic) && at - start < 32 {
            at += 1;
        }
        let word = std::str::from_utf8(bytes.get(start..at).unwrap_or_default()).unwrap_or_default();
        let number_from = at;
        if bytes.get(at) == Some(&b'-') {
            at += 1;
        }
        while bytes.get(at).is_some_and(u8::is_ascii_digit) && at - number_from < 11 {
            at += 1;
        }
        let number = bytes.get(number_from..at).and_then(|number| std::str::from_utf8(number).ok()).and_then(|number| number.parse().ok());
        if bytes.get(at) == Some(&b' ') {
            at += 1;
        }
        if word == "bin" {
            return at.saturating_add(usize::try_from(number.unwrap_or(0)).unwrap_or(0));
        }
        self.word(word, number);
        at
    }

    fn paragraph_mark(&mut self) {
        self.decode();
        if self.is_text() && self.group.into == Target::Text {
            self.paragraph();
        }
    }

    fn symbol(&mut self, text: &str) {
        self.decode();
        if self.passing > 0 {
            self.passing -= 1;
        } else {
            self.put(text);
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        let starred = std::mem::take(&mut self.starred);
        if let Some(symbol) = symbol_of(word) {
            return self.symbol(symbol);
        }
        match word {
            "par" | "sect" | "page" | "cell" | "nestcell" | "row" => self.paragraph_mark(),
            "pard" => {
                self.decode();
                self.heading = false;
            }
            "outlinelevel" => self.heading = number.is_some_and(|level| level < 9),
            "plain" => {
                self.decode();
                (self.group.hidden, self.group.bold, self.group.font) = (false, false, -1);
            }
            "v" | "deleted" => {
                self.decode();
                self.group.hidden = number != Some(0);
            }
            "b" => {
                self.decode();
                self.group.bold = number != Some(0);
            }
            "u" => self.unicode(number.unwrap_or(0)),
            "uc" => self.group.fallback = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(64),
            "ansicpg" => self.code_page = code_page(number.unwrap_or(1252)).unwrap_or(self.code_page),
            "mac" => self.code_page = encoding_rs::MACINTOSH,
            "deff" => self.default_font = number.unwrap_or(-1),
            "f" => {
                self.decode();
                self.group.font = number.unwrap_or(-1);
            }
            "fcharset" if self.group.into == Target::Fonts => {
                if let Some(encoding) = charset(number.unwrap_or(0)) {
                    self.fonts.insert(self.group.font, encoding);
                }
            }
            "cpg" if self.group.into == Target::Fonts => {
                if let Some(encoding) = code_page(number.unwrap_or(0)) {
                    self.fonts.insert(self.group.font, encoding);
                }
            }
            "fonttbl" => self.group.into = Target::Fonts,
            "title" => (self.group.into, self.group.left_out) = (Target::Title, false),
            // The text of a text box is text, though a star stands before what holds it.
            "shpinst" => {}
            _ if starred || is_destination(word) => {
                self.decode();
                self.group.left_out = true;
            }
            _ => {}
        }
    }

    /// A character by its number, which may be half of one and is negative above 32767.
    fn unicode(&mut self, number: i32) {
        self.decode();
        self.passing = self.group.fallback;
        let unit = (number & 0xFFFF) as u16;
        let found = if number > 0xFFFF { char::from_u32(number.unsigned_abs()) } else { char::from_u32(u32::from(unit)) };
        match found {
            Some(c) => self.put(c.encode_utf8(&mut [0; 4])),
            None if (0xD800..0xDC00).contains(&unit) => self.surrogate = unit,
            None => {
                let pair =
                    char::decode_utf16([std::mem::take(&mut self.surrogate), unit]).next().and_then(Result::ok).filter(|c| *c != '\0');
                self.put(pair.unwrap_or('\u{FFFD}').encode_utf8(&mut [0; 4]));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::read::draft::Collected;
    use crate::read::format::Source;

    fn found(rtf: &[u8]) -> Collected {
        let mut found = Collected::default();
        Source::bare("x.rtf", |source| read(&mut &*rtf, source, &mut found)).unwrap();
        found
    }

    fn text_of(body: &str) -> String {
        let rtf = format!(
            "{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{{\\f0\\fcharset0 Arial;}}{{\\f1\\fcharset204 Arial Cyr;}}{{\\f2\\fcharset128 MS;}}}}{body}}}"
        );
        found(rtf.as_bytes()).articles.remove(0).text
    }

    #[test]
    fn characters() {
        assert_eq!(text_of(r"\'93No\'94 \u8212? \uc2\u8217''s\par {\f1 \'cf\'f0\'e8}"), "“No” — ’s\n\nПри");
        assert_eq!(text_of(r"{\f2 \'93\'fa\'96\'7b}"), "日本");
        assert_eq!(text_of(r"\u-10179?\u-8704? \u-4051?"), "😀 \u{F02D}");
        assert_eq!(text_of(r"a\~b\_c\-d\emdash e\ldblquote f\rdblquote\tab g\line h\{\\\}"), "a\u{A0}b\u{2011}cd—e“f”\tg\nh{\\}");
        assert_eq!(text_of(r"\uc0\u8364 5 \u-8704 x"), "€5 \u{FFFD}x");
    }

    #[test]
    fn destinations_are_left_out() {
        let body = r"{\*\generator X;}{\info{\title T}{\author A}}{\header Page 1}{\pict\bin4 }{{}}ab{\field{\*\fldinst HYPERLINK x}{\fldrslt A link}}{\v hidden} rest{\footnote n}";
        assert_eq!(text_of(body), "abA link rest");
        assert_eq!(text_of(r"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt Boxed\par}}{\shprslt again}}After"), "Boxed\n\nAfter");
        let titled = found(br"{\rtf1{\info{\title The title}}The title\par Text}");
        assert_eq!((titled.articles[0].title.as_str(), titled.articles[0].text.as_str()), ("The title", "Text"));
    }

    #[test]
    fn line_ends_of_the_file_are_none_of_the_text() {
        assert_eq!(text_of("one\r\n two\\par\r\nthree\\\nfour\\cell five\\row"), "one two\n\nthree\n\nfour\n\nfive");
    }

    #[test]
    fn what_is_odd_is_told() {
        assert!(found(b"no rtf").refused[0].reason.starts_with("is no rich text"));
        let cut = found(br"{\rtf1 One\par Two");
        assert_eq!((cut.articles[0].text.as_str(), cut.refused[0].reason.as_str()), ("One\n\nTwo", "is cut: it ends inside a group"));
        assert!(found(format!("{{\\rtf1{}", "{".repeat(5000)).as_bytes()).refused[0].reason.contains("more than 512 deep"));
        for odd in [
            &br"{\rtf1 \"[..],
            br"{\rtf1 \'",
            br"{\rtf1 \'g1 x}",
            br"{\rtf1\bin99999999999 x}",
            br"{\rtf1\u}",
            b"{\\rtf1 \\u99999999999?\xFF\x00}",
        ] {
            let _ = found(odd);
        }
    }
}
