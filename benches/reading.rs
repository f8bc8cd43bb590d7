//! What reading costs, in bytes of the file per second, from bytes to drafts and from a file to records (unpacked, hashed, with
//! outlet, date and language): `cargo bench --bench reading`.

#[expect(dead_code, reason = "the other benches want a corpus of the same articles")]
mod material;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};

use retold::corpus::builder::CorpusBuilder;
use retold::read::draft::{Draft, Refused, Sink};
use retold::read::files::{ReadOptions, read_all};
use retold::read::format::{Source, by_name};
use retold::read::notice::Notice;

const ARTICLES: usize = 2_000;

fn main() {
    divan::main();
}

/// Takes drafts and keeps none.
#[derive(Default)]
struct Taken {
    articles: usize,
}

impl Sink for Taken {
    fn article(&mut self, draft: Draft) {
        self.articles += 1;
        black_box(draft);
    }

    fn refuse(&mut self, refused: Refused) {
        panic!("{}", refused.reason);
    }

    fn notice(&mut self, _: Notice) {}
}

/// From a file on disk to records in a builder: everything before they are sealed.
fn admit(bencher: Bencher, name: &str, content: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, content).expect("written");
    bencher.counter(BytesCount::new(content.len())).bench(|| {
        let mut builder = CorpusBuilder::default();
        let report = read_all(std::slice::from_ref(&path), &ReadOptions::default(), &mut builder).expect("it can be read");
        assert_eq!((report.records, builder.admitted()), (ARTICLES, ARTICLES));
        builder
    });
}

fn read(bencher: Bencher, name: &str, content: String) {
    let format = by_name(name).expect("a known extension");
    bencher.counter(BytesCount::new(content.len())).bench(|| {
        let mut taken = Taken::default();
        Source::bare(name, |source| (format.read)(&mut content.as_bytes(), source, &mut taken)).expect("memory can be read");
        assert_eq!(taken.articles, ARTICLES);
    });
}

fn objects() -> Vec<String> {
    let of = |(i, (outlet, text)): (usize, &(String, String))| {
        let url = format!("https://example.org/2021/12/{i}");
        serde_json::json!({"id": i, "outlet": outlet, "title": "A headline", "date": "2021-12-28", "url": url, "text": text}).to_string()
    };
    material::articles(ARTICLES).iter().enumerate().map(of).collect()
}

fn table() -> String {
    let mut content = String::from("id,outlet,title,date,url,text\r\n");
    for (i, (outlet, text)) in material::articles(ARTICLES).iter().enumerate() {
        let text = text.replace('"', "\"\"");
        content.push_str(&format!("{i},{outlet},A headline,2021-12-28,https://example.org/2021/12/{i},\"{text}\"\r\n"));
    }
    content
}

#[divan::bench]
fn csv(bencher: Bencher) {
    read(bencher, "a.csv", table());
}

#[divan::bench]
fn csv_to_records(bencher: Bencher) {
    admit(bencher, "a.csv", &table());
}

#[divan::bench]
fn json_lines_to_records(bencher: Bencher) {
    admit(bencher, "a.jsonl", &objects().join("\n"));
}

/// Pages with menus, related stories and comments around each article.
#[divan::bench]
fn pages(bencher: Bencher) {
    let pages: Vec<String> = material::articles(50)
        .iter()
        .map(|(outlet, text)| {
            let body: String = text.split("\n\n").map(|paragraph| format!("<p>{paragraph}</p>")).collect();
            let links = "<li><a href=\"/x\">Another story that readers liked</a></li>".repeat(40);
            format!(
                "<!DOCTYPE html><html><head><title>A headline | {outlet}</title><meta property=\"og:site_name\" content=\"{outlet}\"></head>\
                 <body><nav><ul>{links}</ul></nav><article><h1>A headline</h1>{body}</article><aside>{links}</aside></body></html>"
            )
        })
        .collect();
    let bytes: usize = pages.iter().map(String::len).sum();
    let format = by_name("a.html").expect("a known extension");
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        let mut taken = Taken::default();
        for page in &pages {
            Source::bare("a.html", |source| (format.read)(&mut page.as_bytes(), source, &mut taken)).expect("memory can be read");
        }
        assert_eq!(taken.articles, pages.len());
    });
}

#[divan::bench]
fn json_lines(bencher: Bencher) {
    read(bencher, "a.jsonl", objects().join("\n"));
}

#[divan::bench]
fn json_list(bencher: Bencher) {
    read(bencher, "a.json", format!("[{}]", objects().join(",\n")));
}
