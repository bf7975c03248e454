//! The files of a spec as `jsonschema` finds them.

use jsonschema::{Draft, Registry};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::uri;

/// The author's files by name, with every schema as pure JSON Schema of the dialect.
pub type Files = Map<String, Value>;

/// Makes the files, and the schemas in them that are resources of their own, known to `jsonschema`.
///
/// A resource is added as the very value in its file, so that nothing is copied.
///
/// # Errors
/// A file or resource that cannot be used, and why.
pub(super) fn registry<'f>(
    files: &'f Files,
    resources: &[String],
    draft: Draft,
) -> Result<Registry<'f>, String> {
    let mut builder = Registry::new().draft(draft);
    for (name, contents) in files {
        let resource = draft.create_resource_ref(contents);
        let added = builder.add(uri::place(name, ""), resource);
        builder = added.map_err(|error| format!("{name}: {error}"))?;
    }
    for reference in resources {
        let Some(schema) = look_up(files, reference) else {
            continue;
        };
        let (file, pointer) = uri::split(reference);
        let resource = draft.create_resource_ref(schema);
        let added = builder.add(uri::resource(file, pointer), resource);
        builder = added.map_err(|error| format!("{reference}: {error}"))?;
    }
    builder.prepare().map_err(|error| error.to_string())
}

/// The schema at a reference.
pub(super) fn look_up<'f>(files: &'f Files, reference: &str) -> Option<&'f Value> {
    let (file, pointer) = reference.split_once('#')?;
    files.get(file)?.pointer(pointer)
}

/// The reference at the end of a chain of plain `$ref`s.
pub(super) fn follow(files: &Files, reference: &str) -> String {
    let mut reference = reference.to_owned();
    // A longer chain is a circle, which `jsonschema` reports.
    for _ in 0..16 {
        let Some(next) = next(files, &reference) else {
            break;
        };
        reference = next;
    }
    reference
}

fn next(files: &Files, reference: &str) -> Option<String> {
    let schema = look_up(files, reference)?.as_object()?;
    let target = schema.get("$ref")?.as_str()?.strip_prefix("#/")?;
    let target = percent_decode_str(target).decode_utf8().ok()?;
    let (file, _) = reference.split_once('#')?;
    (schema.len() == 1).then(|| format!("{file}#/{target}"))
}

/// Whether a schema contains a reference to another.
pub(super) fn has_reference(schema: &Value) -> bool {
    match schema {
        Value::Object(members) => members.iter().any(|(name, value)| {
            matches!(name.as_str(), "$ref" | "$dynamicRef") || has_reference(value)
        }),
        Value::Array(items) => items.iter().any(has_reference),
        _ => false,
    }
}
