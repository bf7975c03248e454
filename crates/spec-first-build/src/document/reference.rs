//! `$ref`: which file and which place in it a reference names. Nothing is ever fetched.

use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use serde_json::Value;
use spec_first::schema::uri;

use super::grammar::Version;
use crate::text::Location;

/// The reference, if the value is one.
pub(crate) fn of(value: &Value) -> Option<&str> {
    value.get("$ref")?.as_str()
}

/// The target of `reference`, which is at `location`.
///
/// # Errors
/// A sentence: the reference names another host, or is malformed.
pub(crate) fn target(location: &Location, reference: &str) -> Result<Location, String> {
    let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let pointer = decoded(fragment);
    if let Some((file, pointer)) = uri::parse(reference) {
        return Ok(Location {
            file: Arc::from(file),
            pointer: pointer.into_owned(),
        });
    }
    if is_meta_schema(file) && pointer.is_empty() {
        return Ok(Location::root(&Arc::from(file)));
    }
    if !pointer.is_empty() && !pointer.starts_with('/') {
        return Err(format!(
            "`$ref` to `{reference}` is not a JSON pointer. After `#` write a path such as `/definitions/Pet`."
        ));
    }
    if file.is_empty() {
        return Ok(Location {
            file: Arc::clone(&location.file),
            pointer,
        });
    }
    if has_scheme(file) {
        return Err(format!(
            "`$ref` to `{reference}` names another host, and the build fetches nothing. Copy the file into the folder of this one."
        ));
    }
    Ok(Location {
        file: sibling(&location.file, &decoded(file)),
        pointer,
    })
}

/// The meta-schemas, which every validator has built in.
const META_SCHEMAS: [&str; 2] = [
    "http://json-schema.org/draft-04/schema",
    "https://json-schema.org/draft/2020-12/schema",
];

/// Whether the file is a meta-schema.
pub(crate) fn is_meta_schema(file: &str) -> bool {
    META_SCHEMAS.contains(&file)
}

/// The URI of a place.
pub(crate) fn address(location: &Location) -> String {
    uri::place(&location.file, &location.pointer)
}

/// The reference to a place in the same file.
pub(crate) fn pointer(location: &Location) -> String {
    uri::fragment(&location.pointer)
}

/// The URI of a place that is part of a resource: a schema with an address of its own.
pub(crate) fn address_in(resource: &Location, location: &Location) -> String {
    let inner = location.pointer.get(resource.pointer.len()..);
    let inner = uri::fragment(inner.unwrap_or_default());
    format!("{}{inner}", resource_address(resource))
}

/// The URI of a resource.
pub(crate) fn resource_address(resource: &Location) -> String {
    uri::resource(&resource.file, &resource.pointer)
}

/// The characters that no URI holds (RFC 3986, section 2); what an author has encoded stays as it is.
const FOREIGN: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The reference as a URI, whatever characters its author used or encoded: validators compare the text.
pub(crate) fn escaped(reference: &str) -> String {
    let (file, fragment) = match reference.split_once('#') {
        Some((file, fragment)) => (file, uri::fragment(&decoded(fragment))),
        None => (reference, String::new()),
    };
    let file = match has_scheme(file) {
        true => utf8_percent_encode(file, FOREIGN).to_string(),
        // A file's name is encoded as a fragment is.
        false => uri::fragment(&decoded(file)).split_off(1),
    };
    file + &fragment
}

/// The text of the fault of a reference that leads back to itself.
pub(crate) const ENDLESS: &str =
    "This `$ref` leads back to itself. Replace one `$ref` of the circle by what it should mean.";

/// The text of the fault of a reference whose target does not exist.
pub(crate) fn dangling(reference: &str) -> String {
    format!(
        "`$ref` to `{reference}`, which does not exist. Define it, or refer to something that is defined."
    )
}

/// Where OpenAPI 2.0 has its components, and where OpenAPI 3 has them.
const HOMES: [(&str, &str); 4] = [
    ("/definitions/", "/components/schemas/"),
    ("/parameters/", "/components/parameters/"),
    ("/responses/", "/components/responses/"),
    ("/securityDefinitions/", "/components/securitySchemes/"),
];

/// The pointer that `version` has for the component at `pointer`, if that is where another version has it.
pub(crate) fn home(pointer: &str, version: Version) -> Option<String> {
    let mut homes = HOMES.iter().map(|(swagger, openapi)| match version {
        Version::Swagger2 => (openapi, swagger),
        _ => (swagger, openapi),
    });
    homes.find_map(|(foreign, own)| {
        let name = pointer.strip_prefix(foreign)?;
        Some(format!("{own}{name}"))
    })
}

pub(crate) fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn has_scheme(file: &str) -> bool {
    let scheme = file.split(':').next().unwrap_or_default();
    let named = scheme.len() > 1 && scheme.len() < file.len();
    file.starts_with("//")
        || named
            && scheme
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

/// `file`, relative to the folder of `base`, with `.` and `..` resolved where that can be done by name.
fn sibling(base: &str, file: &str) -> Arc<str> {
    let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
    let joined = if file.starts_with('/') {
        file.to_owned()
    } else {
        format!("{folder}/{file}")
    };
    let mut steps: Vec<&str> = Vec::new();
    for step in joined
        .split('/')
        .filter(|step| !step.is_empty() && *step != ".")
    {
        match (step, steps.last()) {
            ("..", Some(last)) if *last != ".." => {
                steps.pop();
            }
            _ => steps.push(step),
        }
    }
    let path = steps.join("/");
    Arc::from(if file.starts_with('/') || base.starts_with('/') {
        format!("/{path}")
    } else {
        path
    })
}

#[cfg(test)]
mod tests {
    use super::{escaped, target};
    use crate::text::Location;

    #[test]
    fn a_reference_becomes_a_uri_whatever_its_author_encoded() {
        for (reference, uri) in [
            ("#/definitions/Pet", "#/definitions/Pet"),
            (
                "#/definitions/Page[Voyage]",
                "#/definitions/Page%5BVoyage%5D",
            ),
            (
                "#/definitions/Page%5bVoyage%5d",
                "#/definitions/Page%5BVoyage%5D",
            ),
            ("#/definitions/100% a", "#/definitions/100%25%20a"),
            ("#/definitions/a%25b#c", "#/definitions/a%25b%23c"),
            ("../ü 5%.yml", "../%C3%BC%205%25.yml"),
            ("../%c3%bc.yml#/%61", "../%C3%BC.yml#/a"),
            ("", ""),
            ("#", "#"),
            ("https://a/b?c=%5B#d", "https://a/b?c=%5B#d"),
        ] {
            assert_eq!(escaped(reference), uri, "{reference}");
        }
    }

    #[test]
    fn references_are_relative_to_their_file() {
        for (base, reference, expected) in [
            (
                "swagger.yml",
                "#/definitions/A",
                "swagger.yml#/definitions/A",
            ),
            (
                "swagger.yml",
                "#/paths/~1a~1%7Bb%7D",
                "swagger.yml#/paths/~1a~1{b}",
            ),
            ("swagger.yml", "models/pet.yml", "models/pet.yml#"),
            (
                "swagger.yml",
                "./models/pet.yml#/Pet",
                "models/pet.yml#/Pet",
            ),
            ("models/pet.yml", "../common.yml#/Id", "common.yml#/Id"),
            (
                "models/pet.yml",
                "owner.yml#/Owner",
                "models/owner.yml#/Owner",
            ),
            ("models/pet.yml", "../../up.yml", "../up.yml#"),
            ("swagger.yml", "a%20b.yml#", "a b.yml#"),
            ("swagger.yml", "swagger.yml#/x", "swagger.yml#/x"),
        ] {
            let location = Location::root(&base.into());
            assert_eq!(
                target(&location, reference).map(|there| there.to_string()),
                Ok(expected.into()),
                "{reference}"
            );
        }
    }

    #[test]
    fn other_hosts_are_refused() {
        let location = Location::root(&"swagger.yml".into());
        for reference in [
            "http://example.com/a.yml",
            "https://example.com#/a",
            "//example.com/a",
            "urn:a:b",
            "#anchor",
        ] {
            assert!(target(&location, reference).is_err(), "{reference}");
        }
    }
}
