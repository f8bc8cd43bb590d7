//! Listed wording together with the voice it stands in.

use crate::corpus::document::Document;
use crate::lexicon::entry::VoiceRule;
use crate::lexicon::load::Lexicon;
use crate::lexicon::scan::Hit;
use crate::voice::mask::{Voice, VoiceMask};
use crate::voice::utterance::{Form, Voices};

/// The category of wording by which a narrator doubts what is reported.
const DOUBT: &str = "doubt_marker";

/// How many utterances may stand around a quotation.
const NESTED: usize = 8;

/// A hit with its voice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage {
    /// What was found where.
    pub hit: Hit,
    /// Whose words it is.
    pub voice: Voice,
    /// Whether it doubts reported speech from inside, by a doubt marker or scare quotation marks: the narrator's in another's statement.
    pub distancing: bool,
    /// Position of the utterance it stands in.
    pub utterance: Option<usize>,
    /// Whether it stands in quotation marks that keep it at arm's length.
    pub scare_quoted: bool,
    /// Whether it stands in the headline.
    pub in_headline: bool,
}

/// Joins the hits of one document with its voices. A doubt marker in reported speech without quotation marks is the
/// narrator's: whoever spoke did not say "under the pretext of" of himself. So are scare quotation marks. Entries for the
/// outlet's own words only count nowhere else.
#[must_use]
pub fn usages(hits: &[Hit], document: &Document, lexicon: &Lexicon, voices: &Voices) -> Vec<Usage> {
    let usage = |&hit: &Hit| {
        let place = document.words()[hit.tokens.start()].span();
        let said = voices.mask.at(place);
        let utterance = voices.innermost(place);
        let form = utterance.map(|u| voices.utterances[u].form);
        let reported = || {
            utterance.is_some_and(|u| {
                voices.utterances[..u].iter().rev().take(NESTED).any(|outer| outer.form == Form::Indirect && outer.content.contains(place))
            })
        };
        let distancing = said == Voice::Indirect && lexicon.entry(hit.entry).category == DOUBT || form == Some(Form::Scare) && reported();
        Usage {
            hit,
            voice: if distancing { Voice::Narrator } else { said },
            distancing,
            utterance: utterance.filter(|_| said != Voice::Narrator && !distancing),
            scare_quoted: form == Some(Form::Scare),
            in_headline: document.in_headline(hit.tokens.start()),
        }
    };
    let counts = |usage: &Usage| lexicon.entry(usage.hit.entry).voice == VoiceRule::Any || usage.voice == Voice::Narrator;
    hits.iter().map(usage).filter(counts).collect()
}

/// Words of a document in each voice, in the order of [`Voice::ALL`].
#[must_use]
pub fn words_by_voice(document: &Document, mask: &VoiceMask) -> [u64; 3] {
    let mut counts = [0; 3];
    for word in document.words() {
        counts[mask.at(word.span()) as usize] += 1;
    }
    counts
}
