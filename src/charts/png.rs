//! Charts in pixels, with fonts of our own: the same picture on every machine.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};
use skrifa::{FontRef, MetadataProvider};

use crate::error::{Error, ErrorKind, Result};

use super::theme::WIDTH;

/// Pixels for each unit shown.
const PIXELS: f32 = 2.0;
/// Latin, Greek and Cyrillic, in two weights; Arabic; Hebrew. All under the SIL Open Font License, whose text lies beside them.
const FACES: [&[u8]; 4] = [
    include_bytes!("../../fonts/Inter-Regular.ttf"),
    include_bytes!("../../fonts/Inter-SemiBold.ttf"),
    include_bytes!("../../fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../../fonts/NotoSansHebrew-Regular.ttf"),
];

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    FACES.iter().for_each(|face| fonts.load_font_data(face.to_vec()));
    fonts.set_sans_serif_family("Inter");
    fonts.set_serif_family("Inter");
    Arc::new(fonts)
});

/// What stands for a character that no font here has.
const BOX: char = '▢';

/// A chart in pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The file.
    pub png: Vec<u8>,
    /// Characters that no font here has, in order, each once: boxes stand for them.
    pub unknown: Vec<char>,
}

/// Draws a chart's SVG on white.
///
/// # Errors
/// When the SVG cannot be read or is too large for memory.
pub fn picture(chart: &'static str, svg: &str) -> Result<Picture> {
    let failed = |message: String| Error::from(ErrorKind::Chart { chart, message });
    let options = Options { fontdb: FONTS.clone(), font_family: "Inter".to_owned(), ..Options::default() };
    let unknown = unknown(svg);
    // Left to itself resvg draws nothing there, and a name would be gone.
    let drawn: String = svg.chars().map(|c| if unknown.binary_search(&c).is_ok() { BOX } else { c }).collect();
    let tree = Tree::from_str(&drawn, &options).map_err(|e| failed(e.to_string()))?;
    let size = tree.size();
    let scale = PIXELS * WIDTH as f32 / size.width();
    let [width, height] = [size.width(), size.height()].map(|side| (side * scale).round() as u32);
    let mut pixels = Pixmap::new(width, height).ok_or_else(|| failed(format!("no room for {width} × {height} pixels")))?;
    pixels.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    let png = pixels.encode_png().map_err(|e| failed(e.to_string()))?;
    Ok(Picture { png, unknown })
}

/// Characters of texts that no face has. What is not shown has no face either.
fn unknown(svg: &str) -> Vec<char> {
    let faces: Vec<_> = FACES.iter().filter_map(|face| FontRef::new(face).ok()).map(|face| face.charmap()).collect();
    let texts = svg.split("<text").skip(1).filter_map(|rest| rest.split_once('>')?.1.split_once("</text>"));
    let mut found: Vec<char> = texts.flat_map(|(text, _)| text.chars()).filter(|c| !c.is_whitespace()).collect();
    found.sort_unstable();
    found.dedup();
    found.retain(|&c| {
        !matches!(c, '\u{200B}'..='\u{200F}' | '\u{FE00}'..='\u{FE0F}' | '\u{AD}') && !faces.iter().any(|f| f.map(c).is_some())
    });
    found
}

#[cfg(test)]
mod tests {
    use super::picture;
    use crate::charts::canvas::no_chart;

    /// The size is written in the file after its first sixteen bytes.
    #[test]
    fn a_card_is_a_picture_of_twice_its_size() {
        let svg = no_chart("rates", "Title", "Reason").unwrap();
        let found = picture("rates", &svg).unwrap();
        assert_eq!(found.png.get(..8), Some(&b"\x89PNG\r\n\x1a\n"[..]));
        assert_eq!(found.png.get(16..20), Some(&1920u32.to_be_bytes()[..]));
        assert_eq!(found.unknown, []);
    }

    #[test]
    fn what_no_font_has_is_told() {
        let svg = no_chart("rates", "Ωmega Ж ש ع “é”", "新 text 聞 新").unwrap();
        assert_eq!(picture("rates", &svg).unwrap().unknown, ['新', '聞']);
        let blank = no_chart("rates", "Title", "").unwrap();
        let word = no_chart("rates", "Title", "שלום مرحبا").unwrap();
        assert_ne!(picture("rates", &blank).unwrap().png, picture("rates", &word).unwrap().png, "words are drawn");
    }
}
