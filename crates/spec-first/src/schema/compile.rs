//! Compiles every schema that the operations refer to, once, at start.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use jsonschema::{Draft, Registry, ValidationOptions, Validator};
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use serde_json::{Map, Value, json};

use crate::contract::document::{Dialect, Document, Files};
use crate::contract::settings::{ReadOnly, Settings};
use crate::schema::check_formats;
use crate::schema::matching::{SlowNames, bound_patterns};
use crate::schema::read_only::refuse_read_only;
use crate::schema::validate::Schema;

/// So many schemas are compiled each for itself. If there are more, and each leads to most of the others as in big public
/// specs, that would take minutes and gigabytes; they become one validator then, for the price of an allocation a check.
const ALONE: usize = 64;

/// Where the files live for `jsonschema`. Nothing is ever fetched.
const BASE: &str = "spec:///";

/// What a URI does not hold as it is (RFC 3986, 3.3 and 3.5).
const UNSAFE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Compiled schemas, by the references to them.
type View = HashMap<String, Arc<Schema>>;

/// The compiled schemas of a document.
pub(crate) struct Schemas {
    requests: View,
    /// None if a response sees the same as a request.
    responses: Option<View>,
}

impl Schemas {
    /// Compiles every schema of a document that an operation refers to.
    ///
    /// # Errors
    /// A reference that leads nowhere, or to what is no schema.
    pub fn compile(document: &Document, settings: &Settings) -> Result<Self, String> {
        let (requests, responses) = (document.request_schemas(), document.response_schemas());
        let Some(files) = &document.responses else {
            let all = requests.chain(responses);
            return Ok(Self {
                requests: view(document, &document.requests, settings, all)?,
                responses: None,
            });
        };
        Ok(Self {
            requests: view(document, &document.requests, settings, requests)?,
            responses: Some(view(document, files, settings, responses)?),
        })
    }

    /// The schema at a reference of the document, as a request sees it.
    pub fn request(&self, reference: &str) -> Arc<Schema> {
        Arc::clone(&self.requests[reference])
    }

    /// The schema at a reference of the document, as a response sees it.
    pub fn response(&self, reference: &str) -> Arc<Schema> {
        let view = self.responses.as_ref().unwrap_or(&self.requests);
        Arc::clone(&view[reference])
    }
}

fn view<'r>(
    document: &Document,
    files: &Files,
    settings: &Settings,
    references: impl Iterator<Item = &'r str>,
) -> Result<View, String> {
    let draft = draft(document.dialect);
    let registry = registry(files, &document.resources, draft)?;
    let mut slow_names = SlowNames::default();
    files
        .values()
        .for_each(|schemas| slow_names.find(schemas, draft));
    let compiler = Compiler {
        files,
        resources: &document.resources,
        main_file: document.main_file().into(),
        slow_names: slow_names.into(),
        options: options(draft, &registry, settings),
    };
    compiler.compile(references)
}

struct Compiler<'f> {
    files: &'f Files,
    /// References to the schemas that are resources of their own, the outer ones first.
    resources: &'f [String],
    main_file: Arc<str>,
    slow_names: Arc<SlowNames>,
    options: ValidationOptions<'f>,
}

impl Compiler<'_> {
    fn compile<'r>(&self, references: impl Iterator<Item = &'r str>) -> Result<View, String> {
        let targets = references.map(|reference| (reference, follow(self.files, reference)));
        let targets: Vec<_> = targets.collect();
        let distinct: BTreeSet<_> = targets.iter().map(|(_, target)| target.as_str()).collect();
        let are_few = distinct.len() <= ALONE;
        let (alone, together): (Vec<&str>, Vec<&str>) = distinct
            .into_iter()
            .partition(|target| are_few || self.is_closed(target));
        let mut compiled = self.together(&together)?;
        for target in alone {
            compiled.insert(target, self.alone(target)?);
        }
        let schema = |target: &str| Arc::clone(&compiled[target]);
        let schemas = targets.iter();
        let schemas = schemas.map(|(reference, target)| ((*reference).to_owned(), schema(target)));
        Ok(schemas.collect())
    }

    fn alone(&self, target: &str) -> Result<Arc<Schema>, String> {
        let validator = self.options.build(&json!({ "$ref": self.uri(target) }));
        let validator = validator.map_err(|error| format!("{target}: {error}"))?;
        Ok(self.schema(validator.into(), None))
    }

    /// One validator for many schemas: that of an object with a member for each.
    fn together<'t>(&self, targets: &[&'t str]) -> Result<HashMap<&'t str, Arc<Schema>>, String> {
        let members = targets.iter().enumerate();
        let members =
            members.map(|(index, target)| (index.to_string(), json!({ "$ref": self.uri(target) })));
        let properties: Map<_, _> = members.collect();
        let validator = self.options.build(&json!({ "properties": properties }));
        let validator = validator.map(Arc::new).map_err(|error| {
            let culprit = targets.iter().find_map(|target| self.alone(target).err());
            culprit.unwrap_or_else(|| error.to_string())
        })?;
        let schemas = targets.iter().enumerate().map(|(index, target)| {
            let member = Some(index.to_string());
            (*target, self.schema(Arc::clone(&validator), member))
        });
        Ok(schemas.collect())
    }

    /// The URI of a schema, in the innermost resource that it is part of.
    fn uri(&self, target: &str) -> String {
        let inside = |resource: &&String| {
            let rest = target.strip_prefix(resource.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        match self.resources.iter().rev().find(inside) {
            Some(resource) => {
                let inner = utf8_percent_encode(&target[resource.len()..], UNSAFE);
                format!("{}#{inner}", resource_uri(resource))
            }
            None => uri(target),
        }
    }

    fn schema(&self, validator: Arc<Validator>, member: Option<String>) -> Arc<Schema> {
        Arc::new(Schema {
            validator,
            member,
            main_file: Arc::clone(&self.main_file),
            slow_names: Arc::clone(&self.slow_names),
        })
    }

    /// Whether a schema leads to no other.
    fn is_closed(&self, target: &str) -> bool {
        look_up(self.files, target).is_some_and(|schema| !has_reference(schema))
    }
}

fn has_reference(schema: &Value) -> bool {
    match schema {
        Value::Object(members) => {
            let mut members = members.iter();
            members.any(|(name, value)| {
                matches!(name.as_str(), "$ref" | "$dynamicRef") || has_reference(value)
            })
        }
        Value::Array(items) => items.iter().any(has_reference),
        _ => false,
    }
}

fn options<'f>(
    draft: Draft,
    registry: &'f Registry<'f>,
    settings: &Settings,
) -> ValidationOptions<'f> {
    let options = jsonschema::options()
        .with_draft(draft)
        .with_registry(registry)
        .should_validate_formats(settings.formats);
    let mut options = bound_patterns(options, draft);
    if settings.formats {
        options = check_formats(options, draft);
    }
    match settings.read_only {
        ReadOnly::Drop => options,
        ReadOnly::Refuse => refuse_read_only(options),
    }
}

/// Makes the files known to `jsonschema`.
fn registry<'f>(
    files: &'f Files,
    resources: &[String],
    draft: Draft,
) -> Result<Registry<'f>, String> {
    let mut builder = Registry::new().draft(draft);
    for (name, contents) in files {
        let resource = draft.create_resource_ref(contents);
        let added = builder.add(uri(name), resource);
        builder = added.map_err(|error| format!("{name}: {error}"))?;
    }
    for reference in resources {
        let Some(schema) = look_up(files, reference) else {
            continue;
        };
        let resource = draft.create_resource_ref(schema);
        let added = builder.add(resource_uri(reference), resource);
        builder = added.map_err(|error| format!("{reference}: {error}"))?;
    }
    builder.prepare().map_err(|error| error.to_string())
}

/// The reference at the end of a chain of plain `$ref`s.
fn follow(files: &Files, reference: &str) -> String {
    let mut reference = reference.to_owned();
    // A longer chain goes round in a circle; `jsonschema` says so.
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

fn look_up<'f>(files: &'f Files, reference: &str) -> Option<&'f Value> {
    let (file, pointer) = reference.split_once('#')?;
    files.get(file)?.pointer(pointer)
}

/// The URI of a file or reference.
fn uri(reference: &str) -> String {
    let (file, pointer) = reference.split_once('#').unwrap_or((reference, ""));
    let file = utf8_percent_encode(file, UNSAFE);
    match utf8_percent_encode(pointer, UNSAFE).to_string() {
        pointer if pointer.is_empty() => format!("{BASE}{file}"),
        pointer => format!("{BASE}{file}#{pointer}"),
    }
}

/// The URI of a schema that is a resource of its own, as its `$id` has it.
fn resource_uri(reference: &str) -> String {
    let (file, pointer) = reference.split_once('#').unwrap_or((reference, ""));
    let [file, pointer] = [file, pointer].map(|part| utf8_percent_encode(part, UNSAFE));
    format!("{BASE}{file}?{pointer}")
}

fn draft(dialect: Dialect) -> Draft {
    match dialect {
        Dialect::Draft4 => Draft::Draft4,
        Dialect::Draft202012 => Draft::Draft202012,
    }
}
