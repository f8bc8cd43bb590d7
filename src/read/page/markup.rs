//! The text of HTML: paragraphs as a browser shows them, without a tree, so that no depth and no garbage can hurt.

use std::collections::BTreeMap;

use crate::read::page::entity::decoded;
use crate::read::page::tags::{Tag, Token, Tokens, VOID, is_any};

/// Elements that part paragraphs.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "optgroup",
    "option",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Elements that hold nothing a reader of the page sees as its text.
const UNSEEN: &[&str] = &["audio", "canvas", "datalist", "math", "noscript", "object", "rp", "rt", "select", "svg", "template", "video"];

/// Elements that may say of themselves that they are hidden, and are always closed where they are opened.
const HIDEABLE: &[&str] = &["aside", "div", "figure", "section", "span"];

/// The text of a fragment of HTML or XHTML. Block elements and two line breaks in a row part paragraphs, which are joined by an
/// empty line; one line break is a line end. White space is folded, references are resolved, soft hyphens and other characters
/// without width go. Scripts, styles, pictures, what is hidden and what is shown only without scripts is left out. Linear in its
/// length, whatever it holds.
#[must_use]
pub fn paragraphs(html: &str) -> String {
    shown(html, Lines::default())
}

/// As [`paragraphs`], without short paragraphs that are links to something else: all of their text is a link, or a word or two
/// with a colon stand before one ("Read more: …").
#[must_use]
pub fn prose(html: &str) -> String {
    shown(html, Lines { drops_links: true, ..Lines::default() })
}

fn shown(html: &str, mut out: Lines) -> String {
    let mut closers = closers(html);
    let mut unseen: Option<(&str, usize)> = None;
    let mut pre = 0_usize;
    for token in Tokens::new(html) {
        match token {
            Token::Open(tag) if is_any(tag.name, VOID) => {
                if unseen.is_some() {
                } else if tag.is("br") {
                    out.line_break();
                } else if tag.is("hr") {
                    out.gap(Gap::Paragraph);
                }
            }
            Token::Open(tag) => {
                let left = closers.get(&tag.name.to_ascii_lowercase()).copied().unwrap_or(0);
                match &mut unseen {
                    // An element that is never closed hides nothing, and does not keep another open.
                    Some((name, depth)) if tag.is(name) && left > *depth => *depth += 1,
                    Some(_) => {}
                    None if left > 0 && is_unseen(&tag) => unseen = Some((tag.name, 1)),
                    None => {
                        pre += usize::from(tag.is("pre"));
                        out.is_linked |= tag.is("a");
                        out.border(tag.name, '“');
                    }
                }
            }
            Token::Close(name) => {
                if let Some(left) = closers.get_mut(&name.to_ascii_lowercase()) {
                    *left = left.saturating_sub(1);
                }
                match &mut unseen {
                    Some((hidden, depth)) if name.eq_ignore_ascii_case(hidden) => {
                        *depth -= 1;
                        if *depth == 0 {
                            unseen = None;
                        }
                    }
                    Some(_) => {}
                    None => {
                        pre = pre.saturating_sub(usize::from(name.eq_ignore_ascii_case("pre")));
                        out.is_linked &= !name.eq_ignore_ascii_case("a");
                        if name.eq_ignore_ascii_case("br") { out.line_break() } else { out.border(name, '”') }
                    }
                }
            }
            Token::Text(text) if unseen.is_none() => out.push(&decoded(text), pre > 0),
            Token::Characters(text) if unseen.is_none() => out.push(text, pre > 0),
            Token::Raw(_) | Token::Characters(_) | Token::Text(_) | Token::Comment(_) => {}
        }
    }
    out.end_paragraph();
    out.text
}

/// How many end tags of each name a page has, so that what is never closed is known when it is opened.
fn closers(html: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for token in Tokens::new(html) {
        if let Token::Close(name) = token
            && (is_any(name, UNSEEN) || is_any(name, HIDEABLE))
        {
            *counts.entry(name.to_ascii_lowercase()).or_default() += 1;
        }
    }
    counts
}

fn is_unseen(tag: &Tag<'_>) -> bool {
    if is_any(tag.name, UNSEEN) {
        return true;
    }
    is_any(tag.name, HIDEABLE) && is_hidden(tag)
}

/// Whether a tag says that its element is not shown.
#[must_use]
pub fn is_hidden(tag: &Tag<'_>) -> bool {
    tag.attributes().any(|(name, value)| {
        if name.eq_ignore_ascii_case("hidden") {
            return !value.eq_ignore_ascii_case("until-found");
        }
        let compact = || value.chars().filter(|c| !c.is_ascii_whitespace()).collect::<String>().to_ascii_lowercase();
        name.eq_ignore_ascii_case("style") && value.len() < 2_000 && compact().contains("display:none")
    })
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Space,
    Line,
    Paragraph,
}

/// Text as it grows, and the gap that stands before what comes next.
struct Lines {
    text: String,
    gap: Gap,
    drops_links: bool,
    /// Byte at which the paragraph starts, and the one at which its first link does.
    start: usize,
    first_link: Option<usize>,
    /// Whether what comes is in a link, and characters of the paragraph that were.
    is_linked: bool,
    linked: usize,
}

impl Default for Lines {
    fn default() -> Self {
        Self { text: String::new(), gap: Gap::None, drops_links: false, start: 0, first_link: None, is_linked: false, linked: 0 }
    }
}

/// Words beyond which a paragraph is prose even where all of it is a link.
const LINK: usize = 25;

impl Lines {
    fn gap(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    fn line_break(&mut self) {
        self.gap = if self.gap >= Gap::Line { Gap::Paragraph } else { Gap::Line };
    }

    /// At the start or the end of an element.
    fn border(&mut self, name: &str, quotation_mark: char) {
        if is_any(name, BLOCKS) {
            self.gap(Gap::Paragraph);
        } else if name.eq_ignore_ascii_case("q") {
            self.push(quotation_mark.encode_utf8(&mut [0; 4]), false);
        }
    }

    fn push(&mut self, text: &str, keeps_lines: bool) {
        for c in text.chars() {
            if c == '\n' && keeps_lines {
                self.line_break();
            } else if c.is_whitespace() {
                self.gap(Gap::Space);
            } else if !matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}') {
                if self.gap == Gap::Paragraph {
                    self.end_paragraph();
                }
                if !self.text.is_empty() {
                    self.text.push_str(match self.gap {
                        Gap::None => "",
                        Gap::Space => " ",
                        Gap::Line => "\n",
                        Gap::Paragraph => "\n\n",
                    });
                }
                if self.gap == Gap::Paragraph {
                    self.start = self.text.len();
                }
                self.gap = Gap::None;
                if self.is_linked {
                    self.first_link.get_or_insert(self.text.len());
                    self.linked += c.len_utf8();
                }
                self.text.push(c);
            }
        }
    }

    fn end_paragraph(&mut self) {
        let (first_link, linked) = (self.first_link.take(), std::mem::take(&mut self.linked));
        let Some(first_link) = first_link.filter(|_| self.drops_links) else { return };
        let paragraph = self.text.get(self.start..).unwrap_or("");
        let solid = paragraph.chars().filter(|c| !c.is_whitespace()).map(char::len_utf8).sum::<usize>();
        let before = self.text.get(self.start..first_link).unwrap_or("").trim_end();
        let is_pointer = before.ends_with(':') && before.split_whitespace().count() <= 4 && linked * 10 >= solid * 5;
        if (is_pointer || linked * 10 >= solid * 8) && paragraph.split_whitespace().count() <= LINK {
            self.text.truncate(self.start);
            self.text.truncate(self.text.trim_end().len());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::paragraphs;

    #[test]
    fn text_as_a_browser_shows_it() {
        for (html, expected) in [
            ("<p>One\n  two</p><p>Three <b>four</b>&nbsp;five</p>", "One two\n\nThree four five"),
            ("One<br>two<br/><br />three<BR>\n<br>four", "One\ntwo\n\nthree\n\nfour"),
            ("plain &amp; simple", "plain & simple"),
            ("<p>&nbsp;</p>\n<p>x</p><p></p>", "x"),
            ("<ul><li>a</li><li>b</li></ul>c", "a\n\nb\n\nc"),
            ("Bundes&shy;regie\u{200B}rung <q>sagt</q>", "Bundesregierung “sagt”"),
            ("<head><title>t</title><style>a{}</style></head><body>x<script>y</script>z", "xz"),
            ("a<noscript><p>b</p></noscript><svg><text>c</text><svg></svg>d</svg>e", "ae"),
            ("a<noscript>never closed <p>b", "anever closed\n\nb"),
            ("a<div hidden>b<div>c</div>d</div>e<span style='Display: none'>f</span>g", "aeg"),
            ("<pre>a\n b\n\nc</pre>d\ne", "a\nb\n\nc\n\nd e"),
            ("<table><tr><td>a</td><td>b</td></tr></table>", "a\n\nb"),
            ("5 < 6 <b>and</b> <3", "5 < 6 and <3"),
            ("cut <a href=\"http://exam", "cut"),
            ("", ""),
        ] {
            assert_eq!(paragraphs(html), expected, "{html}");
        }
    }

    #[test]
    fn garbage_is_read_in_linear_time() {
        for unit in [
            "<",
            "<b>",
            "<div hidden>",
            "<table>",
            "</",
            "<!--",
            "<a '",
            "<a b='",
            "&",
            "&#",
            "<svg>",
            "<noscript>",
            "<script",
            "<![CDATA[",
            "</div>",
            "<q>",
        ] {
            let html = unit.repeat((1 << 18) / unit.len());
            assert!(paragraphs(&html).len() <= 3 * html.len(), "{unit}");
        }
    }
}
