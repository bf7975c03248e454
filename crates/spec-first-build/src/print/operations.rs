//! Operations as the facts that the templates for traits, routes and the mock read.
//!
//! Every object has all of its keys, `false` where there is nothing: mustache looks for a missing one in what surrounds it.

use serde_json::{Value, json};

use super::spell::{comments, literal, type_text};
use super::{bodies, responses, security};
use crate::naming;
use crate::rust::Model;
use crate::rust::method::{Argument, Method, Source};
use crate::rust::module::Module;

/// Methods that an `Arc` has itself, by traits of the prelude: one of the application with such a name is called by its trait.
const ARC_METHODS: [&str; 21] = [
    "as_ref",
    "clamp",
    "clone",
    "clone_from",
    "clone_into",
    "cmp",
    "drop",
    "eq",
    "ge",
    "gt",
    "into",
    "into_future",
    "into_iter",
    "le",
    "lt",
    "max",
    "min",
    "ne",
    "partial_cmp",
    "to_owned",
    "try_into",
];

/// An operation as a method of its module's trait.
pub fn method(module: &Module, method: &Method, model: &Model) -> Value {
    let arguments = method.arguments.iter();
    let arguments = arguments.map(|it| argument(it, method, model));
    json!({
        "id": literal(&method.id),
        "trait": module.trait_name,
        "docs": comments(&method.docs),
        "name": method.name,
        "function": method.function,
        "qualified": ARC_METHODS.contains(&method.name.as_str()),
        "principals": security::principals(method, model),
        "arguments": arguments.collect::<Vec<_>>(),
        "body_enum": bodies::choice(method, model),
        "head": method.head.as_deref().map_or(Value::Bool(false), Value::from),
        "success": responses::success(method, model),
        "failure": responses::failure(method, model),
        "error": method.error(),
    })
}

fn argument(argument: &Argument, method: &Method, model: &Model) -> Value {
    let mut facts = json!({
        "name": argument.name,
        "type": type_text(&argument.kind, &model.items),
        "mocked": responses::is_mocked(argument, method),
        "parameter": false,
        "body": false,
        "accept": false,
    });
    match &argument.source {
        Source::Parameter { part, wire } => {
            facts["parameter"] =
                json!({ "part": naming::pascal(part.name()), "wire": literal(wire) });
        }
        Source::Body { required } => {
            facts["body"] = bodies::reading(
                argument.decoded(),
                &method.body_rules(),
                method.body_choice().is_some(),
            );
            facts["body"]["required"] = json!(required);
        }
        Source::Accept => facts["accept"] = true.into(),
    }
    facts
}
