//! How much there is to read, before it is read.

use std::path::PathBuf;

use walkdir::WalkDir;

use super::limits::Limits;

/// Bytes of the files at or below some paths that hold records or text as they are, nothing packed and no markup; a file beyond
/// its bound is not read, and not counted.
#[must_use]
pub fn plain_bytes(paths: &[PathBuf], limits: &Limits) -> u64 {
    let files = paths.iter().flat_map(|path| WalkDir::new(path).into_iter().flatten()).filter(|entry| entry.file_type().is_file());
    let sizes = files.filter_map(|entry| {
        let ending = entry.path().extension()?.to_str()?.to_ascii_lowercase();
        let bound = match ending.as_str() {
            "jsonl" | "ndjson" | "csv" | "tsv" => limits.file,
            "txt" => limits.document,
            _ => return None,
        };
        Some(entry.metadata().ok()?.len()).filter(|&bytes| bytes <= bound)
    });
    sizes.sum()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Limits, plain_bytes};

    #[test]
    fn what_is_plain_and_within_its_bound_counts() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: usize| fs::write(folder.path().join(name), vec![b'x'; bytes]).unwrap();
        fs::create_dir(folder.path().join("a")).unwrap();
        for (name, bytes) in [("a/1.txt", 10), ("2.JSONL", 100), ("3.html", 1_000), ("4.csv.gz", 10_000), ("5.txt", 51), ("6", 7)] {
            write(name, bytes);
        }
        let limits = Limits { document: 50, ..Limits::default() };
        assert_eq!(plain_bytes(&[folder.path().to_path_buf()], &limits), 110);
        assert_eq!(plain_bytes(&[folder.path().join("2.JSONL"), folder.path().join("none")], &limits), 100);
    }
}
