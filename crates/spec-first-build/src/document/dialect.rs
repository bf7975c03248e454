//! The dialects of JSON Schema that OpenAPI 3.1 may be written in: `jsonSchemaDialect` and `$schema` name them (section 4.8.24.5).

use std::collections::HashMap;

use serde_json::Value;

use crate::text::Location;

/// A dialect of JSON Schema, the older ones first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum JsonSchema {
    /// Draft 4.
    Draft4,
    /// Draft 6.
    Draft6,
    /// Draft 7.
    Draft7,
    /// 2020-12, and OpenAPI's own dialect, which adds annotations to it.
    #[default]
    Draft202012,
}

impl JsonSchema {
    /// The dialect that a URI names; none if it is another one.
    pub fn named(uri: &str) -> Option<JsonSchema> {
        let uri = uri.trim_end_matches('#');
        let address = uri
            .strip_prefix("https://")
            .or_else(|| uri.strip_prefix("http://"))?;
        match address {
            "json-schema.org/draft-04/schema" => Some(JsonSchema::Draft4),
            "json-schema.org/draft-06/schema" => Some(JsonSchema::Draft6),
            "json-schema.org/draft-07/schema" => Some(JsonSchema::Draft7),
            "json-schema.org/draft/2020-12/schema" => Some(JsonSchema::Draft202012),
            // `base`, or the date of an edition.
            _ if address.starts_with("spec.openapis.org/oas/3.1/dialect/") => {
                Some(JsonSchema::Draft202012)
            }
            _ => None,
        }
    }
}

/// The dialects of a document's schemas.
#[derive(Debug, Default)]
pub(crate) struct Dialects {
    general: JsonSchema,
    /// Those that `$schema` names, each for the schema there and the schemas in it.
    own: HashMap<Location, JsonSchema>,
}

impl Dialects {
    /// The dialects of the document `root`, whose schemas are `schemas`.
    pub fn new<'a>(
        root: &Value,
        schemas: impl Iterator<Item = (&'a Location, &'a Value)>,
    ) -> Dialects {
        let named = |value: &Value, name: &str| JsonSchema::named(value.get(name)?.as_str()?);
        let own = schemas
            .filter_map(|(location, value)| Some((location.clone(), named(value, "$schema")?)));
        Dialects {
            general: named(root, "jsonSchemaDialect").unwrap_or_default(),
            own: own.collect(),
        }
    }

    /// Whether one of them is older than 2020-12.
    pub fn has_older(&self) -> bool {
        let mut all = self.own.values().chain([&self.general]);
        all.any(|dialect| *dialect < JsonSchema::Draft202012)
    }

    /// The dialect of the schema at `location`.
    pub fn of(&self, location: &Location) -> JsonSchema {
        if self.own.is_empty() {
            return self.general;
        }
        let around = std::iter::successors(Some(location.clone()), Location::parent);
        let mut own = around.filter_map(|location| self.own.get(&location));
        own.next().copied().unwrap_or(self.general)
    }
}

#[cfg(test)]
mod tests {
    use super::JsonSchema::{self, Draft4, Draft6, Draft7, Draft202012};

    #[test]
    fn dialects_have_their_names() {
        for (uri, dialect) in [
            ("http://json-schema.org/draft-04/schema#", Some(Draft4)),
            ("http://json-schema.org/draft-06/schema", Some(Draft6)),
            ("https://json-schema.org/draft-07/schema#", Some(Draft7)),
            (
                "https://json-schema.org/draft/2020-12/schema",
                Some(Draft202012),
            ),
            (
                "https://spec.openapis.org/oas/3.1/dialect/base",
                Some(Draft202012),
            ),
            ("https://json-schema.org/draft/2019-09/schema", None),
            ("http://json-schema.org/schema", None),
            ("https://example.com/dialect", None),
        ] {
            assert_eq!(JsonSchema::named(uri), dialect, "{uri}");
        }
    }
}
