//! Files of every format: nothing is lost without a word, nothing depends on how the bytes come in.

use std::io::{BufReader, Cursor, Read, Write};

use retold::corpus::builder::CorpusBuilder;
use retold::corpus::collection::Corpus;
use retold::read::admission::{Admission, Given};
use retold::read::draft::Sink;
use retold::read::files::{ReadOptions, ReadReport};
use retold::read::limits::Limits;
use retold::read::packing::archive::Archive;
use retold::read::packing::packed::GZIP;
use retold::read::packing::stream::{broken, is_document, is_zip, read_document, read_gzip, read_stream};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::words;

/// Bounds that small inputs come to.
fn tight() -> Limits {
    Limits { file: 4 << 10, document: 2 << 10, record: 512, field: 256, columns: 8, nesting: 8, ratio: 4, entries: 3 }
}

/// Gives few bytes at a time, as a pipe may.
struct Trickle<'b>(&'b [u8]);

impl Read for Trickle<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let few = self.0.len().min(buffer.len()).min(1 + self.0.len() % 7);
        let (now, later) = self.0.split_at(few);
        buffer[..few].copy_from_slice(now);
        self.0 = later;
        Ok(few)
    }
}

/// Reads bytes as the file of this name, as `read_file` does with what it has opened.
pub(super) fn read(name: &str, bytes: &[u8], limits: Limits, trickle: bool) -> (Corpus, ReadReport) {
    let options = ReadOptions { limits, ..ReadOptions::default() };
    let (mut report, mut builder) = (ReadReport { files: 1, ..ReadReport::default() }, CorpusBuilder::default());
    let given = Given { named: name, inside: name, folder: "folder", row: None };
    let mut admission = Admission::new(given, &options, &mut report, &mut builder);
    let mut stored: BufReader<Box<dyn Read + '_>> = BufReader::new(if trickle { Box::new(Trickle(bytes)) } else { Box::new(bytes) });
    let read = if is_zip(bytes) && !is_document(name) {
        Archive::open(Cursor::new(bytes), &mut admission).and_then(|archive| match archive {
            Some(archive) if archive.is_word() => read_document(name, &mut stored, &mut admission),
            Some(archive) => {
                archive.read(&mut admission);
                Ok(())
            }
            None => Ok(()),
        })
    } else if bytes.starts_with(GZIP) {
        read_gzip(name, &mut stored, None, &mut admission)
    } else {
        read_stream(name, &mut stored, &mut admission)
    };
    if let Err(e) = read {
        admission.refuse(broken(&e));
    }
    admission.finish();
    (builder.seal(), report)
}

/// All that reading came to, to compare.
fn shown((corpus, report): &(Corpus, ReadReport)) -> String {
    let articles: Vec<_> = corpus.ids().map(|id| (corpus.article(id), corpus.outlet_of(id), corpus.whole_text(id))).collect();
    format!("{articles:?} {:?} {} {:?}", corpus.skipped(), report.records, report.notices)
}

/// A file: inputs of one length are read in small pieces as well, those of the next within tight bounds.
pub(super) fn file(name: &str, bytes: &[u8]) {
    let at_once = read(name, bytes, Limits::default(), false);
    let other = if bytes.len().is_multiple_of(2) {
        let other = read(name, bytes, Limits::default(), true);
        // How much of a damaged archive can be read before the place of the damage depends on how much is unpacked at once.
        let is_damaged = at_once.0.skipped().iter().any(|skipped| skipped.reason.contains("is damaged"));
        let (whole, pieces) = (shown(&at_once), shown(&other));
        assert!(is_damaged || whole == pieces, "how the bytes come in shows:\n{whole}\n{pieces}");
        other
    } else {
        read(name, bytes, tight(), false)
    };
    for (corpus, report) in [at_once, other] {
        let all = corpus.articles().len() + corpus.skipped().len();
        assert_eq!(all, report.records, "read = analysed + skipped");
        assert!(all > 0, "a file goes by without a word");
        for skipped in corpus.skipped() {
            assert!(!skipped.reason.is_empty() && !skipped.mend.is_empty(), "{skipped:?} says nothing");
        }
        for id in corpus.ids() {
            let text = corpus.whole_text(id);
            assert!(!text.contains('\0'), "NUL in a text");
            words::of_document(&corpus.document(id), &text);
        }
    }
}

/// A Word document: what is no ZIP becomes its text.
pub(super) fn docx(bytes: &[u8]) {
    if is_zip(bytes) {
        return file("t.docx", bytes);
    }
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file("word/document.xml", stored).expect("memory");
    zip.write_all(bytes).expect("memory");
    file("t.docx", zip.finish().expect("memory").get_ref());
}
