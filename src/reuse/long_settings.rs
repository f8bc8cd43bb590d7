//! Parameters of the search in long texts: essays, chapters, web pages.

/// Every constant of the search for retold passages in long texts.
#[derive(Clone, Debug, PartialEq)]
pub struct LongSettings {
    /// Words of a stretch that points to other documents with its rare stems.
    pub stretch: usize,
    /// How many of its rarest stems a stretch points with in pairs.
    pub rarest: usize,
    /// A stem, or pair of stems, in more documents than this points nowhere.
    pub max_articles: usize,
    /// Most words between shared stems that count as standing in one place.
    pub anchor_window: usize,
    /// Least information of what two documents share in one place for them to be compared, in nats.
    pub min_anchor: f64,
    /// A unit of fewer words is joined to the next.
    pub unit_min: usize,
    /// Most words of a joined unit.
    pub unit_max: usize,
    /// Least cosine of two units that may be one retold.
    pub min_cosine: f64,
    /// Most words between two such pairs of units that belong to one passage.
    pub seed_gap: usize,
    /// Share of a passage's words that its counterpart is expected to hold, before the passage itself tells.
    pub coverage: f64,
    /// Least such share.
    pub min_coverage: f64,
    /// Greatest such share; below 1, as no retelling is sure to keep every word.
    pub max_coverage: f64,
    /// Share of a stem's frequency in the two documents themselves that counts as chance, where that is more than in the
    /// collection: words of a common topic are no evidence, but a passage retold must not speak against itself.
    pub own_frequency: f64,
    /// A passage is followed until it falls this far below its best, in nats.
    pub x_drop: f64,
    /// Two passages no more words apart than this on both sides are one.
    pub join_gap: usize,
    /// A passage with more than this share of either side inside a stronger passage is explained by that one.
    pub explained: f64,
    /// Least score of a passage, in nats.
    pub min_score: f64,
    /// Fewest words of its longer side.
    pub min_longer: usize,
    /// Fewest words of its shorter side.
    pub min_shorter: usize,
    /// Least score of a piece of a condensation, in nats.
    pub min_piece: f64,
    /// How many times as long as its condensation a condensed text is at least.
    pub condensed_ratio: f64,
    /// Share that a condensation must exceed: of its words lying in pieces, of the condensed document lying between its
    /// first and last piece, and of the evidence that the two documents share.
    pub condensed_share: f64,
}

impl Default for LongSettings {
    fn default() -> Self {
        Self {
            stretch: 40,
            rarest: 8,
            max_articles: 50,
            anchor_window: 100,
            min_anchor: 12.0,
            unit_min: 6,
            unit_max: 30,
            min_cosine: 0.2,
            seed_gap: 40,
            coverage: 0.6,
            min_coverage: 0.5,
            max_coverage: 0.95,
            own_frequency: 0.5,
            x_drop: 10.0,
            join_gap: 30,
            explained: 0.5,
            min_score: 20.0,
            min_longer: 40,
            min_shorter: 20,
            min_piece: 10.0,
            condensed_ratio: 3.0,
            condensed_share: 0.5,
        }
    }
}
