//! Lexicons by name: those that Retold ships, and files of the user's.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use crate::error::{ErrorKind, Position, Result};

use super::load::Lexicon;
use super::sheet::from_csv;

/// The name of the shipped English lexicon.
pub const ENGLISH_FRAMING: &str = "en/framing";
/// Largest lexicon file that is read, in bytes.
pub const LARGEST_FILE: u64 = 32 << 20;

impl Lexicon {
    /// The lexicons named, laid over one another in this order: a later one goes over an earlier. None named is
    /// [`ENGLISH_FRAMING`]. A name that is not that of a shipped lexicon is a path: a TOML or CSV file, or a folder of such.
    ///
    /// # Errors
    /// When a file cannot be read or is no lexicon.
    pub fn open(names: &[String]) -> Result<Cow<'static, Self>> {
        let open_one = |name: &String| {
            if name == ENGLISH_FRAMING { Ok(Cow::Borrowed(Self::english_framing())) } else { Self::read(Path::new(name)).map(Cow::Owned) }
        };
        match names {
            [] => Ok(Cow::Borrowed(Self::english_framing())),
            [one] => open_one(one),
            several => {
                let layers = several.iter().map(|name| open_one(name).map(Cow::into_owned)).collect::<Result<Vec<_>>>()?;
                Ok(Cow::Owned(Self::layered(layers)))
            }
        }
    }

    /// Reads a TOML or CSV file, or a folder of such.
    ///
    /// # Errors
    /// When it cannot be read or is no lexicon.
    pub fn read(path: &Path) -> Result<Self> {
        Self::read_as_given(path).map(|lexicon| lexicon.described_by(Self::english_framing()))
    }

    fn read_as_given(path: &Path) -> Result<Self> {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let unreadable = |source| ErrorKind::Input { path: path.to_path_buf(), source };
        if !std::fs::metadata(path).map_err(unreadable)?.is_dir() {
            return read_file(path, &name);
        }
        let folder = std::fs::read_dir(path).map_err(unreadable)?;
        let mut files: Vec<PathBuf> =
            folder.map(|entry| entry.map(|e| e.path())).collect::<std::io::Result<Vec<_>>>().map_err(unreadable)?;
        files.retain(|file| kind_of(file).is_some());
        files.sort();
        if files.is_empty() {
            return Err(fault(path, "the folder holds no .toml or .csv file".into()));
        }
        let layers = files.iter().map(|file| read_file(file, &name)).collect::<Result<Vec<_>>>()?;
        Self::joined(&name, layers)
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Toml,
    Csv,
}

fn kind_of(path: &Path) -> Option<Kind> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "toml" => Some(Kind::Toml),
        "csv" | "tsv" => Some(Kind::Csv),
        _ => None,
    }
}

fn read_file(path: &Path, name: &str) -> Result<Lexicon> {
    let unreadable = |source| ErrorKind::Input { path: path.to_path_buf(), source };
    let Some(kind) = kind_of(path) else {
        return Err(fault(path, format!("is no lexicon: it is neither {ENGLISH_FRAMING} nor a .toml or .csv file")));
    };
    if std::fs::metadata(path).map_err(unreadable)?.len() > LARGEST_FILE {
        return Err(fault(path, format!("is larger than {} MiB", LARGEST_FILE >> 20)));
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    let content = std::str::from_utf8(&bytes).map_err(|e| {
        let line = bytes[..e.valid_up_to()].iter().filter(|&&b| b == b'\n').count() + 1;
        ErrorKind::Lexicon {
            position: Position::line(path, line),
            message: "is not UTF-8; save it as UTF-8 (\"CSV UTF-8\" in Excel)".into(),
        }
    })?;
    let content = content.strip_prefix('\u{FEFF}').unwrap_or(content);
    match kind {
        Kind::Toml => Lexicon::from_toml(name, [(&*path.to_string_lossy(), content)]),
        Kind::Csv => from_csv(name, path, content),
    }
}

fn fault(path: &Path, message: String) -> crate::error::Error {
    ErrorKind::Lexicon { position: Position::file(path), message }.into()
}
