//! The forms of Swagger 2.0: the `formData` parameters of an operation as the properties of one schema, which the document does
//! not have.

use serde_json::{Map, Value, json};

use super::translate::Translator;
use crate::document::{Document, METHODS, Part, Version, parameters, path_items};
use crate::text::Location;

/// Where the schema of the form is that the operation at `operation` has. No member of an operation has this name.
pub(crate) fn location(operation: &Location) -> Location {
    operation.member("formData")
}

/// The `formData` parameters of the operation at `operation` in the path item `item`: the item's first, unless the operation
/// overrides them, then its own.
pub(crate) fn fields(document: &Document, item: &Location, operation: &Location) -> Vec<Location> {
    let name = |place: &Location| document.value(place).and_then(|it| it.get("name")).cloned();
    let own = listed(document, operation);
    let inherited = listed(document, item).into_iter();
    let is_overridden = |place: &Location| own.iter().any(|own| name(own) == name(place));
    let inherited = inherited.filter(|place| !is_overridden(place));
    inherited.chain(own.iter().cloned()).collect()
}

fn listed(document: &Document, owner: &Location) -> Vec<Location> {
    let places = parameters(document, owner).into_iter();
    let part = |place: &Location| document.value(place).and_then(Part::of);
    let fields = places.filter(|place| part(place) == Some(Part::FormData));
    fields.collect()
}

/// The schema of each form, and where it is.
pub(super) fn schemas(document: &Document, translator: &Translator) -> Vec<(Location, Value)> {
    if document.version() != Version::Swagger2 {
        return Vec::new();
    }
    let paths = document.root().member("paths");
    let items = document
        .member_names(&paths)
        .flat_map(|path| path_items(document, &paths.member(path)));
    let operations = items.flat_map(|item| {
        let methods = document.member_names(&item);
        let methods = methods.filter(|name| METHODS.contains(name));
        let operations = methods.map(|method| (item.clone(), item.member(method)));
        operations.collect::<Vec<_>>()
    });
    let forms = operations.filter_map(|(item, operation)| {
        let fields = fields(document, &item, &operation);
        let at = location(&operation);
        let schema = schema(document, translator, &at, &fields)?;
        Some((at, schema))
    });
    forms.collect()
}

/// The schema of a form with these fields, unless there is none.
fn schema(
    document: &Document,
    translator: &Translator,
    at: &Location,
    fields: &[Location],
) -> Option<Value> {
    let mut properties = Map::new();
    let mut required: Vec<Value> = Vec::new();
    for field in fields {
        let Some(value) = document.value(field) else {
            continue;
        };
        let Some(name) = value.get("name").and_then(Value::as_str) else {
            continue;
        };
        let reference = translator.reference_to(at, field);
        properties.insert(name.to_owned(), json!({ "$ref": reference }));
        if value.get("required") == Some(&Value::Bool(true)) && !required.contains(&name.into()) {
            required.push(name.into());
        }
    }
    if properties.is_empty() {
        return None;
    }
    let mut schema = json!({ "type": "object", "properties": properties });
    if !required.is_empty() {
        schema["required"] = required.into();
    }
    Some(schema)
}
