//! What charts are drawn on: plotters' elements, one by one, in groups that say which row of the table they show.
//!
//! Plotters places everything on whole pixels, so charts are drawn at four times their size and shown by `viewBox`. It knows no
//! groups and has no accessibility output: each element is drawn by itself and put where it belongs, in a document with title,
//! description and role.

use plotters::drawing::IntoDrawingArea;
use plotters::element::{Circle, Drawable, PathElement, PointCollection, Polygon, Rectangle, Text};
use plotters::prelude::SVGBackend;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontStyle, IntoFont, RGBColor, ShapeStyle, TextStyle};

use crate::error::{Error, ErrorKind, Result};
use crate::tables::row::Row;
use crate::voice::mask::Voice;

use super::label::{clean, fitting, label, wrapped};
use super::theme::{INK, MARGIN, MUTED, NAME_SIZE, NOTE_SIZE, TEXT_SIZE, WIDTH};

/// Units drawn for each unit shown.
const SCALE: f64 = 4.0;
const FAMILY: &str = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Noto Sans', 'DejaVu Sans', sans-serif";
/// Bytes of a chart: what makes it larger is left out, and said to be.
pub const LARGEST: usize = 60_000;

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
#[derive(Debug)]
pub struct Canvas {
    chart: &'static str,
    body: String,
}

impl Canvas {
    /// Draws one element and keeps what it is in SVG.
    fn put<E>(&mut self, element: &E) -> Result<()>
    where
        for<'b> &'b E: PointCollection<'b, (i32, i32)>,
        for<'s> E: Drawable<SVGBackend<'s>>,
    {
        let mut document = String::new();
        {
            // Plotters moves what lies outside to the edge.
            let area = SVGBackend::with_string(&mut document, (FARTHEST, FARTHEST)).into_drawing_area();
            let drawn = area.draw(element).and_then(|()| area.present());
            drawn.map_err(|e| Error::from(ErrorKind::Chart { chart: self.chart, message: e.to_string() }))?;
        }
        let inside = document.split_once(">\n").map_or("", |(_, rest)| rest);
        self.body.push_str(&compact(inside.strip_suffix("</svg>\n").unwrap_or(inside)));
        Ok(())
    }

    /// What shows a row of the chart's table: `paint` draws it, and the values of the columns named, as the table has them, stand
    /// beside it as `data-COLUMN`.
    ///
    /// # Errors
    /// What drawing says.
    pub fn datum<R: Row>(&mut self, row: &R, columns: &[&str], paint: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        self.group(row, columns, "", paint)
    }

    /// What shows several rows that are alike in the columns named.
    ///
    /// # Errors
    /// What drawing says.
    pub fn data<R: Row>(&mut self, row: &R, columns: &[&str], rows: usize, paint: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        self.group(row, columns, &format!(" data-rows=\"{rows}\""), paint)
    }

    fn group<R: Row>(&mut self, row: &R, columns: &[&str], more: &str, paint: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        self.body.push_str("<g");
        let mut names = R::COLUMNS.iter();
        row.cells(&mut |value, _| {
            if let Some(column) = names.next().filter(|column| columns.contains(&column.name)) {
                self.body.push_str(&format!(" data-{}=\"{}\"", column.name, escape(&clean(value))));
            }
        });
        self.body.push_str(more);
        self.body.push('>');
        paint(self)?;
        self.body.push_str("</g>\n");
        Ok(())
    }

    /// What a pointer resting on a group is told.
    pub fn hint(&mut self, text: &str) {
        self.body.push_str(&format!("<title>{}</title>", escape(&clean(text))));
    }

    /// Text whose middle height is at `y`.
    ///
    /// # Errors
    /// What plotters says.
    pub fn text(&mut self, (x, y): (f64, f64), text: &str, size: f64, colour: RGBColor, anchor: Anchor) -> Result<()> {
        self.styled((x, y), text, size, colour, anchor, FontStyle::Normal)
    }

    /// The same in bold.
    ///
    /// # Errors
    /// What plotters says.
    pub fn bold(&mut self, (x, y): (f64, f64), text: &str, size: f64, colour: RGBColor, anchor: Anchor) -> Result<()> {
        self.styled((x, y), text, size, colour, anchor, FontStyle::Bold)
    }

    fn styled(&mut self, point: (f64, f64), text: &str, size: f64, colour: RGBColor, anchor: Anchor, style: FontStyle) -> Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        let hpos = match anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        // Plotters writes a font size smaller than it is asked for, by this factor.
        let font = (FAMILY, size * SCALE * 1.24, style).into_font();
        let style = TextStyle::from(font).color(&colour).pos(Pos::new(hpos, VPos::Center));
        self.put(&Text::new(clean(text), at(point), style))
    }

    /// The title of the chart; what follows starts below 48.
    ///
    /// # Errors
    /// What plotters says.
    pub fn title(&mut self, title: &str) -> Result<()> {
        self.bold((MARGIN, 26.0), title, 18.0, INK, Anchor::Start)
    }

    /// A name that has so much room, cut where it is longer; whoever points at it reads it whole.
    ///
    /// # Errors
    /// What plotters says.
    pub fn name(&mut self, point: (f64, f64), name: &str, size: f64, colour: RGBColor, anchor: Anchor, room: f64) -> Result<()> {
        let shown = fitting(name, room, size);
        if shown == clean(name) {
            return self.text(point, &shown, size, colour, anchor);
        }
        self.body.push_str("<g>");
        self.hint(name);
        self.text(point, &shown, size, colour, anchor)?;
        self.body.push_str("</g>");
        Ok(())
    }

    /// Notes below each other, wrapped; gives where the next would stand.
    ///
    /// # Errors
    /// What plotters says.
    pub fn notes(&mut self, y: f64, notes: &[&str]) -> Result<f64> {
        self.paragraph(y, notes, NOTE_SIZE)
    }

    /// How to read the chart, below its title.
    ///
    /// # Errors
    /// What plotters says.
    pub fn how_to_read(&mut self, y: f64, lines: &[&str]) -> Result<f64> {
        self.paragraph(y, lines, TEXT_SIZE)
    }

    fn paragraph(&mut self, mut y: f64, lines: &[&str], size: f64) -> Result<f64> {
        for line in lines.iter().flat_map(|line| wrapped(line, WIDTH - 2.0 * MARGIN, size)) {
            self.text((MARGIN, y), &line, size, MUTED, Anchor::Start)?;
            y += size * 1.5;
        }
        Ok(y)
    }

    /// A straight line, or one with corners.
    ///
    /// # Errors
    /// What plotters says.
    pub fn line(&mut self, points: &[(f64, f64)], colour: RGBColor, width: f64) -> Result<()> {
        let style = ShapeStyle { color: colour.to_rgba(), filled: false, stroke_width: (width * SCALE).round() as u32 };
        self.put(&PathElement::new(points.iter().copied().map(at).collect::<Vec<_>>(), style))
    }

    /// A filled rectangle from its upper left to its lower right corner.
    ///
    /// # Errors
    /// What plotters says.
    pub fn area(&mut self, from: (f64, f64), to: (f64, f64), colour: RGBColor) -> Result<()> {
        self.put(&Rectangle::new([at(from), at(to)], colour.filled()))
    }

    /// A shade over a rectangle, light on light and dark on dark.
    ///
    /// # Errors
    /// What plotters says.
    pub fn shade(&mut self, from: (f64, f64), to: (f64, f64)) -> Result<()> {
        self.put(&Rectangle::new([at(from), at(to)], MUTED.mix(0.16).filled()))
    }

    /// A rectangle in a pale colour, on light and on dark.
    ///
    /// # Errors
    /// What plotters says.
    pub fn band(&mut self, from: (f64, f64), to: (f64, f64), colour: RGBColor) -> Result<()> {
        self.put(&Rectangle::new([at(from), at(to)], colour.mix(0.3).filled()))
    }

    /// A rectangle without filling.
    ///
    /// # Errors
    /// What plotters says.
    pub fn frame(&mut self, from: (f64, f64), to: (f64, f64), colour: RGBColor, width: f64) -> Result<()> {
        self.line(&[from, (to.0, from.1), to, (from.0, to.1), from], colour, width)
    }

    /// A filled shape.
    ///
    /// # Errors
    /// What plotters says.
    pub fn shape(&mut self, points: &[(f64, f64)], colour: RGBColor) -> Result<()> {
        self.put(&Polygon::new(points.iter().copied().map(at).collect::<Vec<_>>(), colour.filled()))
    }

    /// The mark of a voice: a full, a half or an empty circle.
    ///
    /// # Errors
    /// What plotters says.
    pub fn voice_mark(&mut self, centre: (f64, f64), voice: Voice, colour: RGBColor) -> Result<()> {
        const RADIUS: f64 = 5.5;
        if voice == Voice::Indirect {
            let half = (0..=10).map(|i| std::f64::consts::PI * (0.5 + f64::from(i) / 10.0));
            let half: Vec<(f64, f64)> = half.map(|a| (centre.0 + a.cos() * RADIUS, centre.1 + a.sin() * RADIUS)).collect();
            self.shape(&half, colour)?;
        }
        self.circle(centre, RADIUS, colour, voice == Voice::Narrator)
    }

    /// A mark that is full or empty.
    ///
    /// # Errors
    /// What plotters says.
    pub fn dot(&mut self, centre: (f64, f64), full: bool, colour: RGBColor) -> Result<()> {
        self.circle(centre, 5.5, colour, full)
    }

    /// A circle, full or empty.
    ///
    /// # Errors
    /// What plotters says.
    pub fn circle(&mut self, centre: (f64, f64), radius: f64, colour: RGBColor, full: bool) -> Result<()> {
        let edge = ShapeStyle { color: colour.to_rgba(), filled: false, stroke_width: (2.0 * SCALE) as u32 };
        let style = if full { colour.filled() } else { edge };
        self.put(&Circle::new(at(centre), (radius * SCALE).round() as i32, style))
    }
}

/// The most that a coordinate may be: no number of an input makes one that does not fit.
const FARTHEST: u32 = 1_000_000;

fn at((x, y): (f64, f64)) -> (i32, i32) {
    let whole = |n: f64| (n * SCALE).clamp(0.0, f64::from(FARTHEST)).round() as i32;
    (whole(x), whole(y))
}

/// An element without what the document says once for all and what is so anyway. Text holds no plain quotation marks.
fn compact(element: &str) -> String {
    let mut element = element
        .replace(" opacity=\"1\"", "")
        .replace(" stroke=\"none\" stroke-width=\"1\"", "")
        .replace(" text-anchor=\"start\"", "")
        .replace(" stroke=\"none\"", "")
        .replace(" \"/>", "\"/>")
        .replace("\n</text>\n", "</text>\n")
        // Ink follows the text around the chart, so that it can be read on light and on dark.
        .replace("\"#111112\"", "\"currentColor\"");
    if element.starts_with("<text") {
        element = element.replacen(">\n", ">", 1);
        if let (Some(from), Some(to)) = (element.find(" font-family=\""), element.find(" font-size=\"")) {
            element.replace_range(from..to, "");
        }
        let size = element.split_once(" font-size=\"").and_then(|(_, rest)| rest.split_once('"')).map(|(size, _)| size.to_owned());
        if let Some((size, value)) = size.and_then(|size| Some((size.clone(), size.parse::<f64>().ok()?))) {
            element = element.replacen(&size, &format!("{value:.0}"), 1);
        }
    }
    element
}

/// Draws a chart and makes it a document of its own: sized by its surroundings, with title, description and role. `paint` gives
/// the height that it took.
///
/// # Errors
/// What plotters says.
pub fn draw(chart: &'static str, title: &str, description: &str, paint: impl FnOnce(&mut Canvas) -> Result<f64>) -> Result<String> {
    let mut canvas = Canvas { chart, body: String::new() };
    let height = paint(&mut canvas)?;
    let (width, height) = (WIDTH * SCALE, (height * SCALE).round());
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"100%\" role=\"img\" \
         aria-labelledby=\"{chart}-t {chart}-d\" font-family=\"{FAMILY}\" style=\"max-width:{WIDTH}px;height:auto\">\n\
         <title id=\"{chart}-t\">{}</title>\n<desc id=\"{chart}-d\">{}</desc>\n{}</svg>\n",
        escape(&clean(title)),
        escape(&clean(&label(description, LONGEST_DESCRIPTION))),
        canvas.body
    ))
}

/// Characters of a description: it is read aloud, and the table has every number.
const LONGEST_DESCRIPTION: usize = 6_000;

/// Draws as many things as make a chart that is not too large, at most `most` and at least one.
///
/// # Errors
/// What drawing says.
pub fn fitted(most: usize, paint: impl Fn(usize) -> Result<String>) -> Result<String> {
    let mut count = most.max(1);
    loop {
        let svg = paint(count)?;
        if svg.len() <= LARGEST || count == 1 {
            return Ok(svg);
        }
        count = (count * LARGEST / svg.len()).clamp(1, count - 1);
    }
}

/// A card that says why there is nothing to draw.
///
/// # Errors
/// What plotters says.
pub fn no_chart(chart: &'static str, title: &str, reason: &str) -> Result<String> {
    draw(chart, title, reason, |canvas| {
        canvas.title(title)?;
        let end = canvas.paragraph(58.0, &[reason], NAME_SIZE)?;
        Ok(end + 6.0)
    })
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::{LARGEST, fitted, no_chart};

    #[test]
    fn a_card_is_xml_with_a_title() {
        let svg = no_chart("rates", "A <b> & \"c\"", "because \u{0} opacity=\"1\" #111112").unwrap();
        assert!(svg.starts_with("<svg xmlns="));
        assert!(svg.contains("<title id=\"rates-t\">A &lt;b&gt; &amp; &quot;c&quot;</title>"));
        assert!(!svg.contains("<b>") && !svg.contains('\u{0}'));
        // What text says is not taken for what plotters says.
        assert!(svg.contains("opacity=&quot;1&quot; #111112</text>"), "{svg}");
    }

    #[test]
    fn a_long_reason_takes_several_lines() {
        let svg = no_chart("rates", "Title", &"many words ".repeat(40)).unwrap();
        // The title, and five lines.
        assert_eq!(svg.matches("<text").count(), 6);
    }

    #[test]
    fn what_is_too_large_is_drawn_with_less() {
        let counts = std::cell::RefCell::new(Vec::new());
        let svg = fitted(100, |count| {
            counts.borrow_mut().push(count);
            Ok("x".repeat(count * 1_000))
        });
        assert_eq!(svg.unwrap().len(), LARGEST);
        assert_eq!(*counts.borrow(), [100, 60]);
        assert_eq!(fitted(3, |_| Ok("x".repeat(LARGEST + 1))).unwrap().len(), LARGEST + 1);
    }
}
