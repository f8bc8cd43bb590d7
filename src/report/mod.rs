//! stub
use crate::analysis::findings::Findings;
use crate::charts::Chart;
/// o
#[derive(Debug)]
pub struct ReportOptions<'o> { /// t
pub title: &'o str, /// t
pub tool: &'o str }
/// r
/// # Errors
/// e
pub fn render(_f: &Findings<'_>, _c: &[(&Chart, String)], o: &ReportOptions<'_>, out: &mut dyn std::io::Write) -> std::io::Result<()> { write!(out, "{}{}", o.title, o.tool) }
