//! What lies beside articles without being one.

/// Whether a folder holds the pictures and scripts of a web page that a browser saved beside it. `there` tells whether there is
/// a file of a path.
pub fn is_page_folder(folder: &str, there: impl Fn(&str) -> bool) -> bool {
    // Browsers name the folder in the language of their menus.
    const ENDS: &[&str] = &[
        "_files",
        ".files",
        "-files",
        "_file",
        "-Dateien",
        "_fichiers",
        "_archivos",
        "_arquivos",
        "_ficheiros",
        "_bestanden",
        "-filer",
        "_pliki",
        "_soubory",
        "_dosyalar",
    ];
    let pages = ENDS.iter().filter_map(|end| folder.strip_suffix(end));
    pages.into_iter().any(|page| ["html", "htm", "xhtml", "HTML", "HTM"].iter().any(|extension| there(&format!("{page}.{extension}"))))
}

/// Whether an entry of an archive is what systems put there for themselves: hidden, or an index of pictures.
#[must_use]
pub fn is_of_the_system(entry: &str) -> bool {
    let alone = |part: &str| part.starts_with('.') || ["__MACOSX", "Thumbs.db", "desktop.ini"].contains(&part);
    entry.split('/').any(alone)
}

/// Whether a file of this name is what a program that writes tables in parts puts beside them: a mark that all is there, an index,
/// a check sum.
#[must_use]
pub fn is_of_a_job(name: &str) -> bool {
    let marks = ["_SUCCESS", "_metadata", "_common_metadata"];
    marks.contains(&name) || name.starts_with("_committed_") || name.starts_with("_started_") || name.ends_with(".crc")
}

#[cfg(test)]
mod tests {
    use super::{is_of_a_job, is_of_the_system, is_page_folder};

    #[test]
    fn what_jobs_leave() {
        assert!(["_SUCCESS", "_metadata", "_common_metadata", "_committed_7", ".part-0.crc"].iter().all(|name| is_of_a_job(name)));
        assert!(!is_of_a_job("part-0.parquet") && !is_of_a_job("_SUCCESS.txt") && !is_of_a_job("success"));
    }

    #[test]
    fn folders_of_pages() {
        let there = |path: &str| ["a/Story.html", "b.htm"].contains(&path);
        assert!(is_page_folder("a/Story_files", there) && is_page_folder("a/Story-Dateien", there) && is_page_folder("b_fichiers", there));
        assert!(!is_page_folder("a/Other_files", there) && !is_page_folder("a/Story", there));
    }

    #[test]
    fn what_systems_leave() {
        assert!(["__MACOSX/a/._b.txt", "a/.DS_Store", "a/Thumbs.db"].iter().all(|entry| is_of_the_system(entry)));
        assert!(!is_of_the_system("a/b.txt"));
    }
}
