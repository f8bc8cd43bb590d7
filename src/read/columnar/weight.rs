//! How much a record comes to, before it is written out.

use arrow_array::cast::AsArray;
use arrow_array::{Array, OffsetSizeTrait};
use arrow_schema::DataType;

/// Bytes of a value that is neither text nor made of others: a number, a date, `null`.
const PLAIN: usize = 32;

/// About how many bytes the value at a place takes as JSON, marks aside; stops counting beyond `most`.
pub(super) fn weight(array: &dyn Array, at: usize, most: usize) -> usize {
    if array.is_null(at) {
        return PLAIN;
    }
    match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().value_length(at).try_into().unwrap_or(usize::MAX),
        DataType::LargeUtf8 => array.as_string::<i64>().value_length(at).try_into().unwrap_or(usize::MAX),
        DataType::Struct(fields) => {
            let parts = array.as_struct().columns().iter().zip(fields);
            sum(parts.map(|(part, field)| (field.name().len(), &**part, at)), most)
        }
        DataType::List(_) => members::<i32>(array, at, most),
        DataType::LargeList(_) => members::<i64>(array, at, most),
        DataType::Map(..) => {
            let map = array.as_map();
            let range = range(map.value_offsets(), at);
            sum(range.map(|at| (0, map.entries() as &dyn Array, at)), most)
        }
        _ => PLAIN,
    }
}

fn members<O: OffsetSizeTrait>(array: &dyn Array, at: usize, most: usize) -> usize {
    let list = array.as_list::<O>();
    sum(range(list.value_offsets(), at).map(|at| (0, &**list.values(), at)), most)
}

fn range<O: OffsetSizeTrait>(offsets: &[O], at: usize) -> std::ops::Range<usize> {
    let of = |at: usize| offsets.get(at).map_or(0, |offset| offset.as_usize());
    of(at)..of(at + 1)
}

fn sum<'a>(parts: impl Iterator<Item = (usize, &'a dyn Array, usize)>, most: usize) -> usize {
    let mut total = 0_usize;
    for (name, part, at) in parts {
        // Marks around a member.
        total = total.saturating_add(name + 4).saturating_add(weight(part, at, most));
        if total > most {
            break;
        }
    }
    total
}
