//! The bodies of requests and responses, and the mark in the contract of those that have a proof.

use serde_json::{Value, json};

use super::gap::Gap;
use super::prover::{Prover, Size, Typed};
use crate::document::Document;
use crate::rust::Model;
use crate::rust::body::BodyType;
use crate::rust::kind::Type;
use crate::rust::method::Method;
use crate::rust::rules::Rule;
use crate::schema::View;
use crate::text::Location;

/// A body in one media type, and whether its type enforces its schema.
#[derive(Debug)]
pub struct Body {
    /// The JSON pointer to it in the contract.
    pub pointer: String,
    /// Whether a response has it.
    pub is_response: bool,
    /// How many elements the server has to count, if it has a proof; why not, if it has none.
    pub proof: Result<Size, Gap>,
}

/// Marks the contents of a contract that have a proof as `proven`. The contract's discriminators are annotations still.
pub fn mark(document: &Document, model: &Model, contract: &mut Value) {
    for body in proofs(document, model, contract) {
        let content = contract.pointer_mut(&body.pointer);
        if let (Some(content), Ok(Size { least, most })) = (content, body.proof) {
            content["proven"] = json!({ "least": least, "most": most });
        }
    }
}

/// The bodies of JSON, and of items of JSON, in the order of the contract.
pub fn proofs(document: &Document, model: &Model, contract: &Value) -> Vec<Body> {
    let operations = contract["operations"].as_array().into_iter().flatten();
    let mut bodies = Vec::new();
    for (index, operation) in operations.enumerate() {
        let methods = model.modules.iter().flat_map(|module| &module.methods);
        let Some(method) = methods.into_iter().find(|it| operation["id"] == it.id) else {
            continue;
        };
        let found = requests(method, operation).chain(responses(method, operation));
        for (place, content, view, typed) in found {
            let is_certain = view == View::Request || has_certain_statuses(method);
            bodies.push(Body {
                pointer: format!("/operations/{index}{place}"),
                is_response: view == View::Response,
                proof: match is_certain {
                    true => prove(document, model, contract, content, view, typed),
                    false => Err(Gap::new(&location(&operation["pointer"]), "responses")),
                },
            });
        }
    }
    bodies
}

/// A place in an operation, the content there, who sees it, and the type of the values that are validated with their rules.
type Found<'m> = (String, &'m Value, View, (&'m Type, &'m [Rule]));

fn requests<'m>(
    method: &'m Method,
    operation: &'m Value,
) -> impl Iterator<Item = Found<'m>> + use<'m> {
    let contents = operation["body"]["content"].as_array().into_iter();
    let contents = contents.flatten().enumerate();
    contents.filter_map(move |(index, content)| {
        let (kind, rules) = match method.body.as_ref()? {
            BodyType::One { kind, rules } => (kind, rules),
            BodyType::Choice { variants, .. } => {
                let variant = variants.get(index)?;
                (&variant.kind, &variant.rules)
            }
        };
        let kind = decoded(kind, content)?;
        Some((
            format!("/body/content/{index}"),
            content,
            View::Request,
            (kind, &*rules.rules),
        ))
    })
}

fn responses<'m>(
    method: &'m Method,
    operation: &'m Value,
) -> impl Iterator<Item = Found<'m>> + use<'m> {
    let responses = operation["responses"].as_array().into_iter();
    let responses = responses.flatten().enumerate();
    let contents = responses.flat_map(|(index, response)| {
        let contents = response["content"].as_array().into_iter().flatten();
        let contents = contents.enumerate();
        contents.map(move |(number, content)| {
            let place = format!("/responses/{index}/content/{number}");
            (
                place,
                response["status"].as_str().unwrap_or_default(),
                content,
            )
        })
    });
    contents.filter_map(move |(place, status, content)| {
        let name = content["media_type"].as_str()?;
        let mut successes = method.success.responses.iter();
        let success = successes.find(|it| it.is_sent_as(status, name))?;
        let kind = decoded(&success.kind, content)?;
        Some((
            place,
            content,
            View::Response,
            (kind, &*success.rules.rules),
        ))
    })
}

/// The type of the value that a body of this type is, or of each of its items; none if they are not JSON.
fn decoded<'m>(kind: &'m Type, content: &Value) -> Option<&'m Type> {
    match (content["format"].as_str()?, kind) {
        ("json", Type::Items(_) | Type::Events(_) | Type::Upload | Type::Download | Type::Unit) => {
            None
        }
        ("json", kind) => Some(kind),
        ("lines", Type::Items(item)) => Some(item),
        ("events", Type::Events(data)) => Some(data),
        _ => None,
    }
}

fn prove(
    document: &Document,
    model: &Model,
    contract: &Value,
    content: &Value,
    view: View,
    (kind, rules): (&Type, &[Rule]),
) -> Result<Size, Gap> {
    if content["schema"].is_null() {
        // Nothing is validated.
        return Ok(Size::default());
    }
    let at = location(&content["schema"]);
    let typed = Typed {
        is_whole: true,
        ..Typed::new(kind, rules)
    };
    let mut prover = Prover::new(document, model, contract, view);
    prover.prove(typed, &at)?;
    Ok(prover.size)
}

/// Whether each type of a success is sent with one status: an application that chooses a status may choose that of another type.
fn has_certain_statuses(method: &Method) -> bool {
    let responses = &method.success.responses;
    responses.len() == 1 || responses.iter().all(|response| response.status.is_some())
}

/// The place that a reference of the contract leads to.
pub(super) fn location(reference: &Value) -> Location {
    let reference = reference.as_str().unwrap_or_default();
    let (file, pointer) = reference.split_once('#').unwrap_or((reference, ""));
    Location {
        file: file.into(),
        pointer: pointer.to_owned(),
    }
}
