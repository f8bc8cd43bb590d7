//! Documents that are made from the program are those of this program.

/// With RETOLD_UPDATE set, the file is rewritten instead of checked.
#[test]
fn the_dictionary_of_tables_is_current() {
    let path = "docs/tables.md";
    let made = retold::tables::dictionary();
    if std::env::var_os("RETOLD_UPDATE").is_some() {
        std::fs::write(path, &made).expect("docs can be written");
    }
    let kept = std::fs::read_to_string(path).expect("docs/tables.md is there");
    assert!(kept == made, "docs/tables.md is not current; run the tests with RETOLD_UPDATE=1");
}

#[test]
fn every_chart_has_a_table_of_its_name() {
    for chart in retold::charts::CHARTS {
        assert!(retold::tables::TABLES.iter().any(|table| table.name == chart.name), "{}", chart.name);
    }
}

#[test]
fn every_column_is_described() {
    for table in retold::tables::TABLES {
        for column in table.columns {
            assert!(column.meaning.trim().len() > 4, "{}.{}", table.name, column.name);
        }
    }
}

/// Packages named in deny.toml may not come in by way of another.
#[test]
fn no_denied_package_is_locked() {
    let lock = std::fs::read_to_string("Cargo.lock").expect("Cargo.lock is committed");
    let lock: toml::Table = toml::from_str(&lock).expect("TOML");
    let locked: Vec<&str> = lock["package"].as_array().expect("packages").iter().filter_map(|p| p["name"].as_str()).collect();
    let deny: toml::Table = toml::from_str(&std::fs::read_to_string("deny.toml").expect("deny.toml")).expect("TOML");
    let denied = deny["bans"]["deny"].as_array().expect("a list");
    assert!(denied.len() > 10);
    for package in denied.iter().filter_map(|p| p["crate"].as_str()).filter(|name| !name.contains('@')) {
        assert!(!locked.contains(&package), "{package} is denied and locked");
    }
}

/// The picture in the README is the chart of the seeds. With RETOLD_UPDATE set, it is redrawn instead of checked.
#[test]
fn the_picture_in_the_readme_is_current() {
    use retold::analysis::{analyze, settings::Settings};
    use retold::corpus::builder::CorpusBuilder;
    use retold::lexicon::load::Lexicon;
    use retold::read::files::{ReadOptions, read_all};

    let mut builder = CorpusBuilder::default();
    read_all(&["seeds".into()], &ReadOptions::default(), &mut builder).expect("the seeds can be read");
    let corpus = builder.seal();
    let findings = analyze(&corpus, Lexicon::english_framing(), &Settings::for_corpus(&corpus), |_| {});
    let svg = retold::charts::substitutions::chart(&findings).expect("it can be drawn");
    let path = "docs/pictures/substitutions.svg";
    if std::env::var_os("RETOLD_UPDATE").is_some() {
        std::fs::write(path, &svg).expect("docs can be written");
    }
    let kept = std::fs::read_to_string(path).expect("the picture is there");
    assert!(kept == svg, "{path} is not current; run the tests with RETOLD_UPDATE=1");

    let readme = std::fs::read_to_string("README.md").expect("README.md is there");
    let shown = retold::tables::substitutions::rows(&findings).any(|r| {
        let entry = |id: Option<&str>| id.unwrap_or_default().to_owned();
        let row = [
            r.outlet_a.into(),
            r.text_a.0.into(),
            r.outlet_b.into(),
            r.text_b.0.into(),
            entry(r.lexicon_id_a),
            entry(r.lexicon_id_b),
            r.voice_a.0.into(),
            r.voice_b.0.into(),
            r.before.0.into(),
            r.after.0.into(),
        ];
        readme.contains(&format!("| {} |", row.join(" | ")))
    });
    assert!(shown, "the row in README.md is no row of substitutions.csv");
}

/// Every test that docs/reliability.md names, as `FILE::NAME`, is there, and every script.
#[test]
fn the_tests_that_reliability_names_exist() {
    let text = std::fs::read_to_string("docs/reliability.md").expect("docs/reliability.md is there");
    let mut named = 0;
    for quoted in text.split('`').skip(1).step_by(2) {
        let (file, test) = quoted.split_once("::").unwrap_or((quoted, ""));
        if !(file.starts_with("tests/") || file.starts_with("src/")) {
            continue;
        }
        let content = std::fs::read_to_string(file).unwrap_or_else(|e| panic!("{file}: {e}"));
        named += usize::from(!test.is_empty());
        assert!(test.is_empty() || content.contains(&format!("fn {test}(")), "{file} has no test {test}");
    }
    assert!(named > 30, "{named}");
}
