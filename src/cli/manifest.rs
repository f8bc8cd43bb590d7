//! `run.json`: what ran, on what, with what result. The one output that may name the command as typed.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;

use serde_json::{Value, json};

use retold::analysis::settings::Settings;

/// Its name in the output folder.
pub(crate) const NAME: &str = "run.json";

/// What goes into it besides the files written.
pub(crate) struct Manifest<'r> {
    /// What was typed, with the flags of a `retold.toml`.
    pub(crate) command: &'r [String],
    pub(crate) lexicon: &'r str,
    pub(crate) lexicon_sha256: &'r str,
    pub(crate) settings: &'r Settings,
    pub(crate) inputs: &'r [(String, String)],
    pub(crate) outputs: &'r [(String, String)],
    pub(crate) masked: bool,
}

impl Manifest<'_> {
    /// What decides the result besides the articles: the list, and what is set.
    pub(crate) fn run(&self) -> Value {
        let (reuse, rates) = (&self.settings.reuse, &self.settings.rates);
        let stories = &self.settings.stories;
        let scores = reuse.scores;
        json!({
            "lexicon": { "name": self.lexicon, "sha256": self.lexicon_sha256 },
            "settings": {
                "reuse": {
                    "seed_words": reuse.seed_words, "seed_content_words": reuse.seed_content_words, "window": reuse.window, "max_texts": reuse.max_texts, "paired_texts": reuse.paired_texts, "hubs": reuse.hubs, "window_days": reuse.window_days, "max_places": reuse.max_places,
                    "chain_gap": reuse.chain_gap, "chain_drift": reuse.chain_drift, "margin": reuse.margin,
                    "points_in_tenths": { "content": scores.content, "stop": scores.stop, "stem": scores.stem, "mismatch": scores.mismatch,
                        "gap_open": scores.gap_open, "gap_extend": scores.gap_extend, "x_drop": scores.x_drop },
                    "min_matched": reuse.min_matched, "min_content": reuse.min_content, "min_identity": reuse.min_identity,
                    "quote_matched": reuse.quote_matched, "quote_content": reuse.quote_content, "quote_identity": reuse.quote_identity,
                    "min_significance": reuse.min_significance,
                    "extension_loss_in_tenths": reuse.extension_loss, "extension_equal": reuse.extension_equal, "edge_words": reuse.edge_words, "join_gap": reuse.join_gap, "witness_overlap": reuse.witness_overlap, "nested_overlap": reuse.nested_overlap, "coherence": reuse.coherence,
                },
                "paraphrase": self.settings.paraphrase.as_ref().map(|s| json!({
                    "story_articles": s.story_articles, "story_similarity": s.story_similarity, "min_terms": s.min_terms,
                    "prior_length": s.prior_length, "number_weight": s.number_weight, "min_similarity": s.min_similarity,
                    "min_evidence": s.min_evidence, "min_shared": s.min_shared, "rival": s.rival, "copied": s.copied,
                    "quote_similarity": s.quote_similarity,
                })),
                "keyness": self.settings.keyness.as_ref().map(|s| json!({
                    "outlet_articles": s.outlets.articles, "paired_outlets": s.outlets.paired,
                    "word_articles": s.words.word_articles, "expected": s.words.expected, "discovery": s.words.discovery,
                    "deals": s.words.permutation.most, "exceedances": s.words.permutation.exceedances,
                    "counted_deals": s.words.permutation.exact, "settled": s.words.permutation.settled,
                })),
                "stories": {
                    "title_weight": stories.title_weight, "lead_weight": stories.lead_weight, "lead_words": stories.lead_words, "terms": stories.terms,
                    "prior_articles": stories.prior_articles, "prior_articles_unlisted": stories.prior_articles_unlisted, "small_collection": stories.small_collection,
                    "prior_length": stories.prior_length, "min_shared": stories.min_shared, "min_likeness": stories.min_likeness,
                    "half_life_days": stories.half_life_days, "undecayed": stories.undecayed, "min_common": stories.min_common,
                    "common_half_life_days": stories.common_half_life_days, "undated": stories.undated, "looked_up": stories.looked_up,
                    "looked_at": stories.looked_at, "neighbours": stories.neighbours, "group_terms": stories.group_terms,
                },
                "rates": { "min_strength": rates.min_strength, "bootstrap_articles": rates.bootstrap_articles,
                    "enough_articles": rates.enough_articles, "enough_expected": rates.enough_expected },
                "entities": { "most": self.settings.entities.most, "mentions": self.settings.entities.mentions,
                    "outlets": self.settings.entities.outlets, "given": self.settings.named.len() },
                "seed": rates.seed,
                "text": self.settings.text.as_str(),
            },
        })
    }

    /// Writes the file.
    pub(crate) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let files =
            |list: &[(String, String)]| -> Value { list.iter().map(|(name, sha256)| json!({ "name": name, "sha256": sha256 })).collect() };
        let run = self.run();
        // The command names files, and files tell who published.
        let numbered = self.inputs.iter().zip(1..).map(|((_, sha256), n)| (format!("input {n}"), sha256.clone()));
        let (command, inputs) = if self.masked {
            (vec!["retold compare --mask-outlets (the rest in run.private.json)".to_owned()], numbered.collect())
        } else {
            (self.command.to_vec(), self.inputs.to_vec())
        };
        let manifest = json!({
            "schema_version": 1,
            "tool": { "name": "retold", "version": env!("CARGO_PKG_VERSION") },
            "command": command,
            "lexicon": run["lexicon"],
            "settings": run["settings"],
            "inputs": files(&inputs),
            "outputs": files(self.outputs),
        });
        serde_json::to_writer_pretty(&mut *out, &manifest)?;
        out.write_all(b"\n")
    }
}

/// The files that an earlier run says it wrote into this folder; none if it was not Retold's.
pub(crate) fn outputs(folder: &Path) -> BTreeSet<String> {
    let run = std::fs::read_to_string(folder.join(NAME)).ok();
    let run: Option<Value> = run.and_then(|run| serde_json::from_str(&run).ok());
    let listed = run.as_ref().and_then(|run| run.get("outputs")?.as_array());
    listed.into_iter().flatten().filter_map(|file| Some(file.get("name")?.as_str()?.to_owned())).collect()
}
