//! Utterances: every stretch of others' words in a document, with its form, cue, speaker and a confidence.

use crate::corpus::document::Document;
use crate::text::span::{Byte, Span, Token};
use crate::text::token::Shape;

use super::attribution::attributions;
use super::lexis::Lexis;
use super::mask::{Voice, VoiceMask};
use super::pattern::Attribution;
use super::quote::{Quotation, QuoteForm, mask};
use super::reading::{Gap, Reading};
use super::speaker::{Basis, Cast, Speaker};
use super::traits::Traits;

/// How an utterance is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// In quotation marks, at least a clause.
    Full,
    /// In quotation marks, a part.
    Fragment,
    /// In quotation marks that keep a wording at arm's length and quote nobody.
    Scare,
    /// Without marks.
    Indirect,
}

impl Form {
    /// As written in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Fragment => "fragment",
            Self::Scare => "scare",
            Self::Indirect => "indirect",
        }
    }
}

/// Who an utterance is said to come from, as bytes of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attributed {
    /// The source beside the cue.
    pub mention: Span<Byte>,
    /// What names it; `None` where that is not plain.
    pub name: Option<Span<Byte>>,
    /// On what grounds.
    pub basis: Basis,
}

/// A stretch of others' words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Utterance {
    /// With its quotation marks, if it has any.
    pub span: Span<Byte>,
    /// Without them.
    pub content: Span<Byte>,
    /// How it is given.
    pub form: Form,
    /// Whether its mark is closed; TRUE without marks.
    pub closed: bool,
    /// The words that attribute it.
    pub cue: Option<Span<Byte>>,
    /// Whose words they are.
    pub speaker: Option<Attributed>,
    /// Share of stretches so found that were another's in annotated news, by pattern, 0 to 1; docs/method.md.
    pub confidence: f64,
}

/// What the voices of one document are.
#[derive(Clone, Debug, Default)]
pub struct Voices {
    /// In order of place; a quotation inside reported speech follows the stretch that holds it.
    pub utterances: Vec<Utterance>,
    /// Whose words stand where.
    pub mask: VoiceMask,
}

impl Voices {
    /// The narrowest utterance that holds the start of a place.
    #[must_use]
    pub fn innermost(&self, place: Span<Byte>) -> Option<usize> {
        let at = place.start();
        let until = self.utterances.partition_point(|u| u.span.start() <= at);
        self.utterances[..until].iter().rposition(|u| u.content.start() <= at && at < u.content.end())
    }
}

/// Finds the utterances of a document. Linear in its length.
#[must_use]
pub fn voices(document: &Document, text: &str, quotations: &[Quotation], lexis: &Lexis) -> Voices {
    let reading = Reading::new(document, text, lexis, quotations);
    let attributions = attributions(&reading);
    let mut cast = Cast::new(&reading);
    let speakers: Vec<Option<Speaker>> = attributions.iter().map(|a| a.source.map(|source| cast.resolve(source))).collect();
    let mut utterances = Vec::new();
    let mut indirect = Vec::new();
    for (attribution, speaker) in attributions.iter().zip(&speakers) {
        for &content in &attribution.contents {
            // A stretch that is nothing but quotations is no indirect speech.
            if content.range().all(|i| reading.quotation(i).is_some()) {
                continue;
            }
            let Some(span) = outer_bytes(&reading, content, quotations) else { continue };
            indirect.push(span);
            utterances.push(Utterance {
                span,
                content: span,
                form: Form::Indirect,
                closed: true,
                cue: reading.bytes(attribution.cue),
                speaker: speaker.map(|s| in_bytes(&reading, s)),
                confidence: attribution.pattern.confidence(),
            });
        }
    }
    let direct = Quoted { reading: &reading, quotations, attributions: &attributions, speakers: &speakers }.utterances();
    // Scare quotation marks hold nobody's words but the narrator's.
    let spoken: Vec<Quotation> = quotations.iter().zip(&direct).filter(|(_, u)| u.form != Form::Scare).map(|(q, _)| *q).collect();
    utterances.extend(direct);
    utterances.sort_by_key(|u| (u.span.start(), std::cmp::Reverse(u.span.end()), u.form != Form::Indirect));
    utterances.dedup_by(|b, a| a.span == b.span && a.form == b.form);
    Voices { utterances, mask: joined(&mask(&spoken, text), quotations, indirect) }
}

/// The bytes of a stretch with the quotation marks at its ends.
fn outer_bytes(reading: &Reading<'_>, content: Span<Token>, quotations: &[Quotation]) -> Option<Span<Byte>> {
    let mut bytes = reading.bytes(content)?;
    for at in [content.start(), content.end() - 1] {
        if let Some(quotation) = reading.quotation(at).and_then(|q| quotations.get(q)) {
            let inside = quotation.span.start() >= bytes.start() || at == content.start();
            if inside {
                bytes = bytes.hull(quotation.span);
            }
        }
    }
    Some(bytes)
}

fn in_bytes(reading: &Reading<'_>, speaker: Speaker) -> Attributed {
    let mention = reading.bytes(speaker.mention).unwrap_or(Span::new(0, 0));
    // `Roe's claim that …` names Roe.
    let owner = |bytes: Span<Byte>| {
        let name = bytes.of(reading.text);
        let bare = ["'s", "’s", "'", "’"].iter().find_map(|end| name.strip_suffix(end)).map_or(name.len(), str::len);
        Span::new(bytes.start(), bytes.start() + bare)
    };
    Attributed { mention, name: speaker.name.and_then(|n| reading.bytes(n)).map(owner), basis: speaker.basis }
}

/// The mask of quotations with indirect stretches where no quotation stands.
fn joined(direct: &VoiceMask, quotations: &[Quotation], mut indirect: Vec<Span<Byte>>) -> VoiceMask {
    indirect.sort_by_key(|s| (s.start(), s.end()));
    let mut stretches: Vec<(Span<Byte>, Voice)> = direct.stretches().to_vec();
    let mut at = 0;
    let mut quotation = 0;
    for stretch in indirect {
        at = at.max(stretch.start());
        while quotation < quotations.len() && quotations[quotation].span.end() <= at {
            quotation += 1;
        }
        let mut next = quotation;
        while at < stretch.end() {
            let stop = quotations.get(next).map_or(stretch.end(), |q| q.span.start().max(at).min(stretch.end()));
            if stop > at {
                stretches.push((Span::new(at, stop), Voice::Indirect));
            }
            match quotations.get(next).filter(|q| q.span.start() < stretch.end()) {
                Some(q) => at = q.span.end(),
                None => at = stretch.end(),
            }
            next += 1;
        }
    }
    stretches.sort_by_key(|(span, _)| span.start());
    VoiceMask::new(stretches)
}

/// The quotations of a document with what attributes them.
struct Quoted<'a, 'd> {
    reading: &'a Reading<'d>,
    quotations: &'a [Quotation],
    attributions: &'a [Attribution],
    speakers: &'a [Option<Speaker>],
}

/// What is known of a quotation's speaker.
#[derive(Clone, Copy)]
struct Known {
    cue: Option<Span<Token>>,
    speaker: Option<Speaker>,
    confidence: f64,
}

impl Quoted<'_, '_> {
    fn utterances(&self) -> Vec<Utterance> {
        let owners = self.owners();
        let mut out = Vec::with_capacity(self.quotations.len());
        let mut before: Option<(usize, Known)> = None;
        for (number, quotation) in self.quotations.iter().enumerate() {
            let tokens = self.reading.document.tokens(quotation.content);
            let own = owners[number].map(|a| Known {
                cue: Some(self.attributions[a].cue),
                speaker: self.speakers[a],
                confidence: if quotation.form == QuoteForm::Full { 0.95 } else { 0.9 },
            });
            let known =
                own.or_else(|| self.named_inside(tokens)).or_else(|| before.and_then(|(last, known)| self.goes_on(last, number, known)));
            let form = self.form(number, tokens, known.is_some());
            if let Some(known) = known.filter(|_| form != Form::Scare) {
                before = Some((number, known));
            }
            let bytes = |speaker| in_bytes(self.reading, speaker);
            out.push(Utterance {
                span: quotation.span,
                content: quotation.content,
                form,
                closed: quotation.closed,
                cue: known.and_then(|k| k.cue).filter(|c| !c.is_empty()).and_then(|c| self.reading.bytes(c)),
                speaker: known.and_then(|k| k.speaker).map(bytes),
                confidence: match form {
                    Form::Scare => 0.5,
                    _ => known.map_or(if form == Form::Full { 0.85 } else { 0.65 }, |k| k.confidence),
                },
            });
        }
        out
    }

    /// For each quotation the attribution whose content holds it, the narrowest.
    fn owners(&self) -> Vec<Option<usize>> {
        let mut owners: Vec<Option<(usize, usize)>> = vec![None; self.quotations.len()];
        for (number, attribution) in self.attributions.iter().enumerate() {
            for content in &attribution.contents {
                let mut last = None;
                for quotation in content.range().filter_map(|i| self.reading.quotation(i)) {
                    if last == Some(quotation) {
                        continue;
                    }
                    last = Some(quotation);
                    if owners[quotation].is_none_or(|(width, _)| content.len() < width) {
                        owners[quotation] = Some((content.len(), number));
                    }
                }
            }
        }
        owners.into_iter().map(|owner| owner.map(|(_, number)| number)).collect()
    }

    /// A transcript: `ROE: …` inside the marks.
    fn named_inside(&self, tokens: Span<Token>) -> Option<Known> {
        let colon = (tokens.start() + 1..tokens.end().min(tokens.start() + 4)).find(|&i| self.reading.gap(i).any(Gap::COLON))?;
        let name = Span::new(tokens.start(), colon);
        let capitals = name.range().all(|i| self.reading.word(i).shape.has(Shape::ALL_CAPITAL));
        let speaker = Speaker { mention: name, name: Some(name), basis: Basis::Adjacent };
        capitals.then_some(Known { cue: None, speaker: Some(speaker), confidence: 0.9 })
    }

    /// Whether a full quotation goes on with the speaker of the one before: in its paragraph, or filling the next one.
    fn goes_on(&self, last: usize, number: usize, known: Known) -> Option<Known> {
        let (before, here) = (&self.quotations[last], &self.quotations[number]);
        let document = self.reading.document;
        let (a, b) = (document.tokens(before.content), document.tokens(here.content));
        let (from, to) = (document.paragraph_of(a.start()), document.paragraph_of(b.start()));
        let paragraph = document.paragraphs()[to];
        let fills = b.start() == paragraph.tokens.start() && b.end() == paragraph.tokens.end();
        let speaker = known.speaker.map(|s| Speaker { basis: Basis::Previous, ..s });
        if from == to && here.form == QuoteForm::Full {
            return Some(Known { cue: None, speaker, confidence: 0.9 });
        }
        let opens = b.start() == paragraph.tokens.start();
        if to == from + 1 && opens && (fills || !before.closed) && before.form == QuoteForm::Full {
            return Some(Known { cue: None, speaker, confidence: if before.closed { 0.5 } else { 0.9 } });
        }
        None
    }

    /// A fragment is taken for a true part of what somebody said, as most are (docs/method.md), unless `so-called` stands
    /// before it, or neither its sentence nor its neighbours name anyone who speaks and it is a word or two.
    fn form(&self, number: usize, tokens: Span<Token>, attributed: bool) -> Form {
        let reading = self.reading;
        if self.quotations[number].form == QuoteForm::Full {
            return Form::Full;
        }
        let first = tokens.start();
        let sentence = document_start(reading, first);
        let named =
            (sentence.max(first.saturating_sub(8))..first).rev().take_while(|&i| !reading.gap(i + 1).any(Gap::CLAUSE)).collect::<Vec<_>>();
        let what = named.iter().position(|&i| reading.traits(i).has(Traits::WHAT));
        if what.is_some_and(|w| named[..w].iter().any(|&i| reading.traits(i).any(Traits::NAMING))) {
            return Form::Scare;
        }
        let called = first >= 2 && reading.traits(first - 1).any(Traits::CALLED) && reading.inner_traits(first - 2).any(Traits::SO);
        // A whole remark, however short, is somebody's.
        let whole = self.quotations[number].content.of(reading.text).ends_with(['.', '!', '?']);
        if called || !attributed && !whole && tokens.len() <= SCARE_WORDS && !self.speech_in_sentence(first) {
            return Form::Scare;
        }
        Form::Fragment
    }

    fn speech_in_sentence(&self, at: usize) -> bool {
        let document = self.reading.document;
        let sentence = document.sentences()[document.sentence_of(at)];
        let from = self.attributions.partition_point(|a| a.cue.end() < sentence.start());
        self.attributions[from..].iter().take_while(|a| a.cue.start() < sentence.end()).next().is_some()
    }
}

/// The first word of the sentence that holds a word.
fn document_start(reading: &Reading<'_>, at: usize) -> usize {
    let document = reading.document;
    document.sentences()[document.sentence_of(at)].start()
}

/// Most words of a scare quotation that nothing else tells.
const SCARE_WORDS: usize = 3;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Voices, voices};
    use crate::corpus::document::Document;
    use crate::corpus::vocabulary::Vocabulary;
    use crate::text::language::Language;
    use crate::text::span::Span;
    use crate::voice::lexis::{Lexis, VoiceWords};
    use crate::voice::mask::Voice;
    use crate::voice::quote::quotations;

    fn read(text: &str) -> Voices {
        let mut vocabulary = Vocabulary::default();
        let document = Document::new(text, &[Span::new(0, text.len())], Language::english(), &mut vocabulary);
        let lexis = Lexis::new(VoiceWords::english(), &vocabulary);
        voices(&document, text, &quotations(&document, text, Language::english()), &lexis)
    }

    /// Form, speaker, basis and text of each utterance.
    fn found(text: &str) -> Vec<String> {
        let shown = |u: &super::Utterance| {
            let (name, basis) = u.speaker.map_or(("", ""), |s| (s.name.map_or("", |n| n.of(text)), s.basis.as_str()));
            format!("{} {name} ({basis}): {}", u.form.as_str(), u.content.of(text))
        };
        read(text).utterances.iter().map(shown).collect()
    }

    #[test]
    fn speakers_of_quotations() {
        for (text, expected) in [
            (
                "Ada Lind came to the port.\n\n“We will rebuild it,” Lind said on Tuesday. “It takes at least a year.”",
                &["full Ada Lind (last_name): We will rebuild it,", "full Ada Lind (previous): It takes at least a year."][..],
            ),
            (
                "Mr. John Roe said the steel was brittle. “It broke at once,” he said. She left.",
                &["indirect Mr. John Roe (adjacent): the steel was brittle", "full John Roe (pronoun): It broke at once,"],
            ),
            // Nobody before: the pronoun stays open.
            ("The port lay empty. “It broke at once,” he said.", &["full  (pronoun): It broke at once,"]),
            (
                "The minister of trade, John Roe, said the port was closed. “It was not safe,” the minister said.",
                &["indirect John Roe (adjacent): the port was closed", "full John Roe (role): It was not safe,"],
            ),
            ("Two boats lay in the “red line” harbour.", &["scare  (): red line"]),
            ("The so-called “safe zone” of many miles was shelled.", &["scare  (): safe zone"]),
            (
                "Critics said the “safe zone” was shelled.",
                &["indirect Critics (adjacent): the “safe zone” was shelled", "fragment Critics (adjacent): safe zone"],
            ),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn a_mask_of_three_voices() {
        let text = "The mayor said the plan was “a gift [to him] indeed” and a risk.";
        let mask = read(text).mask;
        let at = |word: &str| mask.at(Span::new(text.find(word).unwrap(), text.find(word).unwrap() + 1));
        assert_eq!(
            [at("mayor"), at("said"), at("plan"), at("gift"), at("him"), at("indeed"), at("risk")],
            [Voice::Narrator, Voice::Narrator, Voice::Indirect, Voice::Direct, Voice::Narrator, Voice::Direct, Voice::Indirect]
        );
    }

    proptest! {
        // Making a mask fails where stretches overlap.
        #[test]
        fn masks_never_overlap(words in prop::collection::vec(prop::sample::select(vec![
            "Roe", "said", "that", "the", "plan", ",", "“", "”", "failed", "according", "to", "told", "them", ".", "and", "called", "it",
            "a", "lie", "who", "claims", "he", "“no”", "[", "]", "\n\n", "so-called", "was", "rejected", ":", "(", ")", "-", "wants", "his", "view",
        ]), 0..60)) {
            let text = words.join(" ");
            let found = read(&text);
            for utterance in &found.utterances {
                prop_assert!(utterance.span.contains(utterance.content));
            }
        }
    }
}
