//! What a run writes besides tables, charts and report: forms for other programs, and what explains them.

use serde_json::json;

use retold::analysis::findings::Findings;
use retold::codes;
use retold::corpus::mask::Masked;
use retold::error::Result;
use retold::interchange::datapackage::datapackage;
use retold::interchange::graph::Graph;
use retold::interchange::readme::{Folder, readme};
use retold::interchange::report_json::{self, Frame, UNASKED_ARTICLES};
use retold::interchange::schema::schema;
use retold::interchange::workbook::workbook;
use retold::interchange::{gexf, json_lines};
use retold::read::notice::Notice;
use retold::tables::row::TableOptions;
use retold::tables::{Table, When, passim};

use super::args::{Compare, Form, Text};
use super::emit::emit;
use super::folder::OutputFolder;
use super::manifest::{self, Manifest};
use super::parquet;
use super::terminal::Outcome;

/// The file that tells which outlet each number stands for.
const PRIVATE: &str = "run.private.json";

impl Compare {
    /// Whether a table is asked for.
    pub(crate) fn wants(&self, table: &Table) -> bool {
        match table.when {
            When::Always => true,
            When::WithPairs => self.pairs,
            When::WithTexts => self.text == Text::Full,
        }
    }
}

/// What the outputs are made from.
pub(crate) struct Outputs<'r, 'c> {
    pub(crate) findings: &'r Findings<'c>,
    /// The tables written.
    pub(crate) tables: &'r [&'r Table],
    pub(crate) options: TableOptions,
    pub(crate) args: &'r Compare,
}

impl Outputs<'_, '_> {
    /// Writes them, what explains the folder last.
    pub(crate) fn write(&self, manifest: &Manifest<'_>, warnings: &[[String; 3]], folder: &mut OutputFolder<'_>) -> Result<()> {
        let Self { findings, tables, options, args } = *self;
        if args.format.contains(&Form::Passim) {
            folder.write("passim.jsonl", |file| passim::write(findings, file))?;
        }
        if args.format.contains(&Form::Jsonl) {
            folder.write("findings.jsonl", |file| json_lines::write(findings, &self.asked_for(), options, file))?;
        }
        if args.format.contains(&Form::Parquet) {
            parquet::write(self, folder)?;
        }
        let unasked = !tables.is_empty() && findings.corpus.articles().len() <= UNASKED_ARTICLES;
        if unasked || args.format.contains(&Form::Json) {
            let frame = Frame { version: env!("CARGO_PKG_VERSION"), run: &manifest.run(), warnings };
            folder.write("report.json", |file| report_json::write(findings, &self.asked_for(), options, &frame, file))?;
        }
        if !tables.is_empty() {
            self.write_with_tables(folder)?;
        }
        if let Some(masked) = findings.corpus.masked() {
            folder.write_private(PRIVATE, |file| {
                serde_json::to_writer_pretty(&mut *file, &private(masked, manifest))?;
                file.write_all(b"\n")
            })?;
        }
        let mut files: Vec<String> = folder.written().iter().map(|(name, _)| name.clone()).collect();
        files.push(manifest::NAME.to_owned());
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        let masked = findings.corpus.masked().is_some();
        let about = Folder { files: &files, tables, excel: options.excel, text: findings.settings.text, masked };
        folder.write("README.txt", |file| file.write_all(readme(&about).as_bytes()))
    }

    /// The tables as asked for, whether or not they are written as CSV.
    pub(crate) fn asked_for(&self) -> Vec<&'static Table> {
        retold::tables::TABLES.iter().filter(|table| self.args.wants(table)).collect()
    }

    fn write_with_tables(&self, folder: &mut OutputFolder<'_>) -> Result<()> {
        let Self { findings, tables, options, args } = *self;
        let graph = Graph::new(findings);
        folder.write("graph/nodes.csv", |file| graph.write_nodes(options, file))?;
        folder.write("graph/edges.csv", |file| graph.write_edges(options, file))?;
        folder.write("graph/graph.gexf", |file| gexf::write(&graph, file))?;
        if args.excel {
            folder.write("tables.xlsx", |file| file.write_all(&workbook(findings, tables, options)?))?;
        }
        folder.write("datapackage.json", |file| {
            serde_json::to_writer_pretty(&mut *file, &datapackage(tables, options, &args.title))?;
            file.write_all(b"\n")
        })
    }
}

/// What was odd, as `report.json` has it. A message may name files, which tell who published: with numbers for names only what its
/// code means is told.
pub(crate) fn warnings(notices: Vec<Notice>, masked: bool) -> Vec<[String; 3]> {
    let mut all: Vec<[String; 3]> = notices
        .into_iter()
        .map(|notice| match codes::find(notice.code).filter(|_| masked) {
            Some(code) => [code.code, code.what, code.mend].map(str::to_owned),
            None => [notice.code.to_owned(), notice.message, notice.mend],
        })
        .collect();
    all.dedup();
    all
}

/// What the numbers stand for.
fn private(masked: &Masked, manifest: &Manifest<'_>) -> serde_json::Value {
    let articles = masked.articles.iter().map(|(key, article)| {
        json!({
            "article_id": key.to_string(), "outlet": article.outlet, "path": &*article.path, "source_id": article.source_id,
            "title": article.title, "byline": article.byline, "url": article.url,
        })
    });
    json!({
        "about": "Which outlet each number stands for. Take this file out before the folder is passed on.",
        "command": manifest.command,
        "inputs": manifest.inputs.iter().map(|(name, sha256)| json!({ "name": name, "sha256": sha256 })).collect::<Vec<_>>(),
        "outlets": masked.outlets,
        "articles": articles.collect::<Vec<_>>(),
    })
}

/// `retold schema`.
pub(crate) fn print_schema() -> Result<Outcome> {
    emit(None, &format!("{:#}\n", schema()))?;
    Ok(Outcome::Done)
}
