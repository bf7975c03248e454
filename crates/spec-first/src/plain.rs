//! Which texts can be written as they are, without escapes. Eight bytes are looked at at once.

/// Whether JSON has nothing to escape (RFC 8259, 7).
pub(crate) fn is_clean(bytes: &[u8]) -> bool {
    all(bytes, is_clean_word, |byte| !is_escaped(byte))
}

/// Whether there are only printable characters of ASCII.
pub(crate) fn is_printable(bytes: &[u8]) -> bool {
    all(bytes, is_printable_word, |byte| matches!(byte, b' '..=b'~'))
}

/// Whether there are only printable characters of ASCII, none of which JSON has to escape.
pub(crate) fn is_plain(bytes: &[u8]) -> bool {
    let is_plain = |byte| matches!(byte, b' '..=b'~') && !is_escaped(byte);
    all(bytes, is_plain_word, is_plain)
}

/// Where the first byte is that JSON has to escape.
pub(crate) fn first_escaped(bytes: &[u8]) -> Option<usize> {
    let (words, _) = bytes.as_chunks::<8>();
    let mut others = words.iter();
    let word = others.position(|word| !is_clean_word(u64::from_ne_bytes(*word)));
    let start = word.unwrap_or(words.len()) * 8;
    let mut rest = bytes[start..].iter();
    let place = rest.position(|byte| is_escaped(*byte))?;
    Some(start + place)
}

/// Whether a condition holds for all bytes, of eight at once or of one. Some are read twice where the length is no multiple of eight.
fn all(bytes: &[u8], of_word: impl Fn(u64) -> bool, of_byte: impl Fn(u8) -> bool) -> bool {
    if let Some(last) = bytes.last_chunk::<8>() {
        let (words, rest) = bytes.as_chunks::<8>();
        let mut words = words.iter();
        return words.all(|word| of_word(u64::from_ne_bytes(*word)))
            && (rest.is_empty() || of_word(u64::from_ne_bytes(*last)));
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let half = |bytes: &[u8; 4]| u64::from(u32::from_ne_bytes(*bytes));
        return of_word(half(first) << 32 | half(last));
    }
    bytes.iter().all(|byte| of_byte(*byte))
}

fn is_escaped(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

const ONES: u64 = u64::MAX / 255;
const TOPS: u64 = ONES << 7;

fn is_clean_word(word: u64) -> bool {
    less(word, 0x20) | equal(word, b'"') | equal(word, b'\\') == 0
}

fn is_printable_word(word: u64) -> bool {
    less(word, b' ') | equal(word, 0x7f) | (word & TOPS) == 0
}

/// With one addition for each condition, whose top bits are as they should be unless a byte has its own set, which is rejected anyway.
fn is_plain_word(word: u64) -> bool {
    let differs = |byte: u8| (word ^ (ONES * u64::from(byte))).wrapping_add(ONES * 0x7f);
    let is_at_least_blank = word.wrapping_add(ONES * 0x60);
    let is_delete = word.wrapping_add(ONES);
    let differ = differs(b'"') & differs(b'\\');
    is_at_least_blank & differ & !is_delete & !word & TOPS == TOPS
}

/// The top bit of some byte is set if a byte is less than the bound, which is at most 128.
fn less(word: u64, bound: u8) -> u64 {
    word.wrapping_sub(ONES * u64::from(bound)) & !word & TOPS
}

/// The top bit of some byte is set if a byte is this one.
fn equal(word: u64, byte: u8) -> u64 {
    less(word ^ (ONES * u64::from(byte)), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_counts_in_every_place() {
        for byte in 0..=u8::MAX {
            for length in 0..20 {
                for place in 0..length {
                    let mut bytes = vec![b'a'; length];
                    bytes[place] = byte;
                    let is_dirty = byte < 0x20 || b"\"\\".contains(&byte);
                    assert_eq!(is_clean(&bytes), !is_dirty, "{bytes:?}");
                    assert_eq!(first_escaped(&bytes), is_dirty.then_some(place));
                    let is_ascii = (0x20..0x7f).contains(&byte);
                    assert_eq!(is_printable(&bytes), is_ascii, "{bytes:?}");
                    assert_eq!(is_plain(&bytes), is_ascii && !is_dirty, "{bytes:?}");
                }
            }
        }
        assert!(is_clean(b"") && is_printable(b"") && first_escaped(b"").is_none());
    }
}
