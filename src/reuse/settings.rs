//! Parameters of text reuse.

/// Every constant of the search for shared passages, with its meaning; see `docs/method.md` section 2.
#[derive(Clone, Debug, PartialEq)]
pub struct ReuseSettings {
    /// Words of an n-gram.
    pub seed_words: usize,
    /// Words that carry meaning which an n-gram must hold.
    pub seed_content_words: usize,
    /// Whether articles with the same text are searched once.
    pub collapse_copies: bool,
    /// Of this many n-grams in a row one is selected.
    pub window: usize,
    /// An n-gram in more texts than this, copies of one text taken together, is too common to point anywhere.
    pub max_texts: usize,
    /// An article that holds an n-gram at more places than this (a refrain, a table) does not point with it.
    pub max_places: usize,
    /// With an n-gram in more articles than this, each is paired with the first ones only.
    pub paired_texts: usize,
    /// With how many of the first.
    pub hubs: usize,
    /// Most days between two articles that share a passage, where both days are known; `None` for any.
    pub window_days: Option<u32>,
    /// Memory for the sorting of n-grams, in bytes; what goes beyond is sorted in temporary files.
    pub memory: usize,
    /// Most words between two seeds of a chain.
    pub chain_gap: usize,
    /// Most words by which two seeds of a chain may be shifted against each other.
    pub chain_drift: usize,
    /// Words on each side of a chain that alignment looks at.
    pub margin: usize,
    /// Scores of alignment.
    pub scores: Scores,
    /// Fewest equal words of a passage.
    pub min_matched: usize,
    /// Fewest equal words that carry meaning.
    pub min_content: usize,
    /// Least share of equal words among aligned columns.
    pub min_identity: f64,
    /// Fewest equal words of a short quotation.
    pub quote_matched: usize,
    /// Fewest equal words that carry meaning in a short quotation.
    pub quote_content: usize,
    /// Least identity of a short quotation.
    pub quote_identity: f64,
    /// Least significance of a passage, in nats: a constant plus the logarithm of the articles that each one is set beside,
    /// so that chance repeats stay as rare for each article in a larger corpus (as expected values do; Karlin, S. & Altschul,
    /// S. F. 1990).
    pub min_significance: f64,
    /// Most that a passage may lose, in tenths, to reach further equal words of its sentences.
    pub extension_loss: i32,
    /// Fewest equal words that it must gain by that.
    pub extension_equal: usize,
    /// A passage is drawn out to the ends of its sentences when no side has more words left than this.
    pub edge_words: usize,
    /// Passages of two articles that follow each other in one paragraph with at most so many words between them on each side
    /// are one.
    pub join_gap: usize,
    /// Two places in an article are one witness when each covers at least this share of the other.
    pub witness_overlap: f64,
    /// A place lies inside a longer one that holds at least this share of it.
    pub nested_overlap: f64,
    /// A cluster is parted when the median of what its witnesses share with the base is less than this.
    pub coherence: f64,
}

/// Scores of alignment, in tenths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scores {
    /// Equal words that carry meaning.
    pub content: i32,
    /// Equal words that carry little.
    pub stop: i32,
    /// Different words of one stem.
    pub stem: i32,
    /// Different words.
    pub mismatch: i32,
    /// First word of a gap.
    pub gap_open: i32,
    /// Each further word of a gap.
    pub gap_extend: i32,
    /// An alignment is cut where it falls this far below its best.
    pub x_drop: i32,
}

impl ReuseSettings {
    /// Longer n-grams and stricter acceptance the more articles there are: chance repeats grow with their number.
    #[must_use]
    pub fn for_articles(articles: usize) -> Self {
        let large = articles > 5_000;
        Self {
            seed_words: match articles {
                0..=200 => 5,
                201..=5_000 => 6,
                _ => 8,
            },
            seed_content_words: 2,
            collapse_copies: true,
            window: if articles > 1_000_000 { 4 } else { 1 },
            max_texts: 100,
            max_places: 8,
            paired_texts: if large { 6 } else { 16 },
            hubs: if large { 3 } else { 4 },
            window_days: None,
            memory: 1 << 30,
            chain_gap: 20,
            chain_drift: 20,
            margin: 40,
            scores: Scores { content: 20, stop: 6, stem: 12, mismatch: -12, gap_open: -20, gap_extend: -5, x_drop: 80 },
            min_matched: if large { 12 } else { 6 },
            min_content: if large { 5 } else { 3 },
            min_identity: 0.5,
            quote_matched: 5,
            quote_content: 2,
            quote_identity: 0.95,
            min_significance: 6.4 + (articles.max(5) as f64).ln(),
            extension_loss: 40,
            extension_equal: 2,
            edge_words: 6,
            join_gap: 12,
            witness_overlap: 0.5,
            nested_overlap: 0.8,
            coherence: 0.3,
        }
    }
}
