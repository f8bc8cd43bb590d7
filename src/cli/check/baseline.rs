//! Known findings: a file that a team keeps beside its texts, so that a check tells only what is new.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use retold::error::{ErrorKind, Result};
use serde::{Deserialize, Serialize};

use super::super::emit::file;
use super::super::terminal::clean_json;
use super::finding::Finding;
use super::result::{SCHEMA_VERSION, TOOL};

#[derive(Deserialize, Serialize)]
struct File {
    schema_version: u32,
    tool: String,
    findings: Vec<Known>,
}

/// One known finding; the entry is there for people who read the file.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq, Eq, PartialOrd, Ord)]
struct Known {
    path: String,
    fingerprint: String,
    lexicon_id: String,
}

/// What a baseline knows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Baseline {
    /// Files in which a fingerprint is known, a file as often as it is.
    known: BTreeMap<String, Vec<String>>,
}

impl Baseline {
    /// Reads a baseline.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let content = std::fs::read_to_string(path).map_err(|source| ErrorKind::Input { path: path.to_path_buf(), source })?;
        let fault = |message: String| ErrorKind::Baseline { path: path.to_path_buf(), message };
        let content = content.strip_prefix('\u{FEFF}').unwrap_or(&content);
        let file: File = serde_json::from_str(content).map_err(|e| fault(format!("is no baseline: {e}")))?;
        if file.tool != TOOL || file.schema_version != SCHEMA_VERSION {
            return Err(fault(format!("is no baseline of this version ({TOOL}, schema_version {SCHEMA_VERSION})")).into());
        }
        let mut known: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for finding in file.findings {
            known.entry(finding.fingerprint).or_default().push(finding.path);
        }
        Ok(Self { known })
    }

    /// Takes out what is known, and tells how many were. A known finding counts once: in its file, or, where that file is not
    /// among those read, in another, since files are renamed.
    pub(crate) fn take_out(mut self, findings: &mut Vec<Finding<'_>>, read: &BTreeSet<&str>) -> usize {
        let before = findings.len();
        self.take_out_where(findings, |known, path| known == path);
        self.take_out_where(findings, |known, _| !read.contains(known));
        before - findings.len()
    }

    fn take_out_where(&mut self, findings: &mut Vec<Finding<'_>>, same: impl Fn(&str, &str) -> bool) {
        findings.retain(|finding| {
            let paths = self.known.get_mut(&finding.fingerprint.to_string());
            let at = paths.as_ref().and_then(|paths| paths.iter().position(|known| same(known, finding.path)));
            if let (Some(paths), Some(at)) = (paths, at) {
                paths.remove(at);
                return false;
            }
            true
        });
    }
}

/// Writes all findings as known, in order of file and fingerprint.
pub(crate) fn write(path: &Path, findings: &[Finding<'_>]) -> Result<()> {
    let known = |finding: &Finding<'_>| Known {
        path: finding.path.to_owned(),
        fingerprint: finding.fingerprint.to_string(),
        lexicon_id: finding.entry.id.clone(),
    };
    let mut findings: Vec<Known> = findings.iter().map(known).collect();
    findings.sort();
    let known = File { schema_version: SCHEMA_VERSION, tool: TOOL.to_owned(), findings };
    let content = serde_json::to_string_pretty(&known).map_err(|e| ErrorKind::Output {
        action: "write",
        path: path.to_path_buf(),
        source: e.into(),
    })?;
    file(path, &(clean_json(&content) + "\n"))
}
