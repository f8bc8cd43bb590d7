//! What the control words of rich text stand for.

use encoding_rs::Encoding;

/// The characters that a control word stands for.
#[must_use]
pub fn symbol_of(word: &str) -> Option<&'static str> {
    Some(match word {
        "line" | "softline" | "lbr" => "\n",
        "tab" => "\t",
        "emdash" => "—",
        "endash" => "–",
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "bullet" => "•",
        "emspace" | "enspace" | "qmspace" => " ",
        "zwj" => "\u{200D}",
        "zwnj" => "\u{200C}",
        "ltrmark" => "\u{200E}",
        "rtlmark" => "\u{200F}",
        _ => return None,
    })
}

/// Destinations that came before `\*` did, whose text is not the document's.
#[must_use]
pub fn is_destination(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "colortbl",
        "stylesheet",
        "info",
        "pict",
        "object",
        "objdata",
        "header",
        "headerl",
        "headerr",
        "headerf",
        "footer",
        "footerl",
        "footerr",
        "footerf",
        "footnote",
        "annotation",
        "atnid",
        "atnauthor",
        "fldinst",
        "themedata",
        "colorschememapping",
        "latentstyles",
        "datastore",
        "listtable",
        "listoverridetable",
        "revtbl",
        "rsidtbl",
        "filetbl",
        "generator",
        "xe",
        "tc",
        "bkmkstart",
        "bkmkend",
        "sp",
        "nonshppict",
        "pntext",
        "listtext",
        "ftnsep",
        "ftnsepc",
        "aftnsep",
        "aftnsepc",
        "private",
        "shprslt",
        "pgdsctbl",
        "xmlnstbl",
        "mmathPr",
        "nonesttables",
    ];
    WORDS.contains(&word)
}

/// The encoding of a code page by its number.
#[must_use]
pub fn code_page(number: i32) -> Option<&'static Encoding> {
    match number {
        65001 => Some(encoding_rs::UTF_8),
        10000 => Some(encoding_rs::MACINTOSH),
        10007 => Some(encoding_rs::X_MAC_CYRILLIC),
        932 => Some(encoding_rs::SHIFT_JIS),
        936 | 54936 => Some(encoding_rs::GBK),
        949 | 1361 => Some(encoding_rs::EUC_KR),
        950 => Some(encoding_rs::BIG5),
        866 => Some(encoding_rs::IBM866),
        874 => Some(encoding_rs::WINDOWS_874),
        28591..=28605 => Encoding::for_label(format!("iso-8859-{}", number - 28590).as_bytes()),
        1250..=1258 => Encoding::for_label(format!("windows-{number}").as_bytes()),
        _ => None,
    }
}

/// The code page of a font by the number of its character set; nothing where the document's own holds.
#[must_use]
pub fn charset(number: i32) -> Option<&'static Encoding> {
    let page = match number {
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178..=180 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    };
    code_page(page)
}
