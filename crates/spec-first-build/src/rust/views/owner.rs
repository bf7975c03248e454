//! The names that schemas have from their places alone, whoever refers to them first.

use crate::naming;
use crate::text::Location;

/// Steps from a schema to others that describe the same value.
const SAME: [&str; 5] = ["allOf", "anyOf", "oneOf", "schema", "content"];

/// The name for a schema that a `$ref` leads to: the component's, the file's, or its owner's with the steps from there.
pub fn name_at(at: &Location) -> String {
    let tokens: Vec<_> = at.tokens().collect();
    let Some(last) = tokens.last() else {
        return stem(&at.file);
    };
    let own = tokens.iter().position(|token| is_step(token));
    match own {
        Some(0) => follow(&stem(&at.file), &tokens),
        // The name of a component may be that of a keyword.
        Some(own) if !at.is_component() => {
            let own = if tokens[0] == "components" || tokens[0] == "definitions" {
                own.max(if tokens[0] == "components" { 3 } else { 2 })
            } else {
                own
            };
            follow(&tokens[own - 1], &tokens[own.min(tokens.len())..])
        }
        _ => last.clone(),
    }
}

/// What several operations share: the name of the component or of the path that a parameter, a body or a response belongs to.
/// None if it is one operation's.
pub fn shared(at: &Location, part: &str) -> Option<String> {
    let tokens: Vec<_> = at.tokens().collect();
    let tokens: Vec<_> = tokens.iter().map(String::as_str).collect();
    match tokens.as_slice() {
        ["components", "parameters" | "headers", name, ..] | ["parameters", name, ..] => {
            Some((*name).to_owned())
        }
        ["components", "requestBodies", name, ..] => Some(with_word(name, "request")),
        ["components", "responses", name, rest @ ..] | ["responses", name, rest @ ..] => {
            Some(match rest.contains(&"headers") {
                true => format!("{name} {part}"),
                false => with_word(name, "response"),
            })
        }
        ["paths", path, "parameters", ..] => {
            let words = path.split('/').filter(|word| !word.starts_with('{'));
            Some(format!("{} {part}", words.collect::<Vec<_>>().join(" ")))
        }
        _ => None,
    }
}

/// The name, with `word` at its end.
fn with_word(name: &str, word: &str) -> String {
    match name.to_lowercase().ends_with(word) {
        true => name.to_owned(),
        false => format!("{name} {word}"),
    }
}

fn is_step(token: &str) -> bool {
    SAME.contains(&token) || matches!(token, "properties" | "items" | "additionalProperties")
}

/// The name at the end of steps from the schema called `owner`.
fn follow(owner: &str, steps: &[String]) -> String {
    let mut name = owner.to_owned();
    let mut is_owner = true;
    let mut steps = steps.iter();
    while let Some(step) = steps.next() {
        let word = match step.as_str() {
            "properties" => {
                let member = steps.next().map_or("", String::as_str);
                name = format!("{name} {member}");
                is_owner = false;
                continue;
            }
            "items" => "item",
            "additionalProperties" => "value",
            _ => continue,
        };
        name = match is_owner {
            true => format!("{name} {word}"),
            false => naming::element(&name, word),
        };
    }
    name
}

/// The name of a file without its folder and its endings.
fn stem(file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let name = name.trim_start_matches('.');
    name.split('.').next().unwrap_or(name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(place: &str) -> Location {
        let (file, pointer) = place.split_once('#').expect("a place");
        Location {
            file: file.into(),
            pointer: pointer.to_owned(),
        }
    }

    #[test]
    fn a_place_has_one_name() {
        for (place, expected) in [
            ("swagger.yml#/components/schemas/Pet", "Pet"),
            ("swagger.yml#/components/schemas/items", "items"),
            ("models/new-pet.yml#", "new-pet"),
            ("models/pet.schema.json#", "pet"),
            ("models.yml#/Pet", "Pet"),
            ("models.yml#/animals/Pet", "Pet"),
            ("pet.yml#/properties/owner", "pet owner"),
            (
                "swagger.yml#/definitions/Order/properties/items/items",
                "Order item",
            ),
            ("swagger.yml#/definitions/Orders/items", "Orders item"),
            (
                "swagger.yml#/components/schemas/items/properties/a",
                "items a",
            ),
            (
                "swagger.yml#/definitions/Map/additionalProperties",
                "Map value",
            ),
            (
                "swagger.yml#/definitions/Pet/allOf/1/properties/size",
                "Pet size",
            ),
        ] {
            assert_eq!(name_at(&at(place)), expected, "{place}");
        }
    }

    #[test]
    fn what_operations_share_is_named_by_itself() {
        for (place, expected) in [
            ("a.yml#/components/parameters/Sort/schema", Some("Sort")),
            (
                "a.yml#/components/responses/Pets/content/a/schema",
                Some("Pets response"),
            ),
            ("a.yml#/responses/PetsResponse/schema", Some("PetsResponse")),
            (
                "a.yml#/components/requestBodies/Pet/content/a/schema",
                Some("Pet request"),
            ),
            (
                "a.yml#/paths/~1pets~1{id}/parameters/0/schema",
                Some(" pets sort"),
            ),
            ("a.yml#/paths/~1pets/get/parameters/0/schema", None),
        ] {
            assert_eq!(shared(&at(place), "sort").as_deref(), expected, "{place}");
        }
    }
}
