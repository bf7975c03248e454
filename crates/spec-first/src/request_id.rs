//! The id of a request, which a server logs and sends back.

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::rc::Rc;
use std::str;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use actix_web::http::header::{HeaderName, HeaderValue};

/// The header of a request's id, in requests and responses.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The longest id that is accepted from a client, in bytes.
const LONGEST: usize = 128;

/// The id of a request.
#[derive(Clone)]
pub(crate) struct RequestId(Text);

#[derive(Clone)]
enum Text {
    Given(Rc<str>),
    /// Hexadecimal digits, which need no memory of their own.
    New(Digits),
}

/// Aligned, since a text is checked word by word.
#[derive(Clone)]
#[repr(align(8))]
struct Digits([u8; 16]);

impl RequestId {
    /// The id that the client has given the request in a header, if it may be logged and sent back, or else a new one.
    pub fn of(header: Option<&HeaderValue>) -> Self {
        let given = header.and_then(|it| it.to_str().ok());
        given.and_then(Self::given).unwrap_or_else(Self::new)
    }

    /// The id that a client has given, if it may be logged and sent back.
    pub fn given(id: &str) -> Option<Self> {
        is_plain(id).then(|| Self(Text::Given(id.into())))
    }

    /// An id that is unique in this process and very likely everywhere.
    fn new() -> Self {
        static START: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one(0));
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        Self(Text::New(Digits(digits(mixed(START.wrapping_add(count))))))
    }

    pub fn as_str(&self) -> &str {
        // Digits are always UTF-8.
        str::from_utf8(self.as_bytes()).unwrap_or_default()
    }

    pub fn as_bytes(&self) -> &[u8] {
        match &self.0 {
            Text::Given(text) => text.as_bytes(),
            Text::New(Digits(digits)) => digits,
        }
    }
}

impl fmt::Debug for RequestId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(formatter)
    }
}

fn is_plain(id: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/+=@".contains(&byte);
    (1..=LONGEST).contains(&id.len()) && id.bytes().all(plain)
}

/// Another number for each number (the finalizer of SplitMix64), so that ids that follow each other do not look alike.
fn mixed(number: u64) -> u64 {
    let number = (number ^ number >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ number >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ number >> 31
}

fn digits(number: u64) -> [u8; 16] {
    let mut digits = [0; 16];
    for (index, byte) in number.to_be_bytes().into_iter().enumerate() {
        digits[2 * index] = b"0123456789abcdef"[usize::from(byte >> 4)];
        digits[2 * index + 1] = b"0123456789abcdef"[usize::from(byte & 15)];
    }
    digits
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_plain_id_of_a_client_is_kept_and_another_is_not() {
        let longest = "x".repeat(LONGEST);
        for (given, is_kept) in [
            ("a-._~:/+=@9", true),
            (longest.as_str(), true),
            (&format!("{longest}x"), false),
            ("", false),
            ("a b", false),
            ("a\"b", false),
        ] {
            let value = HeaderValue::from_str(given).expect("visible ASCII");
            let id = RequestId::of(Some(&value));
            assert_eq!(id.as_str() == given, is_kept, "{given}");
            assert!(is_kept || id.as_str().len() == 16, "{given}");
        }
    }

    #[test]
    fn each_request_has_an_id_of_its_own() {
        let ids = (0..1000).map(|_| RequestId::new().as_str().to_owned());
        assert_eq!(ids.collect::<HashSet<_>>().len(), 1000);
        assert_eq!(&digits(0x0123_4567_89ab_cdef), b"0123456789abcdef");
    }
}
