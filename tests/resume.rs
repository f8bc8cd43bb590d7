//! A run that is cut off goes on where it stopped, with the same results, and uses nothing that does not fit.

use std::fs;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use retold::analysis::analyze_keeping;
use retold::analysis::settings::Settings;
use retold::analysis::stages::{Kept, NothingKept, Stages};
use retold::corpus::builder::CorpusBuilder;
use retold::corpus::collection::Corpus;
use retold::corpus::record::Record;
use retold::lexicon::load::Lexicon;
use retold::resume::key::StageKey;
use retold::resume::work_folder::{Said, WorkFolder};
use retold::tables::TABLES;
use retold::tables::row::TableOptions;

/// The seeds, the last of them with more words.
fn seeds(more: &str) -> Corpus {
    let mut paths: Vec<PathBuf> = fs::read_dir("seeds").expect("seeds").map(|entry| entry.expect("readable").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    let mut builder = CorpusBuilder::default();
    for (i, path) in paths.iter().enumerate() {
        let text = fs::read_to_string(path).expect("UTF-8") + if i + 1 == paths.len() { more } else { "" };
        builder.admit(Record::of_text(&format!("{i}.txt"), &format!("Outlet {i}"), text));
    }
    builder.seal()
}

/// All tables of a run.
fn tables(corpus: &Corpus, lexicon: &Lexicon, settings: &Settings, stages: &dyn Stages) -> Vec<Vec<u8>> {
    let findings = analyze_keeping(corpus, lexicon, settings, stages, |_| {}).expect("nothing fails");
    let written = |table: &retold::tables::Table| {
        let mut bytes = Vec::new();
        (table.write)(&findings, TableOptions::default(), &mut bytes).expect("written");
        bytes
    };
    TABLES.iter().map(written).collect()
}

/// A run that is cut off after a stage was kept.
struct CutOff<'f>(&'f WorkFolder, Kept);

impl Stages for CutOff<'_> {
    fn load(&self, stage: Kept, read: &mut dyn FnMut(&[u8]) -> bool) -> bool {
        self.0.load(stage, read)
    }

    fn keep(&self, stage: Kept, write: &dyn Fn(&mut dyn Write) -> io::Result<()>) {
        self.0.keep(stage, write);
        if stage == self.1 {
            resume_unwind(Box::new("cut off"));
        }
    }
}

fn open(folder: &Path, corpus: &Corpus, settings: &Settings) -> WorkFolder {
    WorkFolder::open(folder, StageKey::all(corpus, settings), true).expect("a folder").expect("nobody else works here")
}

/// A folder in which a run has kept all its stages.
fn kept(corpus: &Corpus, settings: &Settings) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    tables(corpus, Lexicon::english_framing(), settings, &open(folder.path(), corpus, settings));
    folder
}

const ANEW: &str = "nothing was kept";

#[test]
fn cut_off_after_each_stage() {
    let corpus = seeds("");
    let (settings, lexicon) = (Settings::for_corpus(&corpus), Lexicon::english_framing());
    let expected = tables(&corpus, lexicon, &settings, &NothingKept);
    for (done, &last) in Kept::ALL.iter().enumerate() {
        let folder = tempfile::tempdir().unwrap();
        let cut = open(folder.path(), &corpus, &settings);
        let run = catch_unwind(AssertUnwindSafe(|| tables(&corpus, lexicon, &settings, &CutOff(&cut, last))));
        assert!(run.is_err());
        drop(cut);
        let resumed = open(folder.path(), &corpus, &settings);
        assert!(tables(&corpus, lexicon, &settings, &resumed) == expected, "other results after {last:?}");
        let said: Vec<Said> =
            Kept::ALL.iter().enumerate().map(|(i, &stage)| if i <= done { Said::Used(stage) } else { Said::Anew(stage, ANEW) }).collect();
        assert_eq!(resumed.said(), said);
    }
}

#[test]
fn without_being_asked_nothing_is_used() {
    let corpus = seeds("");
    let settings = Settings::for_corpus(&corpus);
    let folder = kept(&corpus, &settings);
    let unasked = WorkFolder::open(folder.path(), StageKey::all(&corpus, &settings), false).unwrap().unwrap();
    for stage in Kept::ALL {
        assert!(!unasked.load(stage, &mut |_| true));
    }
    assert_eq!(unasked.said(), []);
}

#[test]
fn what_changed_is_computed_anew() {
    let (corpus, other) = (seeds(""), seeds(" The council met again on Friday."));
    let settings = Settings::for_corpus(&corpus);
    let lexicon = Lexicon::english_framing();
    let said = |corpus: &Corpus, settings: &Settings, version: Option<&str>| {
        let folder = kept(&seeds(""), &Settings::for_corpus(&seeds("")));
        let mut keys = StageKey::all(corpus, settings);
        version.into_iter().for_each(|version| keys.iter_mut().for_each(|key| key.version = version.to_owned()));
        let resumed = WorkFolder::open(folder.path(), keys, true).unwrap().unwrap();
        assert!(tables(corpus, lexicon, settings, &resumed) == tables(corpus, lexicon, settings, &NothingKept), "other results");
        resumed.said()
    };
    let anew = |why| Kept::ALL.map(|stage| Said::Anew(stage, why));
    assert_eq!(said(&corpus, &settings, None), Kept::ALL.map(Said::Used));
    assert_eq!(said(&other, &settings, None), anew("the articles changed"));
    assert_eq!(said(&corpus, &settings, Some("0.0.9 1")), anew("the version changed"));
    let mut stricter = settings.clone();
    stricter.reuse.min_matched += 20;
    assert_eq!(said(&corpus, &stricter, None), anew("the settings changed"));
    let mut fewer = settings.clone();
    fewer.stories.min_likeness = 0.9;
    let stories_alone = [Said::Used(Kept::Passages), Said::Used(Kept::Collations), Said::Anew(Kept::Stories, "the settings changed")];
    assert_eq!(said(&corpus, &fewer, None), stories_alone);
    // Memory decides no result.
    let mut smaller = settings;
    smaller.reuse.memory = 1 << 20;
    assert_eq!(said(&corpus, &smaller, None), Kept::ALL.map(Said::Used));
}

#[test]
fn another_list_of_wording_is_found_anew() {
    let corpus = seeds("");
    let settings = Settings::for_corpus(&corpus);
    let folder = kept(&corpus, &settings);
    let mut list = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
    list.write_all(b"term,category,strength\nofficials,test,3\n").unwrap();
    let own = Lexicon::open(&[list.path().display().to_string()]).unwrap();
    let resumed = tables(&corpus, &own, &settings, &open(folder.path(), &corpus, &settings));
    assert!(resumed == tables(&corpus, &own, &settings, &NothingKept));
    assert!(resumed != tables(&corpus, Lexicon::english_framing(), &settings, &NothingKept));
}

#[test]
fn a_damaged_file_is_computed_anew() {
    let corpus = seeds("");
    let settings = Settings::for_corpus(&corpus);
    let folder = kept(&corpus, &settings);
    let file = folder.path().join("collations.stage");
    let whole = fs::read(&file).unwrap();
    let used = |bytes: &[u8]| {
        fs::write(&file, bytes).unwrap();
        let resumed = open(folder.path(), &corpus, &settings);
        resumed.load(Kept::Collations, &mut |_| true);
        resumed.said() == [Said::Used(Kept::Collations)]
    };
    assert!(used(&whole));
    for cut in [0, 10, 32, whole.len() / 2, whole.len() - 1] {
        assert!(!used(&whole[..cut]), "cut to {cut} bytes");
    }
    for at in [0, 40, whole.len() / 2, whole.len() - 1] {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        assert!(!used(&bytes), "byte {at} is another");
    }
    // The file of one stage under the name of another.
    assert!(!used(&fs::read(folder.path().join("passages.stage")).unwrap()));
}

#[test]
fn a_folder_is_of_one_run() {
    let corpus = seeds("");
    let settings = Settings::for_corpus(&corpus);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("work");
    let first = open(&path, &corpus, &settings);
    assert!(WorkFolder::open(&path, Vec::new(), true).unwrap().is_none(), "two runs share a folder");
    drop(first);
    // What a run that was cut off was writing goes, what is not Retold's stays.
    fs::write(path.join(".stage-cut"), "half").unwrap();
    fs::write(path.join("notes.txt"), "mine").unwrap();
    let next = open(&path, &corpus, &settings);
    assert!(!path.join(".stage-cut").exists());
    tables(&corpus, Lexicon::english_framing(), &settings, &next);
    assert!(path.join("stories.stage").exists());
    next.clear();
    let left: Vec<_> = fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["notes.txt"]);
    fs::remove_file(path.join("notes.txt")).unwrap();
    open(&path, &corpus, &settings).clear();
    assert!(!path.exists());
}

#[test]
fn a_run_says_what_it_used_and_clears_its_folder() {
    let corpus = tempfile::tempdir().unwrap();
    let (out, work) = (corpus.path().join("out"), corpus.path().join("out.work"));
    let run = || {
        let mut run = Command::cargo_bin("retold").expect("built");
        run.args(["compare", "seeds", "--only", "tables", "--resume", "-o"]).arg(&out).output().expect("it runs")
    };
    let output = run();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("passages: computed anew: nothing was kept"), "{said}");
    assert!(out.join("tables").exists() && !work.exists());
    // In a folder where another run works it goes on without.
    fs::create_dir(&work).unwrap();
    let lock = fs::File::create(work.join("retold.lock")).unwrap();
    lock.lock().unwrap();
    let said = String::from_utf8_lossy(&run().stderr).into_owned();
    assert!(said.contains("W065"), "{said}");
    assert!(work.join("retold.lock").exists());
}
