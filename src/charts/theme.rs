//! One look for all charts: sizes and colours.
//!
//! Colours are Okabe and Ito's, which people who see red and green alike tell apart; none says anything alone, a shape or a word
//! says it too. Outlets have no colours of their own.

use plotters::style::RGBColor;

use crate::voice::mask::Voice;

/// Text and marks; becomes the colour of the text around the chart.
pub const INK: RGBColor = RGBColor(0x11, 0x11, 0x12);
/// Notes, axes and what must not be compared; readable on light and on dark.
pub const MUTED: RGBColor = RGBColor(0x76, 0x76, 0x76);
/// Guide lines.
pub const GRID: RGBColor = RGBColor(0xB4, 0xB4, 0xB4);
/// Text in a light cell, whatever stands around the chart.
pub const ON_LIGHT: RGBColor = RGBColor(0x1A, 0x1A, 0x1A);
/// Text in a dark cell.
pub const ON_DARK: RGBColor = RGBColor(0xFF, 0xFF, 0xFF);
/// Okabe & Ito's blue.
pub const BLUE: RGBColor = RGBColor(0x00, 0x72, 0xB2);
/// Okabe & Ito's orange.
pub const ORANGE: RGBColor = RGBColor(0xE6, 0x9F, 0x00);
/// Okabe & Ito's bluish green.
pub const GREEN: RGBColor = RGBColor(0x00, 0x9E, 0x73);

/// Width of every chart, in units shown.
pub const WIDTH: f64 = 960.0;
/// Space at the left and right edge.
pub const MARGIN: f64 = 24.0;
/// Outlets drawn at most; the rest stands in the table.
pub const OUTLETS: usize = 40;
/// Size of what is read first: names and forms.
pub const NAME_SIZE: f64 = 14.0;
/// Size of legends and numbers.
pub const TEXT_SIZE: f64 = 13.0;
/// Size of notes and axes.
pub const NOTE_SIZE: f64 = 12.0;

/// The colour of a voice; its mark differs as well.
#[must_use]
pub const fn voice_colour(voice: Voice) -> RGBColor {
    match voice {
        Voice::Narrator => BLUE,
        Voice::Indirect => GREEN,
        Voice::Direct => ORANGE,
    }
}

/// A voice in words for people.
#[must_use]
pub const fn voice_words(voice: Voice) -> &'static str {
    match voice {
        Voice::Narrator => "the outlet’s own words",
        Voice::Indirect => "reported speech",
        Voice::Direct => "inside quotation marks",
    }
}

/// A voice by its code in tables.
#[must_use]
pub fn voice_of(code: &str) -> Voice {
    Voice::ALL.into_iter().find(|v| v.as_str() == code).unwrap_or(Voice::Narrator)
}

/// A colour for a share from 0 to 1, light to dark, and the colour of text on it.
#[must_use]
pub fn ramp(share: f64) -> (RGBColor, RGBColor) {
    // The lightest tenth is nearly the paper's white, where a cell could not be told from none.
    let share = share.clamp(0.0, 1.0);
    let colour = colorous::BLUES.eval_continuous(0.06 + 0.94 * share);
    (RGBColor(colour.r, colour.g, colour.b), if share > 0.55 { ON_DARK } else { ON_LIGHT })
}
