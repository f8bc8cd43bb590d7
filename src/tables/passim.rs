//! Shared passages under the field names of passim's clusters, for those who have programs that read them.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use crate::analysis::findings::Findings;
use crate::analysis::settings::TextShown;

/// A witness as passim writes it, one JSON object a line.
#[derive(Debug, Serialize)]
struct Line<'f> {
    /// Number of the cluster, from 0, largest first.
    cluster: usize,
    /// Its witnesses.
    size: usize,
    /// A number for the article, the same while outlet and text are.
    uid: i64,
    id: &'f str,
    series: &'f str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "str::is_empty")]
    title: &'f str,
    /// First code point in the text as read, from 0.
    begin: usize,
    /// Code point after the last.
    end: usize,
    /// As printed; empty where no article text is to be shown.
    text: Cow<'f, str>,
    /// Retold's own key of the passage, to join with its tables.
    passage_id: String,
}

/// Writes every witness of every passage, largest passages first, as JSON lines.
///
/// # Errors
/// What the writer says.
pub fn write(findings: &Findings<'_>, out: &mut dyn Write) -> io::Result<()> {
    let corpus = findings.corpus;
    let mut order: Vec<(usize, usize)> = findings.clusters.iter().enumerate().map(|(i, c)| (c.all().count(), i)).collect();
    order.sort_by_key(|&(size, i)| (std::cmp::Reverse(size), i));
    for (cluster, (size, i)) in order.into_iter().enumerate() {
        let found = &findings.clusters[i];
        for witness in found.all() {
            let article = corpus.article(witness.locus.article);
            let place = findings.place(witness.locus);
            let line = Line {
                cluster,
                size,
                uid: i64::from_le_bytes(article.key.bytes()),
                id: &article.source_id,
                series: &corpus.outlet(witness.outlet).name,
                date: article.published_at.map(|date| date.to_string()),
                title: findings.title(witness.locus.article),
                begin: place.start,
                end: place.end,
                text: if findings.settings.text == TextShown::None { Cow::Borrowed("") } else { corpus.text(witness.locus) },
                passage_id: found.key.to_string(),
            };
            serde_json::to_writer(&mut *out, &line)?;
            out.write_all(b"\n")?;
        }
    }
    Ok(())
}
