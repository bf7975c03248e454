//! Security requirements name schemes that are declared.

use crate::document::{Document, Kind, Version};
use crate::text::{Fault, Location, hint};

pub(super) fn check(document: &Document) -> Vec<Fault> {
    let root = document.root();
    let schemes = match document.version() {
        Version::Swagger2 => root.member("securityDefinitions"),
        _ => root.member("components").member("securitySchemes"),
    };
    let declared: Vec<&str> = document.member_names(&schemes).collect();
    let places = document.places().iter();
    let operations = places.filter(|place| place.kind == Kind::Operation);
    let owners = operations.map(|place| &place.location);
    [&root]
        .into_iter()
        .chain(owners)
        .flat_map(|owner| undeclared(document, &owner.member("security"), &declared))
        .collect()
}

/// The schemes in a list of requirements that are not declared.
fn undeclared(document: &Document, list: &Location, declared: &[&str]) -> Vec<Fault> {
    let requirements = document.elements(list);
    let names = requirements.flat_map(|place| {
        let names = document
            .member_names(&place)
            .filter(|name| !declared.contains(name));
        names
            .map(|name| (place.member(name), name))
            .collect::<Vec<_>>()
    });
    names
        .map(|(place, name)| {
            let text = format!(
                "The security scheme `{name}` is not declared. Declare it under {}.{}",
                home(document.version()),
                hint(name, declared.iter().copied())
            );
            document.fault(&place, text)
        })
        .collect()
}

/// Where schemes are declared.
fn home(version: Version) -> &'static str {
    match version {
        Version::Swagger2 => "`securityDefinitions`",
        _ => "`components`, in `securitySchemes`",
    }
}
