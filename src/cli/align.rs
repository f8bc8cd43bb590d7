//! `retold align`: two articles side by side on the terminal.

use std::fmt::Write;
use std::io::{IsTerminal, stdout};
use std::path::Path;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use retold::analysis::findings::{Findings, Paraphrase};
use retold::analysis::settings::Settings;
use retold::analysis::try_analyze;
use retold::corpus::builder::CorpusBuilder;
use retold::corpus::collection::Corpus;
use retold::corpus::locus::Locus;
use retold::error::{ErrorKind, Result};
use retold::lexicon::load::Lexicon;
use retold::read::files::{ReadReport, read_all};
use retold::reuse::alignment::Alignment;
use retold::text::count::plural;
use retold::text::span::{Byte, Span};
use retold::watch::Stage;

use super::args;
use super::input::{Input, all_compared, compared, tell_failed};
use super::memory;
use super::summary::SURE;
use super::terminal::{Outcome, clean, clean_line, out, shown as shown_path};

/// Narrowest page: two columns of words that still read.
const NARROWEST: usize = 40;
/// Width of a page where none is known.
const USUAL: usize = 100;

pub(crate) fn run(args: &args::Align) -> Result<Outcome> {
    let lexicon = Lexicon::open(&args.lexicons.names)?;
    let (mut options, mut builder, mut report) =
        (args.reading.options()?, CorpusBuilder::within(memory::budget(None)), ReadReport::default());
    // Outlets A and B: the article given first comes first in the corpus, whatever the files are called.
    for (name, path) in [("A", &args.a), ("B", &args.b)] {
        options.outlet = Some(name.to_owned());
        report.merge(read_all(std::slice::from_ref(path), &options, &mut builder)?);
    }
    let mut input = Input::new(args.reading.seal(builder, &options, &|_: Stage| ()), report, &args.reading)?;
    input.tell();
    input.job(|corpus, _| side_by_side(corpus, &lexicon, args))
}

fn side_by_side(corpus: &Corpus, lexicon: &Lexicon, args: &args::Align) -> Result<Outcome> {
    if corpus.articles().len() != 2 || corpus.outlets().len() != 2 {
        return Err(ErrorKind::NotTwo { articles: corpus.articles().len() }.into());
    }
    let mut settings = Settings::for_corpus(corpus);
    settings.reuse.collapse_copies = false;
    let findings = try_analyze(corpus, lexicon, &settings, |_| {})?;
    all_compared(&findings, &args.reading)?;
    let width = args.width.map_or_else(page_width, usize::from).max(NARROWEST);
    out(shown(&findings, [&args.a, &args.b], args.inline, width).trim_end())?;
    tell_failed(&findings);
    Ok(compared(&findings))
}

fn page_width() -> usize {
    let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let asked = || stdout().is_terminal().then(|| usize::from(console::Term::stdout().size().1));
    told.or_else(asked).unwrap_or(USUAL)
}

fn shown(findings: &Findings<'_>, given: [&Path; 2], inline: bool, width: usize) -> String {
    let corpus = findings.corpus;
    let sides = |a: &Alignment| [a.left, a.right];
    let mut alignments: Vec<&Alignment> = findings.alignments.iter().collect();
    alignments.sort_by_key(|a| sides(a).map(|side| side.tokens));
    let mut text = String::new();
    let ids = corpus.ids().collect::<Vec<_>>();
    for (i, name) in ["A", "B"].into_iter().enumerate() {
        let (article, words) = (corpus.article(ids[i]), corpus.document(ids[i]).words().len());
        let mut covered: Vec<Span<_>> = alignments.iter().map(|a| sides(a)[i].tokens).collect();
        covered.sort_unstable();
        let (mut shared, mut end) = (0, 0);
        for span in covered {
            shared += span.end().saturating_sub(span.start().max(end));
            end = end.max(span.end());
        }
        let title = if article.title.is_empty() { String::new() } else { format!("  {}", clean_line(&article.title)) };
        let share = 100.0 * shared as f64 / words.max(1) as f64;
        let _infallible = writeln!(
            text,
            "{name}  {}{title}\n   {}, {shared} of them in shared passages ({share:.0} %)",
            shown_path(given[i]),
            plural(words, "word")
        );
    }
    text.push_str(if alignments.is_empty() { "\nNo shared passage was found.\n" } else { "\n[ ] differs, [∅] nothing here\n" });
    for alignment in alignments {
        let pair = sides(alignment);
        let paragraph = |side: Locus| corpus.document(side.article).paragraph_of(side.tokens.start()) + 1;
        let voice = |side: Locus| findings.voice_of(side).as_str();
        let _infallible = writeln!(
            text,
            "\n{}, {:.0} % of their words   A ¶{} {}   B ¶{} {}",
            alignment.kind().as_str(),
            (alignment.similarity() * 100.0).floor(),
            paragraph(pair[0]),
            voice(pair[0]),
            paragraph(pair[1]),
            voice(pair[1])
        );
        if inline {
            for line in wrap(&inline_text(findings, alignment), width - 2) {
                let _infallible = writeln!(text, "  {line}");
            }
            continue;
        }
        let column = (width - 3) / 2;
        let marked = |side: usize| {
            let differing = findings.alignments.edits(alignment).filter(|e| !e.equal).map(|e| if side == 0 { e.left } else { e.right });
            let places = differing.map(|tokens| findings.bytes(Locus { tokens, ..pair[side] })).collect::<Vec<_>>();
            wrap(&brackets(&corpus.whole_text(pair[side].article), findings.bytes(pair[side]), &places), column)
        };
        beside(&marked(0), &marked(1), column, &mut text);
    }
    let mut found: Vec<&Paraphrase> = findings.paraphrases.iter().filter(|r| r.confidence >= SURE).collect();
    found.sort_by_key(|r| r.left.tokens);
    if !found.is_empty() {
        text.push_str("\nThe same in other words\n");
    }
    for found in found {
        let pair = [found.left, found.right];
        let paragraph = |side: Locus| corpus.document(side.article).paragraph_of(side.tokens.start()) + 1;
        let _infallible = writeln!(
            text,
            "\nconfidence {:.2}   A ¶{}   B ¶{}",
            (found.confidence * 100.0).floor() / 100.0,
            paragraph(pair[0]),
            paragraph(pair[1])
        );
        let column = (width - 3) / 2;
        beside(&wrap(&corpus.text(pair[0]), column), &wrap(&corpus.text(pair[1]), column), column, &mut text);
    }
    text
}

/// Two columns of lines.
fn beside(left: &[String], right: &[String], column: usize, text: &mut String) {
    for i in 0..left.len().max(right.len()) {
        let (l, r) = (left.get(i).map_or("", String::as_str), right.get(i).map_or("", String::as_str));
        let _infallible = writeln!(text, "{l}{} │ {r}", " ".repeat(column.saturating_sub(l.width())));
    }
}

/// The passage with what differs in brackets.
fn brackets(text: &str, passage: Span<Byte>, differing: &[Span<Byte>]) -> String {
    let mut marked = String::new();
    let mut at = passage.start();
    for place in differing {
        marked.push_str(text.get(at..place.start()).unwrap_or(""));
        let inside = if place.is_empty() { "∅" } else { place.of(text) };
        marked.push_str(&format!("[{inside}]"));
        if place.is_empty() {
            marked.push(' ');
        }
        at = place.end().max(at);
    }
    marked.push_str(text.get(at..passage.end()).unwrap_or(""));
    marked
}

/// What both have once, with `[A|B]` where they differ.
fn inline_text(findings: &Findings<'_>, alignment: &Alignment) -> String {
    let words = |side: Locus, tokens| findings.corpus.text(Locus { tokens, ..side }).into_owned();
    let pieces = findings.alignments.edits(alignment).map(|edit| {
        let (a, b) = (words(alignment.left, edit.left), words(alignment.right, edit.right));
        let or_nothing = |text: String| if text.is_empty() { "∅".to_owned() } else { text };
        if edit.equal { a } else { format!("[{}|{}]", or_nothing(a), or_nothing(b)) }
    });
    pieces.collect::<Vec<_>>().join(" ")
}

/// Lines no wider than `width` columns of the terminal; a word that is wider is parted.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in clean(text).split_whitespace() {
        if !line.is_empty() && line.width() + 1 + word.width() > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        for c in word.chars() {
            if line.width() + c.width().unwrap_or(0) > width {
                lines.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{Span, brackets, wrap};

    #[test]
    fn lines_fit() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefghij k", 4), ["abcd", "efgh", "ij k"]);
        assert_eq!(wrap("", 4), Vec::<String>::new());
        assert_eq!(wrap("東京 東京", 5), ["東京", "東京"]);
    }

    #[test]
    fn what_differs_stands_in_brackets() {
        let text = "the old regime fell";
        assert_eq!(brackets(text, Span::new(0, 19), &[Span::new(4, 7), Span::new(15, 15)]), "the [old] regime [∅] fell");
    }
}
