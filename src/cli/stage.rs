//! `retold stage`: a step of a comparison as a filter, for an engine on many machines.

use retold::error::{ErrorKind, Result};

use super::args;
use super::terminal::Outcome;

/// Runs a step from standard input to standard output.
#[cfg(feature = "arrow")]
pub(crate) fn run(args: &args::Stage) -> Result<Outcome> {
    use std::io;

    use retold::corpus::furniture::Furniture;
    use retold::lexicon::load::Lexicon;
    use retold::stages::STAGES;
    use retold::stages::facts::Facts;
    use retold::stages::stage::{Given, refused};

    use super::emit::emit_text;

    let version = env!("CARGO_PKG_VERSION");
    if let Some(expected) = args.expect.as_deref().filter(|expected| *expected != version) {
        let message = format!("this is Retold {version}, and whoever starts it has {expected}");
        let mend = format!("install retold {expected} on every executor, or retold-spark {version} on the driver");
        return Err(refused(args.name.as_deref().unwrap_or("list"), message, mend));
    }
    let Some(name) = &args.name else {
        let text: String = STAGES.iter().map(|stage| format!("{:12} {}\n", stage.name, stage.about)).collect();
        emit_text(None, &text)?;
        return Ok(Outcome::Done);
    };
    let Some(stage) = STAGES.iter().find(|stage| stage.name == name) else {
        let names = STAGES.iter().map(|stage| stage.name).collect::<Vec<_>>().join(", ");
        return Err(ErrorKind::Usage { message: format!("\"{name}\" is no stage"), mend: format!("the stages are {names}") }.into());
    };
    if args.schema {
        let table =
            |table: &retold::stages::schema::Table| serde_json::json!({ "name": table.name, "about": table.about, "columns": table.sql() });
        let form = retold::stages::stage::FORM;
        let shown = serde_json::json!({ "stage": stage.name, "version": version, "form": form, "input": table(stage.input), "output": table(stage.output) });
        emit_text(None, &format!("{shown:#}\n"))?;
        return Ok(Outcome::Done);
    }
    let read = |path: &std::path::PathBuf| {
        let bytes = std::fs::read(path).map_err(|source| ErrorKind::Input { path: path.clone(), source })?;
        Facts::read(&bytes)
    };
    let options = args.reading.options()?;
    let lexicon = Lexicon::open(&args.lexicons.names)?;
    let given = Given {
        facts: args.facts.as_ref().map(read).transpose()?,
        options: &options,
        keep_names: args.reading.keeps_names(),
        furniture: if args.reading.keeps_furniture() { Furniture::Keep } else { Furniture::TakeOff },
        window: args.window,
        keep_postings: args.keep_postings,
        lexicon: &lexicon,
        part: args.part,
        cap: args.cap,
        buckets: args.buckets,
        search_only: args.search_only,
    };
    stage.pipe(&given, io::stdin().lock(), io::BufWriter::with_capacity(1 << 18, io::stdout().lock()))?;
    Ok(Outcome::Done)
}

/// Says that this build has no steps.
#[cfg(not(feature = "arrow"))]
pub(crate) fn run(_: &args::Stage) -> Result<Outcome> {
    Err(ErrorKind::NotBuilt { flag: "stage", feature: "arrow" }.into())
}
