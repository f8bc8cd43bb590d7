//! Paragraphs of a document, whatever it is written in.

/// A paragraph and its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paragraph {
    /// 1-based: the number of the paragraph in an office document, the line in a text file.
    pub place: usize,
    /// Its characters without space at the ends. Lines inside it are parted by line ends.
    pub text: String,
    /// Whether its style is that of a heading or a title.
    pub heading: bool,
    /// Lines of a text file that stand in the middle of the page.
    pub centred: bool,
}

/// What a document came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pages {
    /// Paragraphs with something in them.
    pub paragraphs: Vec<Paragraph>,
    /// Paragraphs so far, with empty ones.
    count: usize,
    /// The title that the properties of the document state.
    pub title: String,
}

impl Pages {
    /// Ends a paragraph: an empty one counts and is not kept.
    pub fn push(&mut self, text: &str, heading: bool) {
        self.count += 1;
        let text = tidy(text);
        if !text.is_empty() {
            self.paragraphs.push(Paragraph { place: self.count, text, heading, centred: false });
        }
    }
}

/// Paragraphs of a plain text: lines that follow one another are one paragraph. A line that stands far from the margin is centred
/// and a paragraph of its own.
#[must_use]
pub fn paragraphs_of_text(text: &str) -> Vec<Paragraph> {
    const CENTRED: usize = 8;
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut open = false;
    for (line, number) in text.lines().zip(1..) {
        let shown = line.trim();
        let centred = line.len() - line.trim_start().len() >= CENTRED;
        match paragraphs.last_mut() {
            _ if shown.is_empty() => {}
            Some(last) if open && !centred && !last.centred => {
                last.text.push('\n');
                last.text.push_str(shown);
            }
            _ => paragraphs.push(Paragraph { place: number, text: shown.to_owned(), heading: false, centred }),
        }
        open = !shown.is_empty();
    }
    paragraphs
}

/// Whether a file starts as HTML, XML, JSON or rich text does, so that it is no plain text whatever its lines say.
#[must_use]
pub fn is_markup(head: &str) -> bool {
    head.trim_start().starts_with(['<', '{', '['])
}

/// A paragraph on one line.
#[must_use]
pub fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text of paragraphs, parted by empty lines.
#[must_use]
pub fn joined<'p>(paragraphs: impl IntoIterator<Item = &'p str>) -> String {
    paragraphs.into_iter().collect::<Vec<_>>().join("\n\n")
}

/// Space at the ends of each line is taken off, and no line is empty.
fn tidy(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::{Pages, paragraphs_of_text};

    #[test]
    fn empty_paragraphs_count() {
        let mut pages = Pages::default();
        for text in ["One", " \u{A0}", " Two \n \n more "] {
            pages.push(text, false);
        }
        let found: Vec<_> = pages.paragraphs.iter().map(|p| (p.place, p.text.as_str())).collect();
        assert_eq!(found, [(1, "One"), (3, "Two\nmore")]);
    }

    #[test]
    fn wrapped_lines_are_one_paragraph_and_centred_ones_are_their_own() {
        let found = paragraphs_of_text("a\r\nb\r\n\r\n          The Paper\n          May 1\nc\n");
        let found: Vec<_> = found.iter().map(|p| (p.place, p.text.as_str(), p.centred)).collect();
        assert_eq!(found, [(1, "a\nb", false), (4, "The Paper", true), (5, "May 1", true), (6, "c", false)]);
    }
}
