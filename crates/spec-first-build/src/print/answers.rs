//! What the templates print of how methods succeed: the call that sends it, the enum of the ways, the mock's answer.

use serde_json::{Value, json};

use super::declare::rules;
use crate::rust::Model;
use crate::rust::item::Type;
use crate::rust::module::Method;
use crate::rust::success::Way;

/// The call that sends a method's success.
pub fn call(method: &Method, model: &Model) -> String {
    let [way] = method.success.ways.as_slice() else {
        return "any_answer(answer)".to_owned();
    };
    let status = way.status.unwrap_or("OK");
    match &way.kind {
        _ if method.success.name.is_some() => "any_answer(answer)".to_owned(),
        Type::Unit => format!("empty_answer(StatusCode::{status}, answer)"),
        kind => format!(
            "answer(StatusCode::{status}, {}, answer)",
            rules(kind, model)
        ),
    }
}

/// What the mock does for a method: the first way to succeed, with examples.
pub fn mock(method: &Method) -> String {
    let way = &method.success.ways[0];
    let body = format!("example({:?})", method.id);
    let Some(name) = &method.success.name else {
        return if way.kind == Type::Unit {
            "Ok(())".to_owned()
        } else {
            body
        };
    };
    let body = format!("{body}?");
    let mut fields = Vec::new();
    fields.extend(
        way.status
            .is_none()
            .then(|| ("status".to_owned(), "StatusCode::OK".to_owned())),
    );
    fields.extend(way.headers.iter().map(|header| {
        let example = format!("example({:?})?", format!("{} {}", method.id, header.wire));
        (
            header.name.clone(),
            if matches!(header.kind, Type::Optional(_)) {
                "None".to_owned()
            } else {
                example
            },
        )
    }));
    fields.extend((way.kind != Type::Unit).then_some(("body".to_owned(), body)));
    format!("Ok({name}::{}{})", way.variant, shape(way, &fields, ": "))
}

/// The enum of the ways in which a method succeeds; none if a plain type says it.
pub fn ways(method: &Method, model: &Model) -> Vec<Value> {
    let Some(name) = &method.success.name else {
        return Vec::new();
    };
    let ways = method.success.ways.iter().map(|way| {
        let types = fields(way).into_iter().map(|(name, kind, docs)| {
            let docs: Vec<_> = docs.iter().map(|line| format!("/// {line}\n")).collect();
            let kind = kind.map_or_else(|| "StatusCode".to_owned(), |kind| kind.text(&model.items));
            (if is_tuple(way) { String::new() } else { format!("{}{name}", docs.concat()) }, kind)
        });
        let bound = fields(way).into_iter().map(|(name, ..)| (name.clone(), name));
        json!({
            "docs": way.docs,
            "declaration": format!("{}{}", way.variant, shape(way, &types.collect::<Vec<_>>(), ": ")),
            "pattern": format!("{}{}", way.variant, shape(way, &bound.collect::<Vec<_>>(), "")),
            "send": send(way, model),
        })
    });
    vec![json!({ "name": name, "method": method.name, "ways": ways.collect::<Vec<_>>() })]
}

/// The calls that send one way to succeed.
fn send(way: &Way, model: &Model) -> String {
    let status = way.status.map_or_else(
        || "status".to_owned(),
        |status| format!("StatusCode::{status}"),
    );
    let headers = way
        .headers
        .iter()
        .map(|header| format!(".header({:?}, &{})?", header.wire, header.name));
    let end = match &way.kind {
        Type::Unit => ".empty()".to_owned(),
        kind => format!(".body({}, &body)", rules(kind, model)),
    };
    format!("call.success({status}){}{end}", headers.collect::<String>())
}

/// What a variant holds: the status if it is open, the headers, the body.
fn fields(way: &Way) -> Vec<(String, Option<&Type>, &[String])> {
    let mut fields: Vec<(String, Option<&Type>, &[String])> = Vec::new();
    fields.extend(
        way.status
            .is_none()
            .then(|| ("status".to_owned(), None, &[][..])),
    );
    fields.extend(way.headers.iter().map(|header| {
        (
            header.name.clone(),
            Some(&header.kind),
            header.docs.as_slice(),
        )
    }));
    fields.extend((way.kind != Type::Unit).then(|| ("body".to_owned(), Some(&way.kind), &[][..])));
    fields
}

/// Whether a variant holds a body alone.
fn is_tuple(way: &Way) -> bool {
    way.headers.is_empty() && way.status.is_some()
}

/// Fields in the brackets of a variant: `(…)` for a body alone, else `{…}`.
fn shape(way: &Way, fields: &[(String, String)], between: &str) -> String {
    let named = fields.iter().map(|(name, value)| match between {
        "" => name.clone(),
        _ => format!("{name}{between}{value}"),
    });
    match fields {
        [] => String::new(),
        [(_, value)] if is_tuple(way) => format!("({value})"),
        _ => format!(" {{ {} }}", named.collect::<Vec<_>>().join(", ")),
    }
}
