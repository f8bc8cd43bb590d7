//! Tags and text of HTML in their order: no tree, no memory of what is open, one pass. Any garbage has tokens.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memmem};

use crate::read::page::entity::decoded;

/// A piece of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// Characters between tags, references not resolved.
    Text(&'a str),
    /// `<name attributes>`.
    Open(Tag<'a>),
    /// `</name>`.
    Close(&'a str),
    /// `<!-- … -->`.
    Comment(&'a str),
    /// What an element holds whose content is no markup: a script, a style, a title.
    Raw(&'a str),
    /// `<![CDATA[ … ]]>`, as XHTML has it: characters without references.
    Characters(&'a str),
}

/// An opening tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag<'a> {
    /// As written; compare without regard to case.
    pub name: &'a str,
    /// What stands between the name and the `>`.
    pub attributes: &'a str,
    /// Byte of its `<`.
    pub at: usize,
}

impl<'a> Tag<'a> {
    /// Whether it is the tag of that lower-case name.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// An attribute by its lower-case name, references resolved; `None` where there is none.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        self.attributes().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| decoded(value))
    }

    /// Its attributes in their order, references not resolved.
    #[must_use]
    pub fn attributes(&self) -> Attributes<'a> {
        Attributes { rest: self.attributes }
    }
}

/// The attributes of a tag: names and values as written.
#[derive(Clone, Debug)]
pub struct Attributes<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let blank = |c: char| c.is_ascii_whitespace() || c == '/';
        let rest = self.rest.trim_start_matches(blank);
        // A name may start with a stray `=`, so that every round takes at least one byte.
        let first = rest.chars().next()?.len_utf8();
        let end = rest.get(first..)?.find(|c: char| blank(c) || c == '=').map_or(rest.len(), |at| at + first);
        let (name, behind) = rest.split_at_checked(end)?;
        let Some(value) = behind.trim_start().strip_prefix('=').map(str::trim_start) else {
            self.rest = behind;
            return Some((name, ""));
        };
        let (value, behind) = match value.chars().next() {
            Some(mark @ ('"' | '\'')) => {
                let inside = value.get(1..).unwrap_or("");
                inside.split_once(mark).unwrap_or((inside, ""))
            }
            _ => value.split_at_checked(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())).unwrap_or((value, "")),
        };
        self.rest = behind;
        Some((name, value))
    }
}

/// Elements whose content is no markup.
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// Elements that have no content and no end tag.
pub const VOID: &[&str] = &[
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link", "meta", "param",
    "source", "track", "wbr",
];

/// The tokens of a page, in their order; ends at its end.
#[derive(Clone, Debug)]
pub struct Tokens<'a> {
    html: &'a str,
    at: usize,
    raw: Option<&'a str>,
    /// Ends of which none follows any more, so that none is searched for twice.
    endless: Vec<&'a str>,
}

impl<'a> Tokens<'a> {
    /// Of a page or a part of one.
    #[must_use]
    pub fn new(html: &'a str) -> Self {
        Self { html, at: 0, raw: None, endless: Vec::new() }
    }

    /// Byte from which the next token is taken.
    #[must_use]
    pub fn position(&self) -> usize {
        self.at
    }

    fn rest(&self) -> &'a str {
        self.html.get(self.at..).unwrap_or("")
    }

    /// Takes bytes up to the first `end`, which goes too; all that is left where there is none.
    fn through(&mut self, end: &str) -> &'a str {
        let rest = self.rest();
        let (inside, used) = memmem::find(rest.as_bytes(), end.as_bytes()).map_or((rest.len(), rest.len()), |at| (at, at + end.len()));
        self.at += used;
        rest.get(..inside).unwrap_or("")
    }

    /// Takes bytes up to the first `end`, which goes too. One that is never closed ends at its first `>`: it would swallow the
    /// rest of the page.
    fn closed(&mut self, end: &'static str) -> &'a str {
        let is_closed = !self.endless.contains(&end) && memmem::find(self.rest().as_bytes(), end.as_bytes()).is_some();
        if is_closed {
            return self.through(end);
        }
        if !self.endless.contains(&end) {
            self.endless.push(end);
        }
        self.through(">")
    }

    /// The content of an element that is no markup. One that is never closed is empty, so that it does not swallow the rest of
    /// the page; scripts and styles do, since a page that is cut ends in one.
    fn raw(&mut self, name: &'a str) -> &'a str {
        if self.endless.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            return "";
        }
        let rest = self.rest();
        let closes = |at: &usize| {
            let behind = rest.as_bytes().get(at + 2..at + 2 + name.len());
            let after = rest.as_bytes().get(at + 2 + name.len());
            behind.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes())) && after.is_none_or(|b| !b.is_ascii_alphanumeric())
        };
        match memmem::find_iter(rest.as_bytes(), "</").find(closes) {
            Some(end) => {
                self.at += end;
                rest.get(..end).unwrap_or("")
            }
            None if is_any(name, &["script", "style"]) => {
                self.at += rest.len();
                rest
            }
            None => {
                self.endless.push(name);
                ""
            }
        }
    }

    /// A tag whose `<` or `</` is passed: its name and its attributes.
    fn tag(&mut self) -> (&'a str, &'a str) {
        let rest = self.rest();
        let length = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).unwrap_or(rest.len());
        let (name, inside) = rest.split_at_checked(length).unwrap_or((rest, ""));
        let end = tag_end(inside);
        self.at += length + (end + 1).min(inside.len());
        (name, inside.get(..end).unwrap_or(""))
    }

    fn markup(&mut self) -> Option<Token<'a>> {
        let rest = self.rest();
        let start = self.at;
        let second = rest.as_bytes().get(1).copied();
        if rest.starts_with("<!--") {
            self.at += 4;
            // `<!-->` is a whole comment.
            if self.rest().starts_with('>') {
                self.at += 1;
                return Some(Token::Comment(""));
            }
            return Some(Token::Comment(self.closed("-->")));
        }
        if rest.starts_with("<![CDATA[") {
            self.at += 9;
            return Some(Token::Characters(self.closed("]]>")));
        }
        match second {
            Some(b'!' | b'?') => {
                self.at += 2;
                Some(Token::Comment(self.through(">")))
            }
            Some(b'/') if rest.as_bytes().get(2).is_some_and(u8::is_ascii_alphabetic) => {
                self.at += 2;
                Some(Token::Close(self.tag().0))
            }
            Some(b'/') => {
                self.at += 2;
                Some(Token::Comment(self.through(">")))
            }
            Some(b) if b.is_ascii_alphabetic() => {
                self.at += 1;
                let (name, attributes) = self.tag();
                let closed = attributes.ends_with('/');
                self.raw = Some(name).filter(|name| !closed && is_any(name, RAW));
                Some(Token::Open(Tag { name, attributes, at: start }))
            }
            _ => None,
        }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(name) = self.raw.take() {
            return Some(Token::Raw(self.raw(name)));
        }
        let rest = self.rest();
        if rest.is_empty() {
            return None;
        }
        if rest.starts_with('<')
            && let Some(token) = self.markup()
        {
            return Some(token);
        }
        // A `<` that starts no tag is a character like any other.
        let after = rest.as_bytes().get(1..).unwrap_or(&[]);
        let end = memchr(b'<', after).map_or(rest.len(), |at| at + 1);
        self.at += end;
        Some(Token::Text(rest.get(..end).unwrap_or("")))
    }
}

/// The byte of the `>` that ends a tag: one outside the quotation marks of a value.
fn tag_end(inside: &str) -> usize {
    let bytes = inside.as_bytes();
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr2(b'>', b'=', rest)) {
        at += found;
        if bytes.get(at) == Some(&b'>') {
            return at;
        }
        at += 1;
        at += bytes.get(at..).map_or(0, |rest| rest.iter().take_while(|b| b.is_ascii_whitespace()).count());
        if let Some(mark @ (b'"' | b'\'')) = bytes.get(at).copied() {
            at += 1;
            match bytes.get(at..).and_then(|rest| memchr(mark, rest)) {
                Some(end) => at += end + 1,
                None => return bytes.len(),
            }
        }
    }
    bytes.len()
}

/// Whether a name is one of a list of lower-case names.
#[must_use]
pub fn is_any(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| name.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::{Tag, Token, Tokens};

    fn shown(html: &str) -> String {
        let show = |token| match token {
            Token::Text(text) => format!("t:{text}"),
            Token::Open(tag) => format!("o:{}", tag.name),
            Token::Close(name) => format!("c:{name}"),
            Token::Comment(text) => format!("!:{text}"),
            Token::Raw(text) | Token::Characters(text) => format!("r:{text}"),
        };
        Tokens::new(html).map(show).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn what_is_never_closed_swallows_nothing() {
        let text = |html: &str| -> String {
            Tokens::new(html).filter_map(|token| if let Token::Text(text) = token { Some(text) } else { None }).collect()
        };
        assert_eq!(text("a<!-- b>c<!-- d>e"), "ace");
        assert_eq!(text("a<title>b<p>c<title>d"), "abcd");
        assert_eq!(text("a<textarea x=1>b<i>c</textarea>d"), "ad");
        assert_eq!(text("a<script>b<p>c"), "a");
    }

    #[test]
    fn tokens() {
        for (html, expected) in [
            ("<p class='a>b'>x</P>", "o:p|t:x|c:P"),
            ("a < b <3 </ x>c", "t:a |t:< b |t:<3 |!: x|t:c"),
            ("<script>if (a</b) '<p>'</SCRIPT >y", "o:script|r:if (a</b) '<p>'|c:SCRIPT|t:y"),
            ("<!-- <p> --><!DOCTYPE html><?xml?><!-->x", "!: <p> |!:DOCTYPE html|!:xml?|!:|t:x"),
            ("<![CDATA[a<b]]>c", "r:a<b|t:c"),
            ("<style/>x<style>y", "o:style|t:x|o:style|r:y"),
            ("<a href='x", "o:a"),
            ("<br/><td\n>", "o:br|o:td"),
        ] {
            assert_eq!(shown(html), expected, "{html}");
        }
    }

    #[test]
    fn attributes() {
        let tag = |attributes| Tag { name: "a", attributes, at: 0 };
        let all = |attributes| tag(attributes).attributes().map(|(n, v)| format!("{n}={v}")).collect::<Vec<_>>().join("|");
        assert_eq!(all(" a=1 B = 'x y' c=\"&amp;\" d /"), "a=1|B=x y|c=&amp;|d=");
        assert_eq!(all("=x a='"), "=x=|a=");
        assert_eq!(tag(" x=1 HREF=\"a&amp;b\"").attribute("href").as_deref(), Some("a&b"));
    }
}
