//! By what a Parquet file is known.

use std::path::Path;

use crate::read::draft::Refused;

/// For messages.
pub const NAME: &str = "Parquet";

/// How a file starts, and ends.
pub const MAGIC: &[u8] = b"PAR1";

/// How one ends whose list of columns is encrypted.
pub const ENCRYPTED: &[u8] = b"PARE";

/// Whether bytes are the start of Parquet: behind its name stands the head of a page, which is no character of a text.
#[must_use]
pub fn is_parquet(start: &[u8]) -> bool {
    start.strip_prefix(MAGIC).and_then(<[u8]>::first).is_some_and(|&byte| byte < b' ' && !byte.is_ascii_whitespace())
}

/// Why a stream that is Parquet, or is called so, is not read. Files on a disk are read by jumping about in them, which a stream
/// does not allow.
#[must_use]
pub fn refused(name: &str, start: &[u8]) -> Option<Refused> {
    let named = Path::new(name).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("parquet"));
    match is_parquet(start) {
        false if !named || start.is_empty() => None,
        _ if cfg!(not(feature = "parquet")) => Some(Refused::whole(
            "is Parquet, which this build of Retold cannot read",
            "build with it: cargo install retold --features parquet; or write the articles as JSON lines (.jsonl)",
        )),
        true => Some(Refused::whole(
            "is Parquet inside something packed or piped, and it can only be read from a file of its own",
            "unpack it or save it as a file, and give that; Parquet is packed in itself",
        )),
        false if start.starts_with(ENCRYPTED) => {
            Some(Refused::whole("is encrypted Parquet, which is not read", "write it without encryption, or as JSON lines (.jsonl)"))
        }
        false => Some(Refused::whole("is no Parquet, whatever its name says", "fetch it again, or give it the name of what it is")),
    }
}

#[cfg(test)]
mod tests {
    use super::{is_parquet, refused};

    #[test]
    fn by_start_and_by_name() {
        assert!(is_parquet(b"PAR1\x15\x04") && !is_parquet(b"PAR1") && !is_parquet(b"PAR1S, a town") && !is_parquet(b"PAR1\nText"));
        assert!(refused("a.txt", b"A text").is_none() && refused("a.parquet", b"").is_none());
        assert!(refused("a.txt", b"PAR1\x15\x04").is_some() && refused("a.PARQUET", b"A text").is_some());
    }
}
