//! A discriminator names a property, and each name in its mapping means one branch.

use serde_json::{Map, Value};

use super::discriminator_names;
use super::wording::expected;
use crate::document::{Document, Kind, Version, has_siblings, reference};
use crate::schema::Schemas;
use crate::schema::discriminator::{Discriminators, KEYWORD, Mapped, mapping, property, union};
use crate::text::{Fault, Location};

pub(super) fn check(document: &Document, discriminators: &Discriminators) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (location, schema) in schemas(document) {
        let place = location.member(KEYWORD);
        let wrong = wrong(document, &place, &schema[KEYWORD]);
        let is_sound = wrong.is_empty();
        faults.extend(wrong);
        if is_sound {
            let lost = lost(document, location);
            let lost = lost.into_iter().filter(|_| union(schema).is_some());
            faults.extend(lost.map(|mapped| dangling(document, location, &mapped, LOST_BRANCH)));
            faults.extend(ambiguous(document, discriminators, location, schema));
        }
    }
    faults
}

/// Warnings for names that are mapped to a schema that is not a branch: no object with such a name is accepted. And for names of
/// children that do not exist: the parent alone validates such an object.
pub(super) fn warnings(document: &Document, all: &Schemas) -> Vec<Fault> {
    let discriminators = all.discriminators();
    let mut warnings = Vec::new();
    for (location, schema) in schemas(document) {
        warnings.extend(discriminator_names::warnings(
            document, all, location, schema,
        ));
        let Some(keyword) = union(schema) else {
            let lost = lost(document, location).into_iter();
            warnings.extend(lost.map(|mapped| dangling(document, location, &mapped, LOST_CHILD)));
            continue;
        };
        let branches: Vec<_> = document.elements(&location.member(keyword)).collect();
        let branches = discriminators.resolve_all(&branches);
        let entries = location.member(KEYWORD).member("mapping");
        for mapped in mapping(document, location) {
            let place = mapped
                .place
                .filter(|place| discriminators.branch(&branches, place).is_none());
            warnings.extend(place.map(|_| {
                let text = format!(
                    "`{}` is mapped to `{}`, which is not a branch of `{keyword}`, so an object with that name is rejected.",
                    mapped.name, mapped.target
                );
                document.fault(&entries.member(mapped.name), text)
            }));
        }
    }
    warnings
}

/// The schemas with a discriminator that counts.
fn schemas(document: &Document) -> impl Iterator<Item = (&Location, &Map<String, Value>)> {
    let places = document.places().iter();
    let schemas = places.filter(|place| place.kind == Kind::Schema);
    schemas.filter_map(|place| {
        let value = document.value(&place.location)?;
        let counts = reference::of(value).is_none() || has_siblings(place.kind, document.version());
        let schema = value.as_object().filter(|_| counts)?;
        schema
            .contains_key(KEYWORD)
            .then_some((&place.location, schema))
    })
}

/// What is wrong with the form of a discriminator.
fn wrong(document: &Document, place: &Location, discriminator: &Value) -> Vec<Fault> {
    let fault = |place: &Location, what: &str, found: &Value, hint: &str| {
        vec![document.fault(place, format!("{} {hint}", expected(what, found)))]
    };
    if document.version() == Version::Swagger2 {
        return match discriminator {
            Value::String(_) => Vec::new(),
            found => fault(
                place,
                "the name of a property",
                found,
                "Write the name alone; a mapping is of later versions.",
            ),
        };
    }
    let Value::Object(members) = discriminator else {
        return fault(
            place,
            "an object with `propertyName`",
            discriminator,
            "Write the property's name as its `propertyName`.",
        );
    };
    let name = members.get("propertyName").unwrap_or(&Value::Null);
    if !name.is_string() {
        let place = if members.contains_key("propertyName") {
            &place.member("propertyName")
        } else {
            place
        };
        return fault(
            place,
            "the name of a property as `propertyName`",
            name,
            "Name the property whose value distinguishes the branches.",
        );
    }
    let mapping = place.member("mapping");
    match members.get("mapping") {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Object(names)) => names
            .iter()
            .filter(|(_, target)| !target.is_string())
            .flat_map(|(name, target)| {
                fault(
                    &mapping.member(name),
                    "a component's name or a reference",
                    target,
                    "Write it in quotes.",
                )
            })
            .collect(),
        Some(found) => fault(
            &mapping,
            "an object with names",
            found,
            "Write the names of the branches, each with its schema.",
        ),
    }
}

/// What to do about a name whose branch does not exist.
const LOST_BRANCH: &str = ". Name a schema of `components`, or refer to one.";

/// The consequence for a name whose child does not exist.
const LOST_CHILD: &str = ", so an object with that name is validated by this schema alone.";

/// Names whose target does not exist.
fn lost<'a>(document: &'a Document, location: &Location) -> Vec<Mapped<'a>> {
    let place = location.member(KEYWORD).member("mapping");
    let mut mapped = mapping(document, location);
    mapped
        .retain(|mapped| mapped.place.is_none() && !is_elsewhere(document, &place, mapped.target));
    mapped
}

fn dangling(document: &Document, location: &Location, mapped: &Mapped, end: &str) -> Fault {
    let mapping = location.member(KEYWORD).member("mapping");
    let text = format!(
        "`{}` is mapped to `{}`, which does not exist{end}",
        mapped.name, mapped.target
    );
    document.fault(&mapping.member(mapped.name), text)
}

/// Whether the target is in a file that nothing else refers to, so that it has not been read.
fn is_elsewhere(document: &Document, location: &Location, target: &str) -> bool {
    let is_reference = target.contains(['/', '.', '#']);
    let place = document
        .target(location, target)
        .ok()
        .filter(|_| is_reference);
    place.is_some_and(|place| !document.files().any(|file| *file == place.file))
}

/// Names that the author gives to two branches.
fn ambiguous(
    document: &Document,
    discriminators: &Discriminators,
    location: &Location,
    schema: &Map<String, Value>,
) -> Vec<Fault> {
    let (Some(property), Some(keyword)) = (property(schema), union(schema)) else {
        return Vec::new();
    };
    let branches: Vec<_> = document.elements(&location.member(keyword)).collect();
    let names = discriminators.given_names(location, &branches, property);
    let mut faults = Vec::new();
    for (index, names_here) in names.iter().enumerate() {
        for name in names_here {
            let first = names[..index].iter().position(|names| names.contains(name));
            faults.extend(first.map(|first| {
                let text = format!(
                    "The branches {first} and {index} of `{keyword}` both have the name {name}. Map another name to one of them.",
                );
                document.fault(&location.member(KEYWORD), text)
            }));
        }
    }
    faults
}
