//! Every constant of the search for stories.

/// How articles are grouped by event. Figures behind the values stand in `docs/method.md`.
#[derive(Clone, Debug, PartialEq)]
pub struct StorySettings {
    /// How many times a word of the headline counts.
    pub title_weight: f64,
    /// How many times a word of the first `lead_words` counts: news tells the event first.
    pub lead_weight: f64,
    /// Words of a text that are its beginning.
    pub lead_words: usize,
    /// Most terms of an article, the heaviest.
    pub terms: usize,
    /// Articles added to those at hand when it is asked how rare a term is.
    pub prior_articles: f64,
    /// The same for a language whose small words are not known here: there only the articles themselves tell what is common.
    pub prior_articles_unlisted: f64,
    /// Up to as many articles, a word that one article alone has weighs like any other; with more it weighs less, down to half,
    /// as it is ever more likely a slip of the pen or of the scanner.
    pub small_collection: f64,
    /// Added to the squared weight of every article: short texts must share more to be alike.
    pub prior_length: f64,
    /// Fewest terms that two articles share.
    pub min_shared: usize,
    /// Least mean cosine of the pairs of articles that two groups have between them.
    pub min_likeness: f64,
    /// Days between the mean days of two groups that halve what decays of their likeness.
    pub half_life_days: f64,
    /// Share of the likeness that no distance in time takes away: dates on web pages are often those of a later change.
    pub undecayed: f64,
    /// Least cosine of the sums of two groups, of which one has at least two articles, in the second round.
    pub min_common: f64,
    /// Days between the mean days of two groups that halve their likeness in the second round.
    pub common_half_life_days: f64,
    /// What is left of the likeness in the second round where a date is unknown.
    pub undated: f64,
    /// Terms by which an article is looked for, the heaviest.
    pub looked_up: usize,
    /// Articles nearest in time that are looked at for one such term.
    pub looked_at: usize,
    /// Most neighbours of an article or group.
    pub neighbours: usize,
    /// Most terms of a group, the heaviest.
    pub group_terms: usize,
}

/// Above this many articles few people have gathered them by theme, and likeness by chance abounds.
const LARGE: usize = 5_000;

impl StorySettings {
    /// Stricter for a large collection, and with less to look at for each article.
    #[must_use]
    pub fn for_articles(articles: usize) -> Self {
        let large = articles > LARGE;
        let chosen = |small: usize, of_many: usize| if large { of_many } else { small };
        Self {
            title_weight: 3.0,
            lead_weight: 2.0,
            lead_words: 80,
            terms: chosen(120, 64),
            prior_articles: 100.0,
            prior_articles_unlisted: 10.0,
            small_collection: 20.0,
            prior_length: 100.0,
            min_shared: 3,
            min_likeness: if large { 0.15 } else { 0.13 },
            half_life_days: if large { 5.0 } else { 10.0 },
            undecayed: if large { 0.0 } else { 0.7 },
            min_common: if large { 0.26 } else { 0.22 },
            common_half_life_days: 4.0,
            undated: 0.6,
            looked_up: chosen(24, 10),
            looked_at: chosen(64, 32),
            neighbours: chosen(48, 8),
            group_terms: chosen(512, 128),
        }
    }
}
