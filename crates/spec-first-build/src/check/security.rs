//! Security requirements name schemes that are declared, and whose declaration says what a request sends.

use crate::document::{Document, Kind, SchemeKind, Version, declared_schemes};
use crate::text::{Fault, Location, hint};

pub(super) fn check(document: &Document) -> Vec<Fault> {
    let requirements = requirements(document);
    let mut faults = undeclared(document, &requirements);
    faults.extend(incomplete(document, &requirements));
    faults
}

/// A scheme that is required: where, and its name.
type Required<'d> = (Location, &'d str);

/// Every requirement of the document or of an operation: schemes that have to be met together.
pub(super) fn alternatives(document: &Document) -> Vec<Location> {
    let root = document.root();
    let places = document.places().iter();
    let operations = places.filter(|place| place.kind == Kind::Operation);
    let owners = operations.map(|place| &place.location);
    let lists = [&root].into_iter().chain(owners);
    lists
        .flat_map(|owner| document.elements(&owner.member("security")))
        .collect()
}

/// Every scheme that the document or an operation requires.
fn requirements(document: &Document) -> Vec<Required<'_>> {
    let alternatives = alternatives(document).into_iter();
    let required = alternatives.flat_map(|place| {
        let names = document.member_names(&place);
        names
            .map(|name| (place.member(name), name))
            .collect::<Vec<_>>()
    });
    required.collect()
}

/// The required schemes that are not declared.
fn undeclared(document: &Document, requirements: &[Required]) -> Vec<Fault> {
    let declared: Vec<&str> = document.member_names(&declared_schemes(document)).collect();
    let unknown = requirements.iter();
    let unknown = unknown.filter(|(_, name)| !declared.contains(name));
    unknown
        .map(|(place, name)| {
            let text = format!(
                "The security scheme `{name}` is not declared. Declare it under {}.{}",
                home(document.version()),
                hint(name, declared.iter().copied())
            );
            document.fault(place, text)
        })
        .collect()
}

/// The declarations that a server could not check a request by, of schemes that are required.
fn incomplete(document: &Document, requirements: &[Required]) -> Vec<Fault> {
    let declared = declared_schemes(document);
    let names = document.member_names(&declared);
    let required = names.filter(|name| requirements.iter().any(|(_, it)| it == name));
    let faults = required.filter_map(|name| {
        let (location, value) = document.resolved(&declared.member(name))?;
        let member = SchemeKind::of(value).err()?;
        let text = format!(
            "The security scheme `{name}` needs {}, or no request can be checked by it.",
            expected(member, document.version())
        );
        let place = location.member(member);
        let place = match document.value(&place) {
            Some(_) => place,
            None => location,
        };
        Some(document.fault(&place, text))
    });
    faults.collect()
}

/// What a member of a scheme object has to be.
fn expected(member: &str, version: Version) -> &'static str {
    match (member, version) {
        ("in", Version::Swagger2) => "`in`: `header` or `query`",
        ("in", _) => "`in`: `header`, `query` or `cookie`",
        ("name", _) => "`name`: the name of the header, query parameter or cookie",
        ("scheme", _) => "`scheme`: for example `basic` or `bearer`",
        (_, Version::Swagger2) => "`type`: `basic`, `apiKey` or `oauth2`",
        _ => "`type`: `apiKey`, `http`, `oauth2`, `openIdConnect` or `mutualTLS`",
    }
}

/// Where schemes are declared.
fn home(version: Version) -> &'static str {
    match version {
        Version::Swagger2 => "`securityDefinitions`",
        _ => "`components`, in `securitySchemes`",
    }
}
