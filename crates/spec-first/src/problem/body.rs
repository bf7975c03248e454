//! A problem as JSON.

use actix_web::http::StatusCode;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use super::violation::Violation;
use crate::json::write_text;

/// How many bytes most problems have at most without errors, and most errors, so that a problem takes one allocation.
const EXPECTED: usize = 256;

/// The members on the wire.
#[derive(Serialize)]
#[serde(untagged)]
pub(crate) enum Body<'a> {
    Plain(Plain<'a>),
    Extended {
        #[serde(flatten)]
        plain: Plain<'a>,
        #[serde(flatten)]
        extensions: &'a Map<String, Value>,
        #[serde(skip_serializing_if = "Option::is_none")]
        request_id: Option<&'a str>,
    },
}

/// The members of a problem without extensions.
#[derive(Serialize)]
pub(crate) struct Plain<'a> {
    #[serde(rename = "type")]
    pub kind: &'a str,
    pub title: &'a str,
    /// Whether the type and the title are those of the status, in which nothing is to be escaped.
    #[serde(skip)]
    pub is_usual: bool,
    #[serde(serialize_with = "number")]
    pub status: StatusCode,
    pub detail: &'a str,
    #[serde(skip_serializing_if = "<[Violation]>::is_empty")]
    pub errors: &'a [Violation],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<&'a str>,
}

impl Body<'_> {
    /// The same bytes as those of `serde_json`.
    ///
    /// # Errors
    /// An extension cannot be written as JSON.
    pub fn json(&self) -> serde_json::Result<Vec<u8>> {
        match self {
            Self::Plain(plain) => Ok(plain.json()),
            Self::Extended { .. } => serde_json::to_vec(self),
        }
    }
}

impl Plain<'_> {
    /// Member by member, since a server under attack sends little else.
    fn json(&self) -> Vec<u8> {
        let mut json = Vec::with_capacity(EXPECTED * (1 + self.errors.len()));
        if self.is_usual {
            json.extend_from_slice(br#"{"type":"about:blank","title":""#);
            json.extend_from_slice(self.title.as_bytes());
            json.push(b'"');
        } else {
            write(&mut json, r#"{"type":"#, self.kind);
            write(&mut json, r#","title":"#, self.title);
        }
        json.extend_from_slice(br#","status":"#);
        json.extend_from_slice(self.status.as_str().as_bytes());
        write(&mut json, r#","detail":"#, self.detail);
        if !self.errors.is_empty() {
            let mut start = r#","errors":["#;
            for error in self.errors {
                json.extend_from_slice(start.as_bytes());
                write_error(&mut json, error);
                start = ",";
            }
            json.push(b']');
        }
        write_some(&mut json, r#","request_id":"#, self.request_id);
        json.push(b'}');
        json
    }
}

fn write_error(json: &mut Vec<u8>, error: &Violation) {
    write(json, r#"{"in":"#, error.part.name());
    write_some(json, r#","name":"#, error.name.as_deref());
    write_some(json, r#","pointer":"#, error.pointer.as_deref());
    write_some(json, r#","keyword":"#, error.keyword.as_deref());
    write_some(json, r#","schema":"#, error.schema.as_deref());
    write(json, r#","detail":"#, &error.detail);
    json.push(b'}');
}

/// Appends a member; `name` has what comes before its value.
fn write(json: &mut Vec<u8>, name: &str, value: &str) {
    json.extend_from_slice(name.as_bytes());
    write_text(json, value);
}

fn write_some(json: &mut Vec<u8>, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        write(json, name, value);
    }
}

fn number<S: Serializer>(status: &StatusCode, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u16(status.as_u16())
}

#[cfg(test)]
mod tests {
    use crate::problem::{Part, Problem, Violation};

    #[test]
    fn problems_are_written_as_serde_json_writes_them() {
        let error = |part, name: Option<&str>, other: Option<&str>| Violation {
            part,
            name: name.map(str::to_owned),
            pointer: other.map(|it| format!("/{it}")),
            keyword: other.map(str::to_owned),
            schema: other.map(str::to_owned),
            detail: "\"quoted\"\n".to_owned(),
        };
        let errors = vec![
            error(Part::Path, Some("\u{1}"), None),
            error(Part::Query, None, Some("é")),
            error(Part::Header, Some("name"), Some("name")),
            error(Part::Cookie, None, None),
            error(Part::Body, Some(""), Some("\\")),
        ];
        let plain = Problem::bad_request("\ttab");
        for problem in [
            plain.clone(),
            plain.clone().with_errors(errors[..1].to_vec()),
            plain.clone().with_errors(errors.clone()),
            plain.clone().with_type("a\"b").with_title("c\\d"),
            plain.with_errors(errors).with("balance", 30),
        ] {
            for id in [None, Some("0123"), Some("\"")] {
                let body = problem.body_of(id);
                let expected = serde_json::to_string(&body).expect("JSON");
                let json = body.json().expect("JSON");
                assert_eq!(String::from_utf8(json).expect("text"), expected);
            }
        }
    }
}
