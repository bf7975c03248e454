//! The names that a discriminator chooses by: every branch has one, and can be valid under it.

use serde_json::{Map, Value};

use crate::document::Document;
use crate::schema::Schemas;
use crate::schema::discriminator::{KEYWORD, mapping, property, union};
use crate::text::{Fault, Location};

/// A warning for each branch that no name chooses, for each name that its branch rejects, and for a discriminator without an
/// effect. The discriminator is the one of `schema`, which is at `location`.
pub(super) fn warnings(
    document: &Document,
    schemas: &Schemas,
    location: &Location,
    schema: &Map<String, Value>,
) -> Vec<Fault> {
    let discriminators = schemas.discriminators();
    let Some(property) = property(schema) else {
        return Vec::new();
    };
    let Some(annotation) = discriminators.annotation(location) else {
        let text = "The discriminator has no effect: there is neither `oneOf` nor `anyOf` beside it, and no named schema refers to \
                    this one in its `allOf`. Add the schemas that it chooses from, or remove it.";
        return vec![document.fault(&location.member(KEYWORD), text)];
    };
    let Some(keyword) = union(schema) else {
        return loose(document, schemas, location, property);
    };
    let branches: Vec<_> = document.elements(&location.member(keyword)).collect();
    let names = annotation["branches"].as_array().into_iter().flatten();
    let named = branches.iter().zip(names);
    let is_unnamed = |names: &Value| names.as_array().is_some_and(Vec::is_empty);
    let unnamed = named.filter(|(branch, names)| is_unnamed(names) && !is_null(schemas, branch));
    let unnamed = unnamed.map(|(branch, _)| {
        let text = format!(
            "No value of `{property}` chooses this branch, since it has no name: it takes the objects that name no other one. Refer to a \
             schema of the document's components, give the value as an enum of `{property}`, or write it in `mapping`."
        );
        document.fault(branch, text)
    });
    let mut warnings: Vec<Fault> = unnamed.collect();
    warnings.extend(rejected(document, schemas, location, property, &branches));
    warnings.extend(
        branches
            .iter()
            .filter_map(|branch| other_type(document, schemas, branch, property)),
    );
    warnings
}

/// The values that a base lists for its discriminator's property and that are no subtype's name as it is written.
fn loose(
    document: &Document,
    schemas: &Schemas,
    location: &Location,
    property: &str,
) -> Vec<Fault> {
    let (alike, others) = schemas.discriminators().loose_names(location, property);
    let alike = alike.into_iter().map(|(value, name)| {
        format!(
            "{value} is read as the name of `{name}`, which differs from it in letters' case or in signs. Write the value as the schema \
             is called, or map it to the schema."
        )
    });
    let others = others.into_iter().map(|value| {
        format!(
            "{value} is a value of `{property}` that names no schema, so this schema alone validates an object with it. Write the value \
             as a schema is called, or map it to one."
        )
    });
    let place = location.member(KEYWORD);
    alike
        .chain(others)
        .map(|text| document.fault(&place, text))
        .collect()
}

/// Whether the branch is for null, which has no property.
fn is_null(schemas: &Schemas, branch: &Location) -> bool {
    schemas.types(branch) == ["null"]
}

/// The names in `mapping` whose branch lists others.
fn rejected(
    document: &Document,
    schemas: &Schemas,
    location: &Location,
    property: &str,
    branches: &[Location],
) -> Vec<Fault> {
    let discriminators = schemas.discriminators();
    let resolved = discriminators.resolve_all(branches);
    let entries = location.member(KEYWORD).member("mapping");
    let mut faults = Vec::new();
    for mapped in mapping(document, location) {
        let place = mapped
            .place
            .filter(|place| discriminators.branch(&resolved, place).is_some());
        let Some(listed) = place.and_then(|place| discriminators.listed_values(&place, property))
        else {
            continue;
        };
        if listed.iter().any(|value| value == mapped.name) {
            continue;
        }
        let values: Vec<String> = listed.iter().map(|value| format!("`{value}`")).collect();
        let text = format!(
            "`{}` is mapped to `{}`, whose `{property}` is {}, so an object with that name is rejected. Map the value that the schema allows.",
            mapped.name,
            mapped.target,
            values.join(" or ")
        );
        faults.push(document.fault(&entries.member(mapped.name), text));
    }
    faults
}

/// A branch whose property cannot be a name, which is a string unless the schema lists its values.
fn other_type(
    document: &Document,
    schemas: &Schemas,
    branch: &Location,
    property: &str,
) -> Option<Fault> {
    let (place, schema) = document.resolved(branch)?;
    schema.get("properties")?.get(property)?;
    let place = place.member("properties").member(property);
    let types = schemas.types(&place);
    let is_listed = schemas
        .discriminators()
        .listed_values(branch, property)
        .is_some();
    if is_listed || types.is_empty() || types.iter().any(|name| name == "string") {
        return None;
    }
    let text = format!(
        "`{property}` chooses a branch by its name, but its type here is `{}`, so no object with a name is valid. Write `type: string`.",
        types.join("` or `")
    );
    Some(document.fault(&place, text))
}
