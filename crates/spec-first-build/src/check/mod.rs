//! The rules that a document must keep, so that what is made from it is right. A file per subject.

mod bases;
mod default;
mod discriminator;
mod keyword;
mod operation;
mod parameter;
mod passed_over;
mod path;
mod pattern;
mod reference;
mod rust_name;
mod shape;
mod unserved;

use serde_json::Value;

use crate::api::Api;
use crate::document::Document;
use crate::text::Fault;

/// How much of a value a fault shows, in characters.
const SHOWN: usize = 40;

/// What is wrong with the document.
pub(crate) fn document(document: &Document) -> Vec<Fault> {
    let mut faults = document.faults().to_vec();
    faults.extend(reference::check(document));
    faults.extend(shape::check(document));
    faults.extend(bases::check(document));
    faults.extend(keyword::check(document));
    faults.extend(discriminator::check(document));
    faults.extend(rust_name::check(document));
    faults.extend(path::check(document));
    faults.extend(operation::check(document));
    faults.extend(parameter::check(document));
    document.sort(&mut faults);
    faults
}

/// Leaves out of the API what cannot be served of the document, with a warning each.
pub(crate) fn leave_out(document: &Document, api: &mut Api) {
    unserved::leave_out(document, api);
    api.warnings.extend(passed_over::warnings(document));
    api.warnings.extend(discriminator::warnings(document));
    document.sort(&mut api.warnings);
}

/// Every default has to fit its own schema: it is what the server fills in. Those that can be passed over are left out of
/// `api`, with a warning each.
pub(crate) fn defaults(document: &Document, api: &mut Api) -> Vec<Fault> {
    let (remarks, wrong): (Vec<_>, Vec<_>) = default::check(document)
        .into_iter()
        .partition(|unfit| unfit.is_remark);
    for remark in remarks {
        api.pass_over(document, remark.location);
        api.warnings.push(remark.fault);
    }
    let mut faults: Vec<_> = wrong.into_iter().map(|unfit| unfit.fault).collect();
    document.sort(&mut faults);
    faults
}

/// "Expected a string, found the number 5."
fn expected(what: &str, found: &Value) -> String {
    format!("Expected {what}, found {}.", described(found))
}

/// A value in words, for the end of a sentence.
fn described(value: &Value) -> String {
    match value {
        Value::Null => "nothing (null)".to_owned(),
        Value::Bool(flag) => format!("`{flag}`"),
        Value::Number(number) => format!("the number `{number}`"),
        Value::String(text) => format!("the string `{}`", shortened(text, SHOWN)),
        Value::Array(values) if values.is_empty() => "an empty list".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

/// The text on one line, and not more of it than `most` characters.
fn shortened(text: &str, most: usize) -> String {
    let visible = |character: char| {
        if character.is_control() {
            '\u{fffd}'
        } else {
            character
        }
    };
    let more = text.chars().nth(most).map(|_| '…');
    text.chars().take(most).map(visible).chain(more).collect()
}
