//! What reading costs, in bytes of the file per second, from bytes to drafts: `cargo bench --bench reading`.

#[expect(dead_code, reason = "the other benches want a corpus of the same articles")]
mod material;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};

use retold::read::draft::{Draft, Refused, Sink};
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

#[divan::bench]
fn csv(bencher: Bencher) {
    let mut content = String::from("id,outlet,title,date,url,text\r\n");
    for (i, (outlet, text)) in material::articles(ARTICLES).iter().enumerate() {
        let text = text.replace('"', "\"\"");
        content.push_str(&format!("{i},{outlet},A headline,2021-12-28,https://example.org/2021/12/{i},\"{text}\"\r\n"));
    }
    read(bencher, "a.csv", content);
}

#[divan::bench]
fn json_lines(bencher: Bencher) {
    read(bencher, "a.jsonl", objects().join("\n"));
}

#[divan::bench]
fn json_list(bencher: Bencher) {
    read(bencher, "a.json", format!("[{}]", objects().join(",\n")));
}
