//! Characters that are not what they seem: text decoded twice, invisible marks, quotation marks that are none.

/// What is odd about a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Oddities {
    /// Characters that were UTF-8 and were read as something else (`â€™`).
    pub mojibake: usize,
    /// Characters that do not show: zero-width spaces, soft hyphens, marks of direction, controls.
    pub invisible: usize,
    /// Characters that stand for quotation marks and are others: `´`, primes.
    pub odd_quotes: usize,
    /// Letters of another script that look like Latin ones, inside a word of Latin letters.
    pub look_alikes: usize,
}

/// Counts what is odd about a text. Plain ASCII without controls costs one look.
#[must_use]
pub fn oddities(text: &str) -> Oddities {
    let mut found = Oddities::default();
    if text.is_ascii() {
        found.invisible = text.bytes().filter(|&b| is_control(b)).count();
        return found;
    }
    let mut counts = Sequences::default();
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let after = || text.get(at + c.len_utf8()..).and_then(|rest| rest.chars().next()).is_some_and(|c| c.is_ascii_alphabetic());
        found.look_alikes += usize::from(is_look_alike(c) && (before.is_ascii_alphabetic() || after()));
        before = c;
        if c.is_ascii() {
            found.invisible += usize::from(is_control(c as u8));
            continue;
        }
        match c {
            '\u{AD}'
            | '\u{200B}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'
            | '\u{2066}'..='\u{2069}'
            | '\u{FEFF}'
            | '\u{E0000}'..='\u{E007F}' => found.invisible += 1,
            '´' | '′' | '″' | '‵' | '‶' | '〝' | '〞' => found.odd_quotes += 1,
            'Â'..='ô' => {
                if let Some((meant, _)) = text.get(at..).and_then(meant) {
                    counts.add(c, meant);
                }
            }
            _ => {}
        }
    }
    found.mojibake = counts.told();
    found
}

/// Cyrillic and Greek letters that are drawn like Latin ones. Those that stand for a unit or a quantity (`μm`) are none.
const fn is_look_alike(c: char) -> bool {
    matches!(
        c,
        'а' | 'е'
            | 'о'
            | 'р'
            | 'с'
            | 'у'
            | 'х'
            | 'і'
            | 'ј'
            | 'ѕ'
            | 'һ'
            | 'ԁ'
            | 'А'
            | 'В'
            | 'Е'
            | 'К'
            | 'М'
            | 'Н'
            | 'О'
            | 'Р'
            | 'С'
            | 'Т'
            | 'Х'
            | 'І'
            | 'Ј'
            | 'Ѕ'
            | 'Α'
            | 'Β'
            | 'Ε'
            | 'Ζ'
            | 'Η'
            | 'Ι'
            | 'Κ'
            | 'Μ'
            | 'Ν'
            | 'Ο'
            | 'Ρ'
            | 'Τ'
            | 'Υ'
            | 'Χ'
            | 'ο'
            | 'ν'
    )
}

fn is_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\n' | b'\r' | b'\t' | 0x0C)
}

/// Sequences by how sure they are: one such as `â€™` or `Ã©` is nothing else; of others one may be chance (`É”`).
#[derive(Default)]
struct Sequences {
    sure: usize,
    other: usize,
}

impl Sequences {
    fn add(&mut self, lead: char, meant: char) {
        let sure = matches!(lead, 'Â' | 'Ã' | 'â') && matches!(meant, '\u{A0}'..='\u{FF}' | '\u{2010}'..='\u{2044}' | '€' | '™');
        if sure { self.sure += 1 } else { self.other += 1 }
    }

    fn told(&self) -> usize {
        if self.sure > 0 || self.other > 2 { self.sure + self.other } else { 0 }
    }
}

/// The character that the start of a text was before it was decoded as Windows-1252, and the bytes it takes now.
fn meant(text: &str) -> Option<(char, usize)> {
    let mut bytes = [0u8; 4];
    let mut filled = 0;
    let mut length = 0;
    let mut wanted = 1;
    for c in text.chars().take(4) {
        let byte = windows_1252(c)?;
        if filled == 0 {
            wanted = match byte {
                0xC2..=0xDF => 2,
                0xE0..=0xEF => 3,
                0xF0..=0xF4 => 4,
                _ => return None,
            };
        }
        *bytes.get_mut(filled)? = byte;
        filled += 1;
        length += c.len_utf8();
        if filled == wanted {
            let decoded = std::str::from_utf8(bytes.get(..filled)?).ok()?;
            return decoded.chars().next().filter(|c| !c.is_control()).map(|c| (c, length));
        }
    }
    None
}

/// The byte of a character in Windows-1252; the five bytes that it leaves open stand for their control characters.
fn windows_1252(c: char) -> Option<u8> {
    let code = c as u32;
    if matches!(code, 0x80..=0xFF) {
        return u8::try_from(code).ok();
    }
    const HIGH: [(char, u8); 27] = [
        ('€', 0x80),
        ('‚', 0x82),
        ('ƒ', 0x83),
        ('„', 0x84),
        ('…', 0x85),
        ('†', 0x86),
        ('‡', 0x87),
        ('ˆ', 0x88),
        ('‰', 0x89),
        ('Š', 0x8A),
        ('‹', 0x8B),
        ('Œ', 0x8C),
        ('Ž', 0x8E),
        ('‘', 0x91),
        ('’', 0x92),
        ('“', 0x93),
        ('”', 0x94),
        ('•', 0x95),
        ('–', 0x96),
        ('—', 0x97),
        ('˜', 0x98),
        ('™', 0x99),
        ('š', 0x9A),
        ('›', 0x9B),
        ('œ', 0x9C),
        ('ž', 0x9E),
        ('Ÿ', 0x9F),
    ];
    HIGH.iter().find(|(high, _)| *high == c).map(|(_, byte)| *byte)
}

/// The text as it was before it was decoded wrongly, as often as it was; what is no such sequence stays.
#[must_use]
pub fn mended(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..3 {
        if oddities(&text).mojibake == 0 {
            break;
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some(c) = rest.chars().next() {
            let (c, length) = if matches!(c, 'Â'..='ô') { meant(rest).unwrap_or((c, c.len_utf8())) } else { (c, c.len_utf8()) };
            out.push(c);
            rest = rest.get(length..).unwrap_or("");
        }
        text = out;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{mended, oddities};

    #[test]
    fn text_that_was_decoded_wrongly() {
        let bad = "He said â€œnoâ€\u{9d} to the ministerâ€™s cafÃ©, Â£5.";
        assert_eq!(oddities(bad).mojibake, 5);
        assert_eq!(mended(bad), "He said “no” to the minister’s café, £5.");
        assert_eq!(mended("ministerÃ¢â‚¬â„¢s"), "minister’s");
    }

    #[test]
    fn text_that_was_not() {
        for fine in ["“CAFÉ” said the sign; “MENÜ”…", "Ça va, São Paulo – naïve", "plain", "KÖ–Berlin", "Москва", "L’Été"]
        {
            assert_eq!(oddities(fine).mojibake, 0, "{fine}");
            assert_eq!(mended(fine), fine);
        }
    }

    #[test]
    fn letters_of_other_scripts_that_look_alike() {
        // The first and the last word hold Cyrillic letters, the second is Cyrillic altogether.
        assert_eq!(oddities("rеgime режим 5 μm α-wave tеrrоr").look_alikes, 1 + 2);
        assert_eq!(oddities("the regime of café owners").look_alikes, 0);
    }

    #[test]
    fn what_does_not_show() {
        let found = oddities("a\u{200B}b\u{AD}c\u{202E}d\u{1}´e´");
        assert_eq!((found.invisible, found.odd_quotes), (4, 2));
        assert_eq!(oddities("a\u{1}\tb\r\n").invisible, 1);
    }
}
