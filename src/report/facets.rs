//! What the switches of the page choose by: outlet, voice and category of an item.

use std::collections::BTreeSet;
use std::fmt;

use crate::id::OutletId;
use crate::voice::mask::Voice;

/// The facets of an item. Shown as attributes of its element, from which the script hides what was not chosen; an item
/// without a facet of some kind is never hidden by that switch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Facets {
    outlets: BTreeSet<usize>,
    voices: BTreeSet<&'static str>,
    categories: BTreeSet<String>,
}

impl Facets {
    pub(super) fn outlet(&mut self, outlet: OutletId) {
        self.outlets.insert(outlet.index());
    }

    pub(super) fn voice(&mut self, voice: Voice) {
        self.voices.insert(voice.as_str());
    }

    /// A voice as tables write it.
    pub(super) fn voice_code(&mut self, code: &str) {
        self.voices.extend(Voice::ALL.into_iter().map(Voice::as_str).filter(|known| *known == code));
    }

    /// A category of the lexicon, by its id.
    pub(super) fn category(&mut self, category: &str) {
        self.categories.insert(category.to_owned());
    }
}

/// The id of a category as it stands in attributes. Ids come from lists that people write: what is no letter, digit, `_` or `-`
/// becomes `_`.
pub(super) fn attribute(id: &str) -> String {
    id.chars().map(|c| if c.is_alphanumeric() || matches!(c, '_' | '-') { c } else { '_' }).collect()
}

impl fmt::Display for Facets {
    /// ` data-outlets="o0 o3" data-voices="narrator" data-categories="label_negative"`, without what is empty.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let outlets = self.outlets.iter().map(|o| format!("o{o}"));
        let categories = self.categories.iter().map(|id| attribute(id));
        let voices = self.voices.iter().map(|&v| v.to_owned());
        let kinds: [(&str, Vec<String>); 3] =
            [("outlets", outlets.collect()), ("voices", voices.collect()), ("categories", categories.collect())];
        for (kind, values) in kinds.iter().filter(|(_, values)| !values.is_empty()) {
            write!(f, " data-{kind}=\"{}\"", values.join(" "))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Facets;
    use crate::id::OutletId;
    use crate::voice::mask::Voice;

    #[test]
    fn facets_are_attributes_without_what_is_empty() {
        let mut facets = Facets::default();
        assert_eq!(facets.to_string(), "");
        facets.outlet(OutletId::new(3));
        facets.outlet(OutletId::new(0));
        facets.voice(Voice::Direct);
        facets.category("a\" onload=\"b");
        assert_eq!(facets.to_string(), " data-outlets=\"o0 o3\" data-voices=\"direct\" data-categories=\"a__onload__b\"");
    }
}
