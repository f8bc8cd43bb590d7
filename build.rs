//! Turns the shipped lexicon from TOML, which people read and review, into JSON, which the program reads ten times as fast when
//! it starts. Nothing is checked here: the tests read both.

use std::path::{Path, PathBuf};

const FOLDER: &str = "lexicons/en/framing";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed={FOLDER}");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(FOLDER)?.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
    paths.retain(|path| path.extension().is_some_and(|e| e == "toml"));
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        let content = std::fs::read_to_string(&path)?;
        let mut file: toml::Table = toml::from_str(&content).map_err(|e| format!("{}: {e}", path.display()))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // Where each entry starts, for messages.
        let lines: Vec<usize> = (1..).zip(content.lines()).filter(|(_, line)| line.trim() == "[[entry]]").map(|(n, _)| n).collect();
        file.insert("path".into(), format!("{FOLDER}/{name}").into());
        file.insert("lines".into(), lines.into_iter().map(|n| toml::Value::Integer(n as i64)).collect::<Vec<_>>().into());
        files.push(file);
    }
    let out = std::env::var("OUT_DIR")?;
    std::fs::write(Path::new(&out).join("framing.json"), serde_json::to_string(&files)?)?;
    Ok(())
}
