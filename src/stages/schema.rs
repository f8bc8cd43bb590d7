//! The tables that go between steps, column by column.

use std::collections::HashMap;

use arrow_schema::{DataType, Field, Fields, Schema};

use crate::error::Result;

use super::stage::{FORM, refused};

/// Type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Whole number of 32 bits.
    Int32,
    /// Whole number of 64 bits; hashes are the same bits, read as signed.
    Int64,
    /// Number of double precision.
    Float64,
    /// Yes or no.
    Boolean,
    /// Text in UTF-8.
    Text,
    /// Bytes.
    Binary,
    /// A list of rows of these columns.
    Rows(&'static [Column]),
}

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub kind: Kind,
    /// What it holds.
    pub about: &'static str,
}

/// A table between two steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// What a row is.
    pub about: &'static str,
    /// Its columns; empty for a table of any columns of text.
    pub columns: &'static [Column],
}

/// Key of the version in the metadata of a schema.
pub const FORM_KEY: &str = "retold.form";
/// Key of the name of a table there.
pub const TABLE_KEY: &str = "retold.table";

/// A column; for the lists of tables.
#[must_use]
pub const fn column(name: &'static str, kind: Kind, about: &'static str) -> Column {
    Column { name, kind, about }
}

impl Kind {
    /// As Arrow has it.
    #[must_use]
    pub fn arrow(self) -> DataType {
        match self {
            Self::Int32 => DataType::Int32,
            Self::Int64 => DataType::Int64,
            Self::Float64 => DataType::Float64,
            Self::Boolean => DataType::Boolean,
            Self::Text => DataType::Utf8,
            Self::Binary => DataType::Binary,
            Self::Rows(columns) => DataType::new_list(DataType::Struct(fields(columns)), true),
        }
    }

    /// The name that engines with SQL use.
    #[must_use]
    pub fn sql(self) -> String {
        match self {
            Self::Int32 => "int".into(),
            Self::Int64 => "bigint".into(),
            Self::Float64 => "double".into(),
            Self::Boolean => "boolean".into(),
            Self::Text => "string".into(),
            Self::Binary => "binary".into(),
            Self::Rows(columns) => {
                let inside: Vec<String> = columns.iter().map(|c| format!("{}: {}", c.name, c.kind.sql())).collect();
                format!("array<struct<{}>>", inside.join(", "))
            }
        }
    }
}

fn fields(columns: &[Column]) -> Fields {
    columns.iter().map(|c| Field::new(c.name, c.kind.arrow(), true)).collect()
}

impl Table {
    /// Its columns in Arrow's terms, with its name and version.
    #[must_use]
    pub fn schema(&self) -> Schema {
        let metadata = HashMap::from([(FORM_KEY.to_owned(), FORM.to_string()), (TABLE_KEY.to_owned(), self.name.to_owned())]);
        Schema::new_with_metadata(fields(self.columns), metadata)
    }

    /// Its columns in SQL's terms: `article int, words int`.
    #[must_use]
    pub fn sql(&self) -> String {
        self.columns.iter().map(|c| format!("{} {}", c.name, c.kind.sql())).collect::<Vec<_>>().join(", ")
    }

    /// Whether a stream has the columns, whatever their order and whatever others it has.
    ///
    /// # Errors
    /// What is missing, or of another type or version, by name.
    pub fn check(&self, stage: &str, schema: &Schema) -> Result<()> {
        if let Some(form) = schema.metadata().get(FORM_KEY).filter(|form| **form != FORM.to_string()) {
            let message = format!("the stream is of version {form} of the tables, and this is version {FORM}");
            return Err(refused(stage, message, "use one version of Retold for all steps; write what was kept of an older one anew"));
        }
        for wanted in self.columns {
            let held = schema.fields().iter().map(|f| f.name().as_str()).collect::<Vec<_>>().join(", ");
            let found = schema.field_with_name(wanted.name).map_err(|_| {
                let message = format!("the stream has no column \"{}\" (it has {held})", wanted.name);
                refused(stage, message, format!("give the table {}: {}", self.name, self.sql()))
            })?;
            let fits = match wanted.kind {
                Kind::Text => matches!(found.data_type(), DataType::Utf8 | DataType::LargeUtf8),
                Kind::Binary => matches!(found.data_type(), DataType::Binary | DataType::LargeBinary),
                Kind::Rows(_) => matches!(found.data_type(), DataType::List(_)),
                kind => found.data_type() == &kind.arrow(),
            };
            if !fits {
                let message = format!("the column \"{}\" is {}, and {} is wanted", wanted.name, found.data_type(), wanted.kind.arrow());
                return Err(refused(stage, message, format!("give the table {}: {}", self.name, self.sql())));
            }
        }
        Ok(())
    }
}
