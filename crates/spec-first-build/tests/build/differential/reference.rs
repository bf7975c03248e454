//! What `jsonschema` says of a value, without any code of the server's.

use std::collections::HashMap;
use std::path::Path;

use jsonschema::{Draft, Registry, ValidationOptions, Validator};
use serde_json::{Value, json};
use spec_first_build::Front;
use spec_first_build::document::Document;
use spec_first_build::text::report;

/// The formats that draft 4 lacks, and which are checked all the same.
const LATER_FORMATS: [&str; 8] = [
    "date",
    "time",
    "duration",
    "hostname",
    "uri-reference",
    "uuid",
    "regex",
    "json-pointer",
];

/// The translated schemas of a document.
pub struct Reference {
    draft: Draft,
    schemas: Value,
    known: HashMap<String, Validator>,
}

impl Reference {
    /// Reads the document and translates its schemas, as a build does.
    pub fn new(path: &Path) -> Self {
        let document = Document::read(path).unwrap_or_else(|faults| panic!("{}", report(&faults)));
        let front = Front::new(&document).unwrap_or_else(|faults| panic!("{}", report(&faults)));
        let mut contract = front.contract;
        let mut schemas = contract["requests"]["swagger.yml"].take();
        spell_out(&mut schemas);
        let draft = match contract["dialect"].as_str() {
            Some("draft4") => Draft::Draft4,
            _ => Draft::Draft202012,
        };
        Self {
            draft,
            schemas,
            known: HashMap::new(),
        }
    }

    /// Whether there is a schema at a pointer; the branches of a `oneOf` that null would fit twice stand elsewhere once null
    /// is let in.
    pub fn knows(&self, pointer: &str) -> bool {
        self.schemas.pointer(pointer).is_some()
    }

    /// Whether the schema at a pointer into the document accepts the value.
    pub fn accepts(&mut self, pointer: &str, value: &Value) -> bool {
        if !self.known.contains_key(pointer) {
            self.known.insert(pointer.to_owned(), self.compile(pointer));
        }
        self.known[pointer].is_valid(value)
    }

    fn compile(&self, pointer: &str) -> Validator {
        let registry = Registry::new().draft(self.draft);
        let registry = registry.add("spec:///", self.draft.create_resource_ref(&self.schemas));
        let registry = registry.expect("an address").prepare();
        let registry = registry.expect("a registry");
        let options = jsonschema::options()
            .with_draft(self.draft)
            .with_registry(&registry)
            .should_validate_formats(true);
        let schema = json!({ "$ref": format!("spec:///#{}", escaped(pointer)) });
        let validator = with_later_formats(options).build(&schema);
        validator.unwrap_or_else(|error| panic!("{pointer}: {error}"))
    }
}

fn with_later_formats(mut options: ValidationOptions<'_>) -> ValidationOptions<'_> {
    for format in LATER_FORMATS {
        let newest = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .should_validate_formats(true)
            .build(&json!({ "format": format }))
            .expect("a format");
        options = options.with_format(format, move |text: &str| newest.is_valid(&json!(text)));
    }
    options
}

/// A pointer as part of a URI.
fn escaped(pointer: &str) -> String {
    let escaped = pointer.bytes().map(|byte| match byte {
        byte if byte.is_ascii_alphanumeric() || b"-._~/$".contains(&byte) => {
            char::from(byte).to_string()
        }
        byte => format!("%{byte:02X}"),
    });
    escaped.collect()
}

/// Says in plain JSON Schema what OpenAPI's own formats ask for.
fn spell_out(schemas: &mut Value) {
    match schemas {
        Value::Object(members) => {
            members.values_mut().for_each(spell_out);
            let meant = members.get("format").and_then(Value::as_str);
            let parts = members.get("allOf").cloned();
            if let Some(meant) = meant.and_then(meaning) {
                let mut parts = parts.unwrap_or_else(|| json!([]));
                parts.as_array_mut().expect("a list").push(meant);
                members.insert("allOf".to_owned(), parts);
            }
        }
        Value::Array(values) => values.iter_mut().for_each(spell_out),
        _ => {}
    }
}

fn meaning(format: &str) -> Option<Value> {
    let of_integers = |least: Value, greatest: Value| json!({ "minimum": least, "maximum": greatest, "multipleOf": 1 });
    Some(match format {
        "int32" => of_integers(json!(i32::MIN), json!(i32::MAX)),
        "int64" => of_integers(json!(i64::MIN), json!(i64::MAX)),
        "float" => json!({ "minimum": -f64::from(f32::MAX), "maximum": f64::from(f32::MAX) }),
        "byte" => {
            let groups = "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$";
            json!({ "pattern": groups })
        }
        _ => return None,
    })
}
