//! Small numbers in few bytes, one after the other (LEB128, as protocol buffers have them).

use integer_encoding::VarInt;

/// Adds a number.
pub(super) fn add<N: VarInt>(to: &mut Vec<u8>, number: N) {
    let mut bytes = [0; 10];
    let used = number.encode_var(&mut bytes);
    to.extend_from_slice(&bytes[..used]);
}

/// Takes the next number off; `None` at the end.
pub(super) fn take<N: VarInt>(from: &mut &[u8]) -> Option<N> {
    let (number, used) = N::decode_var(from)?;
    *from = from.get(used..)?;
    Some(number)
}
