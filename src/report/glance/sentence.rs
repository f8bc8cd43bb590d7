//! A sentence with its evidence.

use crate::id::OutletId;

/// What is said, and where it can be checked.
#[derive(Clone, Debug, Default)]
pub(super) struct Sentence {
    pub(super) text: String,
    /// Words of a link and its anchor.
    pub(super) evidence: Vec<(&'static str, String)>,
    /// The outlets that it names, pair by pair, in order.
    pub(super) names: Vec<[OutletId; 2]>,
}

impl Sentence {
    pub(super) fn new(text: String, link: &'static str, anchor: &str) -> Self {
        Self { text, evidence: vec![(link, anchor.to_owned())], names: Vec::new() }
    }

    pub(super) fn add(&mut self, text: &str) {
        self.text.push(' ');
        self.text.push_str(text);
    }

    pub(super) fn link(&mut self, link: &'static str, anchor: &str) {
        if !self.evidence.iter().any(|(_, known)| known == anchor) {
            self.evidence.push((link, anchor.to_owned()));
        }
    }

    pub(super) fn named(&mut self, outlets: [OutletId; 2]) {
        self.names.push(outlets);
    }
}
