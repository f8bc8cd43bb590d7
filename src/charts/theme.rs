//! One look for all charts: sizes, colours, marks, and what plotters leaves out.
//!
//! Plotters places everything on whole pixels, so charts are drawn at four times their size and shown by `viewBox`. It has
//! no accessibility output: title, description and role are put in afterwards.

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Circle, PathElement, Polygon, Text};
use plotters::prelude::SVGBackend;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontStyle, IntoFont, RGBColor, ShapeStyle, TextStyle};

use crate::error::{Error, ErrorKind, Result};
use crate::voice::mask::Voice;

/// Text and marks; becomes the colour of the text around the chart.
pub const INK: RGBColor = RGBColor(0x11, 0x11, 0x12);
/// Notes, axes and what must not be compared; readable on light and on dark.
pub const MUTED: RGBColor = RGBColor(0x76, 0x76, 0x76);
/// Guide lines.
pub const GRID: RGBColor = RGBColor(0xB4, 0xB4, 0xB4);
/// Okabe & Ito's blue.
pub const BLUE: RGBColor = RGBColor(0x00, 0x72, 0xB2);
/// Okabe & Ito's orange.
pub const ORANGE: RGBColor = RGBColor(0xE6, 0x9F, 0x00);
/// Okabe & Ito's bluish green.
pub const GREEN: RGBColor = RGBColor(0x00, 0x9E, 0x73);

/// Width of every chart, in units shown.
pub const WIDTH: i32 = 960;
/// Units drawn for each unit shown.
const SCALE: i32 = 4;
/// Plotters writes a font size smaller than it is asked for, by this factor.
const FONT: f64 = 1.24;
const FAMILY: &str = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Noto Sans', 'DejaVu Sans', sans-serif";
/// Longest label, in characters.
pub const LONGEST_LABEL: usize = 40;

/// The colour of a voice; its mark differs as well.
#[must_use]
pub const fn voice_colour(voice: Voice) -> RGBColor {
    match voice {
        Voice::Narrator => BLUE,
        Voice::Indirect => GREEN,
        Voice::Direct => ORANGE,
    }
}

/// Where text stands against its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The point is at its left end.
    Start,
    /// The point is in its middle.
    Middle,
    /// The point is at its right end.
    End,
}

/// A chart in the making. Coordinates are units shown, from the upper left.
pub struct Canvas<'s> {
    area: DrawingArea<SVGBackend<'s>, Shift>,
    chart: &'static str,
}

impl<'s> Canvas<'s> {
    fn new(svg: &'s mut String, height: i32, chart: &'static str) -> Self {
        let unsigned = |n: i32| u32::try_from(n * SCALE).unwrap_or(0);
        Self { area: SVGBackend::with_string(svg, (unsigned(WIDTH), unsigned(height))).into_drawing_area(), chart }
    }

    fn told<E: std::error::Error + Send + Sync>(
        &self,
        drawn: std::result::Result<(), plotters::drawing::DrawingAreaErrorKind<E>>,
    ) -> Result<()> {
        drawn.map_err(|e| Error::from(ErrorKind::Chart { chart: self.chart, message: e.to_string() }))
    }

    /// Text whose middle height is at `y`.
    ///
    /// # Errors
    /// What plotters says.
    pub fn text(&self, (x, y): (f64, f64), text: &str, size: f64, colour: RGBColor, anchor: Anchor, bold: bool) -> Result<()> {
        let style = if bold { FontStyle::Bold } else { FontStyle::Normal };
        let hpos = match anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let font = (FAMILY, size * FONT * f64::from(SCALE), style).into_font();
        let style = TextStyle::from(font).color(&colour).pos(Pos::new(hpos, VPos::Center));
        self.told(self.area.draw(&Text::new(clean(text), at((x, y)), style)))
    }

    /// A straight line.
    ///
    /// # Errors
    /// What plotters says.
    pub fn line(&self, from: (f64, f64), to: (f64, f64), colour: RGBColor, width: f64) -> Result<()> {
        let style = ShapeStyle { color: colour.to_rgba(), filled: false, stroke_width: (width * f64::from(SCALE)).round() as u32 };
        self.told(self.area.draw(&PathElement::new(vec![at(from), at(to)], style)))
    }

    /// The mark of a voice: a full, a half or an empty circle.
    ///
    /// # Errors
    /// What plotters says.
    pub fn voice_mark(&self, centre: (f64, f64), voice: Voice, colour: RGBColor) -> Result<()> {
        const RADIUS: f64 = 5.5;
        let edge = ShapeStyle { color: colour.to_rgba(), filled: false, stroke_width: 2 * SCALE.unsigned_abs() };
        let radius = (RADIUS * f64::from(SCALE)).round() as i32;
        match voice {
            Voice::Narrator => self.told(self.area.draw(&Circle::new(at(centre), radius, colour.filled()))),
            Voice::Direct => self.told(self.area.draw(&Circle::new(at(centre), radius, edge))),
            Voice::Indirect => {
                self.told(self.area.draw(&Polygon::new(half_circle(at(centre), radius), colour.filled())))?;
                self.told(self.area.draw(&Circle::new(at(centre), radius, edge)))
            }
        }
    }

    /// A mark that is full or empty.
    ///
    /// # Errors
    /// What plotters says.
    pub fn dot(&self, centre: (f64, f64), full: bool, colour: RGBColor) -> Result<()> {
        self.voice_mark(centre, if full { Voice::Narrator } else { Voice::Direct }, colour)
    }
}

fn half_circle((x, y): (i32, i32), radius: i32) -> Vec<(i32, i32)> {
    (0..=24)
        .map(|i| std::f64::consts::PI * (0.5 + f64::from(i) / 24.0))
        .map(|a| (x + (a.cos() * f64::from(radius)) as i32, y + (a.sin() * f64::from(radius)) as i32))
        .collect()
}

fn at((x, y): (f64, f64)) -> (i32, i32) {
    ((x * f64::from(SCALE)).round() as i32, (y * f64::from(SCALE)).round() as i32)
}

/// Draws a chart and makes it a document of its own: sized by its surroundings, with title, description and role.
///
/// # Errors
/// What plotters says.
pub fn draw(
    chart: &'static str,
    title: &str,
    description: &str,
    height: i32,
    paint: impl FnOnce(&Canvas<'_>) -> Result<()>,
) -> Result<String> {
    let mut svg = String::new();
    {
        let canvas = Canvas::new(&mut svg, height, chart);
        paint(&canvas)?;
        canvas.told(canvas.area.present())?;
    }
    let (width, height) = (WIDTH * SCALE, height * SCALE);
    let open = format!("<svg width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" xmlns=\"http://www.w3.org/2000/svg\">");
    let head = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"100%\" role=\"img\" aria-labelledby=\"{chart}-t {chart}-d\" \
         style=\"max-width:{WIDTH}px;height:auto\"><title id=\"{chart}-t\">{}</title><desc id=\"{chart}-d\">{}</desc>",
        escape(&clean(title)),
        escape(&clean(description))
    );
    // Ink follows the text around the chart, so that it can be read on light and on dark.
    Ok(svg.replacen(&open, &head, 1).replace("#111112", "currentColor"))
}

/// A card that says why there is nothing to draw.
///
/// # Errors
/// What plotters says.
pub fn no_chart(chart: &'static str, title: &str, reason: &str) -> Result<String> {
    draw(chart, title, reason, 110, |canvas| {
        canvas.text((24.0, 36.0), title, 18.0, INK, Anchor::Start, true)?;
        canvas.text((24.0, 72.0), reason, 14.0, MUTED, Anchor::Start, false)
    })
}

/// A label: without control characters and no longer than `longest` characters.
#[must_use]
pub fn label(text: &str, longest: usize) -> String {
    let text = clean(text);
    if text.chars().count() <= longest {
        return text;
    }
    let cut: String = text.chars().take(longest.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}

/// Text without what XML forbids or what would turn the direction of writing of what follows.
fn clean(text: &str) -> String {
    let kept = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c });
    kept.filter(|&c| !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')).collect()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::{label, no_chart};

    #[test]
    fn labels_are_short_and_clean() {
        assert_eq!(label("a\u{1b}b\nc\u{202e}", 40), "ab c");
        assert_eq!(label("abcdef", 4), "abc…");
    }

    #[test]
    fn a_card_is_xml_with_a_title() {
        let svg = no_chart("rates", "A <b> & \"c\"", "because \u{0}").unwrap();
        assert!(svg.starts_with("<svg xmlns="));
        assert!(svg.contains("<title id=\"rates-t\">A &lt;b&gt; &amp; &quot;c&quot;</title>"));
        assert!(!svg.contains("<b>") && !svg.contains('\u{0}'));
    }
}
