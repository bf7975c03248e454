//! The trace that a request is a part of (W3C Trace Context).

use std::fmt;

use actix_web::http::header::{HeaderMap, HeaderName};

const TRACEPARENT: &str = "traceparent";
const TRACESTATE: &str = "tracestate";
/// As a name that needs no parsing: most requests have none.
pub(crate) const TRACEPARENT_NAME: HeaderName = HeaderName::from_static(TRACEPARENT);
/// The headers by which a client names its trace.
pub(crate) const HEADERS: [&str; 2] = [TRACEPARENT, TRACESTATE];

/// How many members a `tracestate` may have (3.3.1.1 of the recommendation), and how many bytes are passed on (3.3.1.5).
const STATE_MEMBERS: usize = 32;
const STATE_BYTES: usize = 512;

/// Whether the caller may have recorded its part of the trace, in the flags.
const SAMPLED: u8 = 0x01;
/// The flags that version 00 defines at level 2: sampled, and that the trace's id is random.
const KNOWN_FLAGS: u8 = 0x03;

/// The trace that a request is a part of, as the headers `traceparent` and `tracestate` name it
/// ([W3C Trace Context](https://www.w3.org/TR/trace-context/)), for the calls that the application makes on its behalf.
///
/// ```
/// # use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
/// use spec_first::TraceContext;
///
/// # let mut headers = HeaderMap::new();
/// # let value = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
/// # headers.insert(HeaderName::from_static("traceparent"), HeaderValue::from_static(value));
/// let trace = TraceContext::of(&headers).unwrap();
/// assert_eq!(trace.trace_id(), "4bf92f3577b34da6a3ce929d0e0e4736");
/// // The headers of a call to another service:
/// let sent: Vec<_> = trace.headers().collect();
/// assert_eq!(sent, [("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01".to_owned())]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceContext {
    trace: u128,
    parent: u64,
    flags: u8,
    state: Option<Box<str>>,
}

impl TraceContext {
    /// The trace that the headers of a request name; none if there is no valid `traceparent`, or more than one. An invalid
    /// `tracestate` is left out.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Option<Self> {
        let mut lines = headers.get_all(TRACEPARENT_NAME);
        let line = lines.next()?;
        if lines.next().is_some() {
            return None;
        }
        let trace = Self::parse(line.to_str().ok()?)?;
        let states = headers.get_all(TRACESTATE).map(|it| it.to_str().ok());
        let states: Option<Vec<_>> = states.collect();
        Some(Self {
            state: states.and_then(|lines| state(&lines.join(","))),
            ..trace
        })
    }

    /// The trace of a `traceparent` (3.2 of the recommendation): `VERSION-TRACE-PARENT-FLAGS`, in lower-case hexadecimal digits. A
    /// higher version than 00 may be longer.
    fn parse(text: &str) -> Option<Self> {
        let (known, rest) = text.split_at_checked(55)?;
        let parts: Vec<_> = known.split('-').collect();
        let [version, trace, parent, flags] = parts.try_into().ok()?;
        let version = hexadecimal(version, 2)?;
        let is_whole = match version {
            0 => rest.is_empty(),
            0xff => false,
            _ => rest.is_empty() || rest.starts_with('-'),
        };
        let trace = hexadecimal(trace, 32).filter(|it| *it != 0)?;
        let parent = hexadecimal(parent, 16).filter(|it| *it != 0)?;
        let flags = hexadecimal(flags, 2)?;
        is_whole.then_some(Self {
            trace,
            parent: u64::try_from(parent).ok()?,
            flags: u8::try_from(flags).ok()? & KNOWN_FLAGS,
            state: None,
        })
    }

    #[cfg(feature = "otlp")]
    pub(crate) fn new(trace: [u8; 16], parent: [u8; 8], flags: u8, state: &str) -> Self {
        Self {
            trace: u128::from_be_bytes(trace),
            parent: u64::from_be_bytes(parent),
            flags: flags & KNOWN_FLAGS,
            state: self::state(state),
        }
    }

    #[cfg(feature = "otlp")]
    pub(crate) fn trace_bytes(&self) -> [u8; 16] {
        self.trace.to_be_bytes()
    }

    #[cfg(feature = "otlp")]
    pub(crate) fn parent_bytes(&self) -> [u8; 8] {
        self.parent.to_be_bytes()
    }

    #[cfg(feature = "otlp")]
    pub(crate) fn flags(&self) -> u8 {
        self.flags
    }

    /// The trace's id: 32 hexadecimal digits.
    #[must_use]
    pub fn trace_id(&self) -> String {
        self.id().to_string()
    }

    /// As [`trace_id`](Self::trace_id), to be written.
    pub(crate) fn id(&self) -> impl fmt::Display + fmt::Debug + use<> {
        TraceId(self.trace)
    }

    /// Whether the caller may have recorded its part of the trace, so that the parts of others are worth to be recorded, too.
    #[must_use]
    pub fn is_sampled(&self) -> bool {
        self.flags & SAMPLED != 0
    }

    /// The value of the header `traceparent` of a call to another service. The parent in it is the server's own span if the server
    /// exports spans (the feature `otlp`), and else that of the request.
    #[must_use]
    pub fn traceparent(&self) -> String {
        format!("00-{}-{:016x}-{:02x}", self.id(), self.parent, self.flags)
    }

    /// The value of the header `tracestate` of such a call, if it has to have one.
    #[must_use]
    pub fn tracestate(&self) -> Option<&str> {
        self.state.as_deref()
    }

    /// The names and values of the headers of such a call.
    pub fn headers(&self) -> impl Iterator<Item = (&'static str, String)> {
        let state = self.tracestate().map(|it| (TRACESTATE, it.to_owned()));
        [(TRACEPARENT, self.traceparent())].into_iter().chain(state)
    }
}

struct TraceId(u128);

impl fmt::Display for TraceId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:032x}", self.0)
    }
}

impl fmt::Debug for TraceId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

/// The number that so many lower-case hexadecimal digits are.
fn hexadecimal(text: &str, digits: usize) -> Option<u128> {
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    let is_valid = text.len() == digits && text.bytes().all(is_digit);
    is_valid.then(|| u128::from_str_radix(text, 16).ok())?
}

/// The members of a `tracestate` (3.3 of the recommendation), the first ones if they are too long together; none if it is invalid or
/// empty.
fn state(text: &str) -> Option<Box<str>> {
    let members = text.split(',').map(|it| it.trim_matches([' ', '\t']));
    let members: Vec<_> = members.filter(|it| !it.is_empty()).collect();
    let keys: Option<Vec<_>> = members.iter().map(|member| key(member)).collect();
    let mut keys = keys?;
    keys.sort_unstable();
    let is_unique = keys.windows(2).all(|pair| pair[0] != pair[1]);
    let is_valid = is_unique && !members.is_empty() && members.len() <= STATE_MEMBERS;
    let mut text = members.join(",");
    while text.len() > STATE_BYTES {
        text.truncate(text.rfind(',')?);
    }
    is_valid.then(|| text.into())
}

/// The key of a valid member, `KEY=VALUE`.
fn key(member: &str) -> Option<&str> {
    let (key, value) = member.split_once('=')?;
    let is_start = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let is_name = |byte: u8| is_start(byte) || b"_-*/@".contains(&byte);
    let is_key = key.bytes().next().is_some_and(is_start) && key.bytes().all(is_name);
    let is_text = |byte: u8| matches!(byte, b' '..=b'~') && byte != b',' && byte != b'=';
    let is_value = !value.is_empty() && value.bytes().all(is_text);
    (is_key && is_value && key.len() <= 256 && value.len() <= 256).then_some(key)
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};

    use super::*;

    const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
    const PARENT: &str = "00f067aa0ba902b7";

    fn of(lines: &[(&'static str, &str)]) -> Option<TraceContext> {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            let value = HeaderValue::from_str(value).expect("a value");
            headers.append(HeaderName::from_static(name), value);
        }
        TraceContext::of(&headers)
    }

    fn sent(lines: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
        of(lines).iter().flat_map(TraceContext::headers).collect()
    }

    #[test]
    fn a_valid_parent_is_passed_on_as_version_00() {
        for (given, passed_on, is_sampled) in [
            (format!("00-{TRACE}-{PARENT}-01"), "01", true),
            (format!("00-{TRACE}-{PARENT}-00"), "00", false),
            (format!("00-{TRACE}-{PARENT}-03"), "03", true),
            (format!("00-{TRACE}-{PARENT}-fe"), "02", false),
            (format!("01-{TRACE}-{PARENT}-01"), "01", true),
            (format!("cc-{TRACE}-{PARENT}-01-what-comes"), "01", true),
        ] {
            let trace = of(&[("traceparent", &given)]).expect("it is valid");
            assert_eq!(trace.trace_id(), TRACE);
            assert_eq!(trace.is_sampled(), is_sampled, "{given}");
            let expected = format!("00-{TRACE}-{PARENT}-{passed_on}");
            assert_eq!(trace.traceparent(), expected);
        }
    }

    #[test]
    fn an_invalid_parent_is_ignored() {
        let (zeros, short) = ("0".repeat(32), "0".repeat(16));
        for given in [
            String::new(),
            "00".to_owned(),
            format!("00-{TRACE}-{PARENT}"),
            format!("00-{TRACE}-{PARENT}-01-"),
            format!("00-{TRACE}-{PARENT}-011"),
            format!("00-{TRACE}-{PARENT}-0x"),
            format!("00-{TRACE}-{PARENT}-+1"),
            format!("00-{zeros}-{PARENT}-01"),
            format!("00-{TRACE}-{short}-01"),
            format!("ff-{TRACE}-{PARENT}-01"),
            format!("FF-{TRACE}-{PARENT}-01"),
            format!("01-{TRACE}-{PARENT}-01what"),
            format!("00-{}-{PARENT}-01", TRACE.to_uppercase()),
            format!("00_{TRACE}-{PARENT}-01"),
            format!("00-{TRACE}{PARENT}--01"),
            format!(" 00-{TRACE}-{PARENT}-01"),
        ] {
            assert_eq!(of(&[("traceparent", &given)]), None, "{given:?}");
        }
        let parent = format!("00-{TRACE}-{PARENT}-01");
        let twice = [("traceparent", &*parent), ("traceparent", &*parent)];
        assert_eq!(of(&twice), None);
        assert_eq!(of(&[("tracestate", "a=1")]), None);
    }

    #[test]
    fn a_state_is_passed_on_if_it_is_valid() {
        let parent = format!("00-{TRACE}-{PARENT}-01");
        let state_of = |state: &str| {
            let lines = [("traceparent", &*parent), ("tracestate", state)];
            let headers = sent(&lines);
            assert_eq!(headers[0], ("traceparent", parent.clone()));
            headers.get(1).map(|(_, value)| value.clone())
        };
        for (given, expected) in [
            ("rojo=00f067aa0ba902b7", "rojo=00f067aa0ba902b7"),
            ("a=1, b=2 ,\t,c@d=3 4", "a=1,b=2,c@d=3 4"),
            ("1_-*/=x!", "1_-*/=x!"),
        ] {
            assert_eq!(state_of(given).as_deref(), Some(expected), "{given}");
        }
        let many: Vec<_> = (0..33).map(|number| format!("a{number}=1")).collect();
        let long = format!("a={}", "x".repeat(257));
        let total = format!("a={0},b={0},c={0}", "x".repeat(200));
        assert_eq!(state_of(&total).as_deref(), Some(&total[..405]));
        for given in [
            "",
            "a",
            "a=",
            "=1",
            "A=1",
            "a=b=c",
            "a=1,a=2",
            "_a=1",
            "a b=1",
            "a=ü",
            &many.join(","),
            &long,
        ] {
            assert_eq!(state_of(given), None, "{given}");
        }
        let lines = [
            ("traceparent", &*parent),
            ("tracestate", "a=1"),
            ("tracestate", "b=2"),
        ];
        assert_eq!(sent(&lines)[1], ("tracestate", "a=1,b=2".to_owned()));
    }
}
