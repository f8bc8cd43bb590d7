//! ZIP archives: each entry is read as a file of its own. Names of entries are only shown; nothing is unpacked to disk.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead as _, BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::rc::Rc;

use zip::read::{ZipFile, read_zipfile_from_stream};
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use crate::read::admission::{Admission, Given};
use crate::read::draft::{Refused, Sink};
use crate::read::left_alone::{is_of_a_job, is_of_the_system, is_page_folder};
use crate::read::notice::Notice;
use crate::read::packing::packed::{Bounded, Meter, UpToFault};
use crate::read::packing::stream::{WORD, broken, read_gzip, read_stream};
use crate::read::sheet::{SHEET, Sheet};

/// Bytes of an entry's name: more than file systems allow.
const LONGEST_NAME: usize = 4 << 10;

/// What the entries of one archive share: what may come out of it, and how much of it was packed.
struct Budget {
    bytes: u64,
    meter: Rc<RefCell<Meter>>,
}

/// A sheet inside an archive, and which of its rows an entry answers to.
struct Rows {
    sheet: Option<Sheet>,
    used: BTreeSet<String>,
}

/// An archive whose list of entries could be read.
#[derive(Debug)]
pub struct Archive<R> {
    zip: ZipArchive<R>,
    bytes: u64,
}

impl<R: Read + Seek> Archive<R> {
    /// Opens a ZIP. Of one whose list of entries is lost, what can be read from its start goes to `admission`, and the loss.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn open(mut file: R, admission: &mut Admission<'_>) -> io::Result<Option<Self>> {
        let bytes = file.seek(SeekFrom::End(0))?;
        file.rewind()?;
        match ZipArchive::new(&mut file).map(|_| ()) {
            Ok(()) => Ok(ZipArchive::new(file).ok().map(|zip| Self { zip, bytes })),
            Err(e) => {
                file.rewind()?;
                let read = read_unlisted(&mut file, bytes, admission);
                let reason = format!("is a ZIP that is cut or damaged: its list of entries cannot be read ({})", plain(&e));
                let mend = format!("fetch it again; {read} of its entries could be read from its start");
                admission.refuse(Refused::whole(reason, mend));
                Ok(None)
            }
        }
    }

    /// Whether it is a Word document.
    #[must_use]
    pub fn is_word(&self) -> bool {
        self.zip.index_for_name(WORD).is_some()
    }

    /// What other document it is, with how to mend that, if it is one.
    fn other_document(&self) -> Option<Refused> {
        let has = |name: &str| self.zip.index_for_name(name).is_some();
        if has("xl/workbook.xml") {
            return Some(Refused::whole("is a spreadsheet, which is not read", "save it as CSV (UTF-8)"));
        }
        if has("ppt/presentation.xml") || (has("mimetype") && (has("content.xml") || has("META-INF/container.xml"))) {
            return Some(Refused::whole("is a document of a kind that is not read", "save it as .docx, .rtf or .txt"));
        }
        None
    }

    /// Reads all entries, in the order of their names.
    pub fn read(mut self, admission: &mut Admission<'_>) {
        if let Some(refused) = self.other_document() {
            return admission.refuse(refused);
        }
        if self.zip.has_duplicate_names() {
            let mend = "pack it again under different names";
            admission.refuse(Refused::whole("holds entries of one and the same name, of which only the last is read", mend));
        }
        let mut entries = self.entries(admission);
        if entries.is_empty() {
            return admission.refuse(Refused::whole("is a ZIP without files", "check what was packed"));
        }
        let most = admission.limits().entries;
        if entries.len() > most {
            let reason =
                format!("holds {} files, and the bound is {most}; the last {} by name are not read", entries.len(), entries.len() - most);
            admission.refuse(Refused::whole(reason, "split it, or raise the bound with --limit entries=N"));
            entries = entries.into_iter().take(most).collect();
        }
        let above = common_folder(entries.keys());
        let budget = Budget::new(self.bytes, admission);
        let mut rows = self.sheet(&mut entries, &above, &budget, admission);
        for (name, index) in entries {
            let inside = name.strip_prefix(&above).unwrap_or(&name);
            match self.zip.by_index(index) {
                Ok(file) => read_entry(file, &name, inside, &budget, &mut rows, admission),
                Err(e) => refuse_entry(&name, refused(&e), admission),
            }
        }
        rows.tell(admission);
    }

    /// Files by cleaned name. Directories and what belongs to the system or to a saved page are left out, what cannot be read is
    /// named.
    fn entries(&self, admission: &mut Admission<'_>) -> BTreeMap<String, usize> {
        let mut entries = BTreeMap::new();
        for index in 0..self.zip.len() {
            let Ok(entry) = self.zip.by_index_data(index) else { continue };
            let name = entry.name().map_or_else(|_| String::from_utf8_lossy(entry.name_raw()).into_owned(), |name| name.into_owned());
            let mut name = cleaned(&name);
            let last = name.rsplit('/').next().unwrap_or(&name);
            if entry.is_dir() || is_of_the_system(&name) || is_of_a_job(last) || name.is_empty() {
                continue;
            }
            if entry.is_symlink() {
                refuse_entry(&name, Refused::whole("is a link; links are not followed", "pack the file itself"), admission);
                continue;
            }
            if entries.contains_key(&name) {
                // Two names that are one after cleaning are two files all the same.
                name = format!("{name}#{index}");
            }
            if name.len() > LONGEST_NAME {
                let reason = format!("has a name of {} bytes, and the bound is {LONGEST_NAME}", name.len());
                let shown: String = name.chars().take(80).collect();
                refuse_entry(&shown, Refused::whole(reason, "give it a shorter name"), admission);
                continue;
            }
            entries.insert(name, index);
        }
        let pages: BTreeSet<String> = entries.keys().cloned().collect();
        entries.retain(|name, _| {
            !name.match_indices('/').filter_map(|(at, _)| name.get(..at)).any(|f| is_page_folder(f, |p| pages.contains(p)))
        });
        entries
    }

    /// Takes the sheet `articles.csv` out of the entries. One that names no paths is a table of articles and stays.
    fn sheet(&mut self, entries: &mut BTreeMap<String, usize>, above: &str, budget: &Budget, admission: &mut Admission<'_>) -> Rows {
        let name = format!("{above}{SHEET}");
        let read = |zip: &mut ZipArchive<R>, index: usize| {
            let mut bytes = Vec::new();
            let bound = admission.limits().document;
            let file = zip.by_index(index).ok()?;
            Bounded::new(file, Rc::clone(&budget.meter)).take(bound).read_to_end(&mut bytes).ok()?;
            Sheet::of(Path::new(&name), &bytes).ok()
        };
        let sheet = entries.get(&name).and_then(|&index| read(&mut self.zip, index));
        if sheet.is_some() {
            entries.remove(&name);
        }
        Rows { sheet, used: BTreeSet::new() }
    }
}

impl Budget {
    fn new(bytes: u64, admission: &Admission<'_>) -> Self {
        Self { bytes, meter: Meter::of_archive(bytes, admission.limits()) }
    }
}

impl Rows {
    fn tell(self, admission: &mut Admission<'_>) {
        let Some(sheet) = self.sheet else { return };
        let name = format!("{}/{}", admission.name(), sheet.path.to_string_lossy());
        for (path, row) in &sheet.rows {
            if !self.used.contains(path) {
                let message = format!("{name}:{}: no file \"{path}\" is in the archive", row.line);
                admission.notice(Notice { code: "W023", message, mend: "check the column path: it is relative to the sheet".into() });
            }
        }
        for skipped in sheet.skipped {
            let refused = Refused { line: skipped.line, text: skipped.text, ..Refused::whole(skipped.reason, skipped.mend) };
            refuse_entry(&sheet.path.to_string_lossy(), refused, admission);
        }
    }
}

/// Reads the entries of an archive that has lost its list, from its start to where that is no longer possible.
fn read_unlisted(file: &mut impl Read, bytes: u64, admission: &mut Admission<'_>) -> usize {
    let budget = Budget::new(bytes, admission);
    let mut read = 0;
    while let Ok(Some(entry)) = read_zipfile_from_stream(file) {
        let name = cleaned(&entry.name().unwrap_or_default());
        if !entry.is_dir() && !is_of_the_system(&name) && read < admission.limits().entries {
            read_entry(entry, &name, &name, &budget, &mut Rows { sheet: None, used: BTreeSet::new() }, admission);
            read += 1;
        }
    }
    read
}

fn read_entry<R: Read>(file: ZipFile<'_, R>, name: &str, inside: &str, budget: &Budget, rows: &mut Rows, admission: &mut Admission<'_>) {
    if !matches!(file.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
        let reason = format!("is packed in a way that is not read ({})", file.compression());
        return refuse_entry(name, Refused::whole(reason, "pack it with the usual method (deflate), or unpack it"), admission);
    }
    let packed = Rc::new(Cell::new(file.compressed_size().min(budget.bytes)));
    let own = Meter::new(Rc::clone(&packed), admission.limits());
    let (file, fault) = UpToFault::new(file, Rc::clone(&packed));
    let mut stream = BufReader::new(Bounded::new(Bounded::new(file, own), Rc::clone(&budget.meter)));
    let named = format!("{}/{name}", admission.name());
    let below = place(admission, inside);
    let folder = Path::new(admission.name()).file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let of_archive = admission.given().row;
    let key = [inside, name, inside.rsplit('/').next().unwrap_or(inside)].into_iter();
    let row = rows.sheet.as_ref().and_then(|sheet| key.into_iter().find_map(|key| sheet.rows.get_key_value(key)));
    rows.used.extend(row.map(|(path, _)| path.clone()));
    let row = row.map(|(_, row)| row).or(of_archive);
    let mut admission = admission.inner(Given { named: &named, inside: &below, folder: &folder, row });
    let last = name.rsplit('/').next().unwrap_or(name);
    let nothing = stream.fill_buf().is_ok_and(<[u8]>::is_empty) && fault.borrow().is_some();
    let read = match last.to_lowercase().ends_with(".gz") {
        _ if nothing => Ok(()),
        true => read_gzip(last, &mut stream, Some(packed), &mut admission),
        false => read_stream(last, &mut stream, &mut admission),
    };
    // A check sum stands at the end, which a reader need not have come to.
    if let Err(e) = read.and_then(|()| io::copy(&mut stream, &mut io::sink())) {
        admission.refuse(broken(&e));
    }
    if let Some(fault) = fault.take() {
        admission.refuse(fault);
    }
    admission.finish();
}

/// The place of an entry below what was given: as if the archive were the folder that holds it.
fn place(admission: &Admission<'_>, inside: &str) -> String {
    match admission.given().inside.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{inside}"),
        None => inside.to_owned(),
    }
}

fn refuse_entry(name: &str, refused: Refused, admission: &mut Admission<'_>) {
    let named = format!("{}/{name}", admission.name());
    admission.inner(Given { named: &named, inside: name, folder: "", row: None }).refuse(refused);
}

fn refused(error: &ZipError) -> Refused {
    match error {
        ZipError::UnsupportedArchive(what) if what.to_lowercase().contains("password") => {
            Refused::whole("is encrypted", "unpack it with its password, and give what comes out")
        }
        other => Refused::whole(format!("cannot be read from its archive ({})", plain(other)), "fetch the archive again"),
    }
}

fn plain(error: &ZipError) -> String {
    error.to_string().lines().next().unwrap_or("").to_owned()
}

/// A name of an entry as a path below the archive: forward slashes, no root, no drive, no way up.
fn cleaned(name: &str) -> String {
    let name = name.replace('\\', "/");
    let parts = name.split('/').filter(|part| !matches!(*part, "" | "." | "..") && !part.ends_with(':'));
    parts.collect::<Vec<_>>().join("/")
}

/// The folder that holds everything, with its slash, where folders lie inside it: it was packed, the folders inside name outlets.
fn common_folder<'n>(names: impl Iterator<Item = &'n String> + Clone) -> String {
    let first = names.clone().next().and_then(|name| name.split_once('/')).map(|(folder, _)| format!("{folder}/"));
    first
        .filter(|folder| {
            let mut below = names.map(|name| name.strip_prefix(folder.as_str()));
            let mut deeper = false;
            below.all(|below| below.inspect(|below| deeper |= below.contains('/')).is_some()) && deeper
        })
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::write::SimpleFileOptions;
    use zip::{CompressionMethod, ZipWriter};

    use super::{cleaned, common_folder};
    use crate::corpus::builder::CorpusBuilder;
    use crate::read::files::{ReadOptions, ReadReport, read_all};
    use crate::read::limits::Limits;

    /// Path, outlet and text of what is read of an archive, then what is not.
    type Read = (Vec<(String, String, String)>, Vec<(String, String)>, ReadReport);

    fn pack(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in entries {
            if name.ends_with('/') {
                zip.add_directory(*name, SimpleFileOptions::default()).unwrap();
            } else {
                zip.start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)).unwrap();
                zip.write_all(content).unwrap();
            }
        }
        zip.finish().unwrap().into_inner()
    }

    fn read(archive: &[u8], limits: Limits) -> Read {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bundle.zip");
        std::fs::write(&path, archive).unwrap();
        let mut builder = CorpusBuilder::default();
        let report = read_all(&[path], &ReadOptions { limits, ..ReadOptions::default() }, &mut builder).unwrap();
        let corpus = builder.seal();
        let articles = corpus
            .ids()
            .map(|id| (corpus.article(id).path.to_string(), corpus.outlet_of(id).name.clone(), corpus.whole_text(id).to_string()));
        (articles.collect(), corpus.skipped().iter().map(|s| (s.path.clone(), s.reason.clone())).collect(), report)
    }

    fn outlets(found: &Read) -> Vec<(&str, &str)> {
        found.0.iter().map(|(path, outlet, _)| (path.as_str(), outlet.as_str())).collect()
    }

    #[test]
    fn entries_are_files_and_their_folders_outlets() {
        let found = read(
            &pack(&[("B/2.txt", b"Two"), ("A/", b""), ("A/1.txt", b"One"), ("__MACOSX/A/._1.txt", b"x"), ("A/Thumbs.db", b"x")]),
            Limits::default(),
        );
        assert_eq!(outlets(&found), [("bundle.zip/A/1.txt", "A"), ("bundle.zip/B/2.txt", "B")]);
        assert_eq!(found.1, []);
        let wrapped = read(&pack(&[("all/B/2.txt", b"Two"), ("all/A/1.txt", b"One"), ("all/3.txt", b"Three")]), Limits::default());
        assert_eq!(outlets(&wrapped), [("bundle.zip/all/3.txt", "3"), ("bundle.zip/all/A/1.txt", "A"), ("bundle.zip/all/B/2.txt", "B")]);
    }

    #[test]
    fn a_sheet_inside_names_outlets() {
        let found = read(&pack(&[("1.txt", b"One"), ("articles.csv", b"path,outlet\n1.txt,The Paper\n9.txt,None\n")]), Limits::default());
        assert_eq!(outlets(&found), [("bundle.zip/1.txt", "The Paper")]);
        assert_eq!(found.2.notices.len(), 1);
    }

    #[test]
    fn what_is_packed_twice_is_named_unless_it_is_lines_in_gzip() {
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        gz.write_all(b"{\"text\":\"One\",\"outlet\":\"O\"}\n").unwrap();
        let gz = gz.finish().unwrap();
        let inner = pack(&[("x.txt", b"x")]);
        let found = read(&pack(&[("a.jsonl.gz", &gz), ("b.zip", &inner), ("c.txt", b"See")]), Limits::default());
        assert_eq!(outlets(&found), [("bundle.zip/a.jsonl.gz", "O"), ("bundle.zip/c.txt", "c")]);
        assert_eq!(found.1, [("bundle.zip/b.zip".to_owned(), "is a ZIP inside a packed file".to_owned())]);
    }

    #[test]
    fn bounds_are_named_and_the_rest_is_kept() {
        let zeros = vec![0; 3 << 20];
        let found = read(&pack(&[("a.txt", &zeros), ("b.txt", b"Be")]), Limits::default());
        assert_eq!((found.0.len(), found.1.len()), (1, 1));
        assert!(found.1[0].1.contains("more than 200 times"), "{:?}", found.1);
        let found = read(&pack(&[("a.txt", b"A"), ("b.txt", b"B"), ("c.txt", b"C")]), Limits { entries: 2, ..Limits::default() });
        assert_eq!((found.0.len(), found.1.len()), (2, 1));
        assert_eq!(found.1[0].1, "holds 3 files, and the bound is 2; the last 1 by name are not read");
    }

    #[test]
    fn damage_is_named_and_the_rest_is_kept() {
        let whole = pack(&[("a.txt", b"The first entry of them"), ("b.txt", b"The second entry of them"), ("c.txt", b"The third")]);
        let cut = read(&whole[..whole.len() - 60], Limits::default());
        assert_eq!((cut.0.len(), cut.1.len()), (3, 1), "{:?}", cut.1);
        assert!(cut.1[0].1.starts_with("is a ZIP that is cut or damaged"), "{:?}", cut.1);
        let mut bad = whole.clone();
        let at = bad.windows(5).position(|w| w == b"b.txt").unwrap() + 10;
        bad[at] ^= 0xFF;
        let found = read(&bad, Limits::default());
        assert_eq!(found.1.len(), 1, "{:?}", found.1);
        assert!(found.1[0].0 == "bundle.zip/b.txt" && found.1[0].1.contains("is damaged"), "{:?}", found.1);
        let mut odd = whole.clone();
        let central = odd.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
        odd[central + 10] = 12;
        let found = read(&odd, Limits::default());
        assert_eq!((found.0.len(), found.1[0].1.as_str()), (2, "is packed in a way that is not read (Bzip2)"));
        let mut locked = whole;
        let central = locked.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
        locked[central + 8] |= 1;
        let found = read(&locked, Limits::default());
        assert_eq!((found.0.len(), found.1), (2, vec![("bundle.zip/a.txt".to_owned(), "is encrypted".to_owned())]));
    }

    /// Many entries over one and the same bytes, each of a ratio that is allowed.
    #[test]
    fn entries_that_overlap_share_a_bound() {
        let whole = pack(&[("0.txt", "One and the same. ".repeat(30_000).as_bytes())]);
        let central = whole.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
        let end = whole.windows(4).position(|w| w == b"PK\x05\x06").unwrap();
        let entry = |n: usize| {
            let mut entry = whole[central..end].to_vec();
            entry[46] = b'a' + u8::try_from(n).unwrap();
            entry
        };
        let entries: Vec<u8> = (0..20).flat_map(entry).collect();
        let mut tail = whole[end..].to_vec();
        tail[8..12].copy_from_slice(&[20, 0, 20, 0]);
        tail[12..16].copy_from_slice(&u32::try_from(entries.len()).unwrap().to_le_bytes());
        let bomb = [&whole[..central], &entries, &tail].concat();
        let found = read(&bomb, Limits { file: 4 << 20, ratio: 1000, ..Limits::default() });
        assert_eq!(found.0.len() + found.1.len(), found.2.records);
        assert!(
            found.0.len() < 10 && found.1.iter().all(|(_, why)| why.contains("more than 4 MiB") || why.contains("overlap")),
            "{:?}",
            found.1
        );
    }

    #[test]
    fn names_are_shown_and_never_followed() {
        assert_eq!(cleaned("../../etc/passwd"), "etc/passwd");
        assert_eq!(cleaned("C:\\news\\.\\a.txt"), "news/a.txt");
        let common = |names: &[&str]| common_folder(names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>().iter());
        assert_eq!(common(&["x/a/1", "x/b/2"]), "x/");
        assert_eq!((common(&["x/1", "x/2"]), common(&["x/a/1", "y/b/2"]), common(&["1"])), (String::new(), String::new(), String::new()));
    }
}
