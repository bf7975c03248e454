//! Strings as JSON writes them. A string without anything to escape is copied at once.

/// Appends a string in quotes, with the escapes that `serde_json` chooses, too.
pub(super) fn write(buffer: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    buffer.reserve(bytes.len() + 2);
    buffer.push(b'"');
    match is_clean(bytes) {
        true => buffer.extend_from_slice(bytes),
        false => write_escaped(buffer, bytes),
    }
    buffer.push(b'"');
}

/// Appends a text with escapes, and what is between them piece by piece.
fn write_escaped(buffer: &mut Vec<u8>, mut rest: &[u8]) {
    while let Some(end) = first_escaped(rest) {
        buffer.extend_from_slice(&rest[..end]);
        escape(buffer, rest[end]);
        rest = &rest[end + 1..];
    }
    buffer.extend_from_slice(rest);
}

/// Where the first byte is that has to be escaped.
fn first_escaped(bytes: &[u8]) -> Option<usize> {
    let (words, _) = bytes.as_chunks::<8>();
    let mut words = words.iter();
    let clean = words.position(|word| !is_clean_word(u64::from_ne_bytes(*word)));
    let start = clean.unwrap_or(bytes.len() / 8) * 8;
    let mut rest = bytes[start..].iter();
    let place = rest.position(|byte| is_escaped(*byte))?;
    Some(start + place)
}

/// Whether nothing has to be escaped (RFC 8259, 7). Eight bytes are read at once, the last ones of them twice where the length is no
/// multiple of eight.
fn is_clean(bytes: &[u8]) -> bool {
    if let Some(last) = bytes.last_chunk::<8>() {
        let (words, _) = bytes.as_chunks::<8>();
        let mut words = words.iter().chain([last]);
        return words.all(|word| is_clean_word(u64::from_ne_bytes(*word)));
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let half = |bytes: &[u8; 4]| u64::from(u32::from_ne_bytes(*bytes));
        return is_clean_word(half(first) << 32 | half(last));
    }
    !bytes.iter().any(|byte| is_escaped(*byte))
}

fn is_escaped(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

/// As [`is_clean`], of eight bytes at once.
fn is_clean_word(word: u64) -> bool {
    const ONES: u64 = u64::MAX / 255;
    const TOPS: u64 = ONES << 7;
    // The top bit of some byte is set in `less(word, n)` if a byte is less than `n`, which is at most 128.
    let less = |word: u64, bound: u8| word.wrapping_sub(ONES * u64::from(bound)) & !word & TOPS;
    let is = |byte: u8| less(word ^ (ONES * u64::from(byte)), 1);
    less(word, 0x20) | is(b'"') | is(b'\\') == 0
}

/// Appends a byte that has to be escaped.
fn escape(buffer: &mut Vec<u8>, byte: u8) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let letter = match byte {
        b'"' | b'\\' => byte,
        0x08 => b'b',
        0x0c => b'f',
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        _ => {
            let digit = |value: u8| DIGITS[usize::from(value)];
            return buffer.extend([b'\\', b'u', b'0', b'0', digit(byte >> 4), digit(byte & 15)]);
        }
    };
    buffer.extend([b'\\', letter]);
}

#[cfg(test)]
mod tests {
    use super::write;

    #[test]
    fn every_character_is_written_as_serde_json_writes_it() {
        let characters = (0..0x250)
            .chain(0x1f600..0x1f610)
            .filter_map(char::from_u32);
        for character in characters {
            for around in ["", "abc", "abcdefgh", "öäüöäüöäü"] {
                for text in [
                    format!("{around}{character}"),
                    format!("{character}{around}"),
                    format!("{around}{character}{around}{character}{around}"),
                ] {
                    let mut buffer = Vec::new();
                    write(&mut buffer, &text);
                    let expected = serde_json::to_vec(&text).expect("a string");
                    assert_eq!(buffer, expected, "{text:?}");
                }
            }
        }
    }
}
