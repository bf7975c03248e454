//! Regular expressions are ones that the server can run.

use std::collections::HashMap;

use regex_syntax::ast::ErrorKind;
use serde_json::json;
use spec_first::schema::{Checks, Dialect, Schema};

use super::wording::{SHOWN, shortened};
use crate::document::{Document, Kind, Version};
use crate::schema::ecma::{self, PatternFault};
use crate::text::Fault;

/// Which patterns have been tried, since documents repeat theirs.
#[derive(Default)]
pub(super) struct Patterns {
    known: HashMap<String, Option<String>>,
}

impl Patterns {
    /// What is wrong with `pattern`, if it is no regular expression in the sense of JSON Schema (ECMA-262).
    pub fn wrong(&mut self, pattern: &str) -> Option<String> {
        if let Some(known) = self.known.get(pattern) {
            return known.clone();
        }
        let wrong = wrong(pattern);
        self.known.insert(pattern.to_owned(), wrong.clone());
        wrong
    }
}

fn wrong(pattern: &str) -> Option<String> {
    let shown = shortened(pattern, SHOWN);
    let engine = match ecma::translate(pattern) {
        Ok(engine) => engine,
        Err(PatternFault { place, reason }) => {
            return Some(format!(
                "`{shown}` is not a regular expression (ECMA-262): at character {place}, {reason}. Correct it, or leave it out."
            ));
        }
    };
    let schema = json!({ "pattern": engine });
    if Schema::compile(&schema, Dialect::Draft4, Checks::default()).is_ok() {
        return None;
    }
    let because = unsupported(&engine, engine == pattern);
    Some(format!(
        "`{shown}` is not a regular expression (ECMA-262) that the server can run{because}. Correct it, or leave it out."
    ))
}

fn is_backtracking(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::UnsupportedLookAround | ErrorKind::UnsupportedBackreference
    )
}

/// What the engine does not accept; its places are those of the author's pattern if `is_authors`.
fn unsupported(engine: &str, is_authors: bool) -> String {
    let (kind, start) = match regex_syntax::parse(engine) {
        Ok(_) => return ": it is too large with its repetitions written out".to_owned(),
        // The engine does not read these as `regex_syntax` does.
        Err(regex_syntax::Error::Parse(error)) if is_backtracking(error.kind()) => {
            return String::new();
        }
        Err(regex_syntax::Error::Parse(error)) => {
            (error.kind().to_string(), error.span().start.offset)
        }
        Err(regex_syntax::Error::Translate(error)) => {
            (error.kind().to_string(), error.span().start.offset)
        }
        _ => return String::new(),
    };
    let before = engine.get(..start).unwrap_or_default();
    match is_authors {
        true => format!(": at character {}, {kind}", before.chars().count() + 1),
        false => format!(": {kind}"),
    }
}

/// Warnings for letters that are escaped although that means nothing in ECMA-262.
pub(super) fn warnings(document: &Document) -> Vec<Fault> {
    let holds = |kind| match kind {
        Kind::Schema => true,
        Kind::Parameter | Kind::Header => document.version() == Version::Swagger2,
        _ => false,
    };
    let places = document.places().iter().filter(|place| holds(place.kind));
    let faults = places.flat_map(|place| {
        let location = place.location.member("pattern");
        let pattern = document.value(&location).and_then(|value| value.as_str());
        let pattern = pattern.unwrap_or_default();
        let java = ecma::java::classes(pattern).into_iter().map(|(place, class)| {
            let text = format!(
                "`{class}` at character {place} of the pattern is a class of Java, and no property of Unicode. It is read as Java \
                 reads it, with ASCII characters alone. Write a class in brackets."
            );
            document.fault(&location, text)
        });
        let escapes = ecma::needless_escapes(pattern);
        escapes
            .into_iter()
            .map(|(place, letter)| {
                let text = format!(
                    "`\\{letter}` at character {place} of the pattern is the letter `{letter}` in ECMA-262. \
                     Write `{letter}`, or what you mean; the ends of the text are `^` and `$`."
                );
                document.fault(&location, text)
            })
            .chain(java)
            .collect::<Vec<_>>()
    });
    faults.collect()
}
