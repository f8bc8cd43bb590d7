//! One to four articles to charts and the page.

use retold::analysis::analyze;
use retold::analysis::settings::Settings;
use retold::charts::CHARTS;
use retold::report::{ReportOptions, render};

use super::{page, pictures, tables};

/// Articles to a page.
pub(super) fn check(bytes: &[u8]) {
    let (corpus, text) = tables::corpus(bytes);
    if corpus.articles().is_empty() {
        return;
    }
    let settings = Settings { text, ..Settings::for_corpus(&corpus) };
    let findings = analyze(&corpus, tables::list(), &settings, |_| ());
    let mut drawn = Vec::new();
    for chart in CHARTS {
        let svg = (chart.draw)(&findings).unwrap_or_else(|e| panic!("{}: {e}", chart.name));
        pictures::check(chart.name, &svg);
        drawn.push((chart, svg));
    }
    let title = corpus.articles().first().map_or("", |article| article.title.as_str());
    let mut out = Vec::new();
    render(&findings, &drawn, &ReportOptions { title, tool: "retold" }, &mut out).expect("memory");
    page::check(std::str::from_utf8(&out).expect("UTF-8"));
}
