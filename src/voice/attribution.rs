//! Attributions: who (source) says (cue) what (content), by patterns over the words of a sentence.
//!
//! Terms and scope after Pareti 2016 (PARC) and Newell et al. 2018 (`PolNeAR`): assertions, beliefs, intentions and orders count, in quotation marks or not. The
//! cue and the source are the narrator's words. Time is linear: every look ahead is bounded or ends with its sentence.

use crate::text::span::Span;

use super::cue::{Cue, Stance, cue_at};
use super::finder::Finder;
use super::mention;
use super::pattern::{Attribution, Pattern};
use super::reading::{Gap, Reading};
use super::traits::Traits;

/// The attributions of a document, by sentence.
#[must_use]
pub fn attributions(reading: &Reading<'_>) -> Vec<Attribution> {
    let mut out = Vec::new();
    for (number, paragraph) in reading.document.paragraphs().iter().enumerate() {
        let from = reading.document.sentences().partition_point(|s| s.end() <= paragraph.tokens.start());
        let sentences = reading.document.sentences()[from..].iter().take_while(|s| s.start() < paragraph.tokens.end());
        for sentence in sentences {
            let heading = paragraph.heading || number == 0;
            let mut finder =
                Finder { reading, first: sentence.start(), last: sentence.end(), heading, found: Vec::new(), free: sentence.start() };
            finder.sentence();
            out.append(&mut finder.found);
        }
    }
    // A speaker is never invented: what names nobody is left blank.
    for attribution in &mut out {
        attribution.source = attribution.source.filter(|&source| mention::names_somebody(reading, source));
    }
    out
}

impl Finder<'_, '_> {
    fn sentence(&mut self) {
        if self.heading {
            self.headline();
        }
        let mut at = self.first;
        while at < self.last {
            let traits = self.reading.traits(at);
            let next = if traits.has(Traits::ACCORDING) && self.reading.traits(at + 1).has(Traits::TO) {
                self.according(at)
            } else if let Some(end) = traits.any(Traits::IN.with(Traits::BY)).then(|| self.view(at)).flatten() {
                Some(end)
            } else if let Some(cue) = cue_at(self.reading, at, self.first, self.last, self.heading) {
                self.verb(cue)
            } else if traits.any(Traits::CONTENT_NOUN.with(Traits::INTENT_NOUN)) {
                self.noun(at)
            } else {
                None
            };
            at = next.unwrap_or(at + 1).max(at + 1);
        }
    }

    /// `Roe: Plan failed`.
    fn headline(&mut self) {
        let reading = self.reading;
        let Some(colon) = (self.first + 1..self.last.min(self.first + 8)).find(|&i| reading.gap(i).any(Gap::COLON)) else { return };
        let named = (self.first..colon).all(|i| reading.quotation(i).is_none() && !reading.traits(i).any(Traits::LABEL));
        let verb = (self.first..colon).any(|i| cue_at(reading, i, self.first, colon, false).is_some());
        if named && !verb && reading.capital(self.first) && colon - self.first <= 6 {
            self.push(Span::new(colon, colon), Some(Span::new(self.first, colon)), vec![Span::new(colon, self.last)], Pattern::Colon);
        }
    }

    fn verb(&mut self, cue: Cue) -> Option<usize> {
        match cue.stance {
            Stance::Passive => self.passive(cue),
            Stance::Finite | Stance::Dependent => self.aside(cue).or_else(|| self.right(cue)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::attributions;
    use crate::corpus::document::Document;
    use crate::corpus::vocabulary::Vocabulary;
    use crate::text::language::Language;
    use crate::text::span::{Span, Token};
    use crate::voice::lexis::{Lexis, VoiceWords};
    use crate::voice::quote::quotations;
    use crate::voice::reading::Reading;

    /// Source and content of each attribution, `source: content`; two contents of one cue are parted by `…`.
    fn found(sentence: &str) -> Vec<String> {
        // A first paragraph may be a headline; what is tested is not.
        found_in(&format!("An opening line stands here.\n\n{sentence}"))
    }

    fn found_in(text: &str) -> Vec<String> {
        let mut vocabulary = Vocabulary::default();
        let document = Document::new(text, &[Span::new(0, text.len())], Language::english(), &mut vocabulary);
        let lexis = Lexis::new(VoiceWords::english(), &vocabulary);
        let quotations = quotations(&document, text, Language::english());
        let reading = Reading::new(&document, text, &lexis, &quotations);
        let shown = |tokens: Span<Token>| reading.bytes(tokens).map_or("", |bytes| bytes.of(text)).to_owned();
        let line = |a: &crate::voice::pattern::Attribution| {
            let contents: Vec<String> = a.contents.iter().map(|&c| shown(c)).collect();
            format!("{}: {}", a.source.map_or_else(|| "?".to_owned(), shown), contents.join(" … "))
        };
        attributions(&reading).iter().map(line).collect()
    }

    #[test]
    fn reported_speech_and_where_it_ends() {
        for (text, expected) in [
            ("The minister said that the bridge would reopen.", &["The minister: that the bridge would reopen"][..]),
            ("The bridge would reopen, the minister said.", &["the minister: The bridge would reopen"]),
            ("The bridge would reopen, said Ada Lind, the minister for transport.", &["Ada Lind: The bridge would reopen"]),
            ("Lind said the bridge was safe.", &["Lind: the bridge was safe"]),
            ("According to Ada Lind, the bridge will reopen.", &["Ada Lind: the bridge will reopen"]),
            ("The bridge will reopen, according to the ministry.", &["the ministry: The bridge will reopen"]),
            ("The minister told reporters on Monday that the bridge was safe.", &["The minister: that the bridge was safe"]),
            ("The minister told them the bridge was safe.", &["The minister: the bridge was safe"]),
            ("In Lind’s view, the bridge was safe.", &["Lind’s: the bridge was safe"]),
            ("The bridge, in the view of the ministry, was safe.", &["the ministry: The bridge … was safe"]),
            ("However, the minister said, the bridge was safe.", &["the minister: However … the bridge was safe"]),
            ("The bridge, Lind said, would reopen in May.", &["Lind: The bridge … would reopen in May"]),
            ("The boat sank, officials said, after it hit a rock.", &["officials: The boat sank … after it hit a rock"]),
            ("The tunnel, Roe wrote in a letter, was never safe.", &["Roe: The tunnel … was never safe"]),
            ("As Roe noted, the steel was brittle.", &["Roe: the steel was brittle"]),
            ("Roe, a lawyer for the firm, said the steel was brittle.", &["Roe: the steel was brittle"]),
            ("Police said on Friday the boat had sunk.", &["Police: the boat had sunk"]),
            ("The report found that the steel was brittle.", &["The report: that the steel was brittle"]),
            ("The law states that ferries must carry rafts.", &["The law: that ferries must carry rafts"]),
            ("It was reported that two boats had sunk.", &["?: that two boats had sunk"]),
            ("Reporters asked whether the bridge was safe.", &["Reporters: whether the bridge was safe"]),
            ("Voters believe that the tunnel is a waste.", &["Voters: that the tunnel is a waste"]),
            ("In a statement, the firm said: “We regret the delay.”", &["the firm: We regret the delay"]),
            (
                "The mayor said the plan was “a gift to the harbour” and a risk.",
                &["The mayor: the plan was “a gift to the harbour” and a risk"],
            ),
            ("While the mayor says the road is safe, three cars fell into the river.", &["the mayor: the road is safe"]),
            (
                "The mayor said the road was safe, but the drivers said it was not.",
                &["The mayor: the road was safe", "the drivers: it was not"],
            ),
            (
                "The minister said the bridge would reopen, adding that tolls would not rise.",
                &["The minister: the bridge would reopen", "The minister: that tolls would not rise"],
            ),
            (
                "The mayor said the road was safe and promised to repair the wall.",
                &["The mayor: the road was safe", "The mayor: to repair the wall"],
            ),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn a_noun_phrase_or_infinitive_as_content() {
        for (text, expected) in [
            ("The council rejected the plan as unworkable.", &["The council: the plan as unworkable"][..]),
            ("He rejected as unacceptable the presence of the boats.", &["He: unacceptable the presence of the boats"]),
            ("The firm denied involvement in the sale.", &["The firm: involvement in the sale"]),
            ("Doctors expressed concern about the water.", &["Doctors: concern about the water"]),
            ("The union called for a strike.", &["The union: a strike"]),
            ("The mayor accused the firm of hiding the report.", &["The mayor: the firm of hiding the report"]),
            ("The mayor blamed the drivers for the delay.", &["The mayor: the drivers for the delay"]),
            ("Engineers warned of a collapse.", &["Engineers: a collapse"]),
            ("The king announced a pardon for the rebels.", &["The king: a pardon for the rebels"]),
            ("The firm promised to repair the road.", &["The firm: to repair the road"]),
            ("The mayor urged residents to stay at home.", &["The mayor: residents to stay at home"]),
            ("The mayor called the plan a mistake.", &["The mayor: the plan a mistake"]),
            ("The mayor praised the crews, who had worked all night.", &["The mayor: the crews"]),
            ("The plan was criticized by the union.", &["the union: The plan"]),
            ("There was no proof for the claim that the bridge is unsafe.", &["?: that the bridge is unsafe"]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn a_name_before_a_colon_speaks_in_a_headline() {
        // Only the opening line counts as a headline.
        let headline = |line: &str| {
            let mut lines = found(&format!("It rained.\n\n{line}"));
            lines.extend(found_in(line));
            lines
        };
        assert_eq!(headline("Lind: Bridge Must Reopen"), ["Lind: Bridge Must Reopen"; 2]);
        assert_eq!(headline("Watch: Bridge Falls Into the River"), [""; 0]);
    }

    #[test]
    fn nouns_and_adjectives_are_no_cues() {
        for text in [
            "The plans of the mayor include a road.",
            "The reports were late.",
            "The proposed law passed in June.",
            "Eighteen states joined in May.",
            "The mayor was asked about the road.",
            "It is estimated that two thousand troops remain.",
            "The Guardian Report went on sale.",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
