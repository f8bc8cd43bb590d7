//! The table of choices: which wording an outlet has where others have another.

use crate::analysis::findings::Findings;
use crate::measure::preference::{ENOUGH_CHANCES, Preference, WordingChoice};

use super::cell::Code;
use super::row::row;

row! {
    /// A wording that an outlet chose, or did not, in slots where listed wording (strength from 2) stands outside quotation
    /// marks and outlets differ. Each slot is one place in one passage: event and sentence are held constant.
    pub struct PreferenceRow<'f> {
        /// The listed wording that stands in the slot, of this outlet or another: an entry of the lexicon.
        concept: &'f str,
        /// What was chosen: the term of an entry, or other words, folded; empty for nothing in the slot.
        form: String,
        /// The entry, where form is one.
        lexicon_id: Option<&'f str>,
        /// The outlet.
        outlet: &'f str,
        /// Slots in which it chose that form; a text counts once in a slot.
        chosen: u64,
        /// Slots with that concept in which it has a reading of up to five words, empty ones counted and other spellings of the listed wording not.
        chances: u64,
        /// chosen / chances.
        share: f64,
        /// Lower end of the 95 % interval of share (Wilson 1927).
        ci_low: Option<f64>,
        /// Upper end.
        ci_high: Option<f64>,
        /// description: slots of one article hang together, so the interval says nothing of other articles.
        ci_use: Code,
        /// TRUE from 5 chances: below, do not compare.
        enough_data: bool,
    }
}

/// Rows in order of concept, form and outlet; the concept itself always, other forms where they were chosen.
pub fn rows<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = PreferenceRow<'f>> {
    findings.preferences.iter().map(move |preference| row_of(findings, preference))
}

fn row_of<'f>(findings: &'f Findings<'_>, preference: &Preference) -> PreferenceRow<'f> {
    let entry = |id| findings.lexicon.entry(id);
    let vocabulary = findings.corpus.vocabulary();
    let (form, lexicon_id) = match &preference.form {
        WordingChoice::Listed(id) => (entry(*id).shown().to_owned(), Some(entry(*id).id.as_str())),
        WordingChoice::Words(ids) => (ids.iter().map(|&id| vocabulary.word(id)).collect::<Vec<_>>().join(" "), None),
    };
    let interval = preference.interval();
    PreferenceRow {
        concept: &entry(preference.concept).id,
        form,
        lexicon_id,
        outlet: &findings.corpus.outlet(preference.outlet).name,
        chosen: preference.chosen,
        chances: preference.chances,
        share: preference.share(),
        ci_low: interval.map(|i| i.low),
        ci_high: interval.map(|i| i.high),
        ci_use: Code(Preference::INTERVAL_USE.as_str()),
        enough_data: preference.chances >= ENOUGH_CHANCES,
    }
}
