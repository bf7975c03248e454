//! Compiled schemas: each is a value's judge, and explains itself when it refuses.

use std::collections::HashMap;
use std::sync::Arc;

use jsonschema::{Draft, PatternOptions, Registry, ValidationError, ValidationOptions, Validator};
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use serde_json::{Value, json};

use super::document::{Dialect, Document, Files};
use super::format::check_formats;
use super::sentence::sentence;
use crate::problem::MAX_VIOLATIONS;

/// How often a pattern with look-around may step back for one string. Far more than honest patterns need, and a
/// millisecond at the worst; other patterns are matched in linear time.
const BACKTRACK_LIMIT: usize = 100_000;

/// What a URI's fragment and path do not hold as it is (RFC 3986, 3.5).
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

/// Where a request's and a response's files live for `jsonschema`. Nothing is ever fetched.
const REQUESTS: &str = "spec://requests/";
const RESPONSES: &str = "spec://responses/";

/// A compiled schema.
#[derive(Debug)]
pub(super) struct Schema {
    validator: Validator,
    /// The file that a pointer need not name.
    main_file: Arc<str>,
}

/// One reason why a schema refuses a value.
#[derive(Debug)]
pub(super) struct Fault {
    /// JSON pointer to the part of the value.
    pub pointer: String,
    pub keyword: String,
    /// JSON pointer to the keyword in the author's document.
    pub schema: String,
    pub sentence: String,
}

impl Schema {
    pub fn is_valid(&self, value: &Value) -> bool {
        self.validator.is_valid(value)
    }

    /// Why the value is refused, [`MAX_VIOLATIONS`] reasons at most.
    pub fn faults(&self, value: &Value) -> Vec<Fault> {
        let errors = self.validator.iter_errors(value).take(MAX_VIOLATIONS);
        errors.map(|error| self.fault(&error)).collect()
    }

    /// The first reason why the value is refused.
    pub fn first_fault(&self, value: &Value) -> Option<Fault> {
        let error = self.validator.validate(value).err()?;
        Some(self.fault(&error))
    }

    fn fault(&self, error: &ValidationError<'_>) -> Fault {
        Fault {
            pointer: error.instance_path().as_str().to_owned(),
            keyword: error.kind().keyword().to_owned(),
            schema: self.pointer(error),
            sentence: sentence(error),
        }
    }

    /// Where the broken keyword stands for the author: a pointer, after the file's name if it is not the main one.
    fn pointer(&self, error: &ValidationError<'_>) -> String {
        let Some(uri) = error.absolute_keyword_location() else {
            return error.schema_path().as_str().to_owned();
        };
        let path = uri.path().as_str().trim_start_matches('/');
        let file = percent_decode_str(path).decode_utf8_lossy();
        let fragment = uri.fragment().map_or("", |fragment| fragment.as_str());
        let pointer = percent_decode_str(fragment).decode_utf8_lossy();
        if *file == *self.main_file {
            return pointer.into_owned();
        }
        format!("{file}#{pointer}")
    }
}

/// Makes the files of a document known to `jsonschema`.
///
/// # Errors
/// A file whose name or `$ref`s are no URIs, or lead to a file that is not there.
pub(super) fn registry(document: &Document) -> Result<Registry<'_>, String> {
    let draft = draft(document.dialect);
    let requests = document.requests.iter().map(|file| (REQUESTS, file));
    let responses = document.responses.iter().flatten();
    let responses = responses.map(|file| (RESPONSES, file));
    let mut builder = Registry::new().draft(draft);
    for (base, (name, contents)) in requests.chain(responses) {
        let resource = draft.create_resource_ref(contents);
        builder = builder
            .add(uri(base, name), resource)
            .map_err(|error| format!("{name}: {error}"))?;
    }
    builder.prepare().map_err(|error| error.to_string())
}

/// Compiles the schemas of a document, each only once.
pub(super) struct Compiler<'d> {
    document: &'d Document,
    options: ValidationOptions<'d>,
    main_file: Arc<str>,
    compiled: HashMap<String, Arc<Schema>>,
}

impl<'d> Compiler<'d> {
    /// A compiler for the files in `registry`, of which the reader need not be told `main_file`.
    pub fn new(document: &'d Document, registry: &'d Registry<'d>, main_file: &str) -> Self {
        let draft = draft(document.dialect);
        let options = jsonschema::options()
            .with_draft(draft)
            .with_registry(registry)
            .with_pattern_options(PatternOptions::fancy_regex().backtrack_limit(BACKTRACK_LIMIT))
            .should_validate_formats(true);
        Self {
            document,
            options: check_formats(options, draft),
            main_file: main_file.into(),
            compiled: HashMap::new(),
        }
    }

    /// The schema at `reference`, as a request sees it.
    pub fn request(&mut self, reference: &str) -> Result<Arc<Schema>, String> {
        self.compile(REQUESTS, &self.document.requests, reference)
    }

    /// The schema at `reference`, as a response sees it.
    pub fn response(&mut self, reference: &str) -> Result<Arc<Schema>, String> {
        match &self.document.responses {
            Some(files) => self.compile(RESPONSES, files, reference),
            None => self.request(reference),
        }
    }

    fn compile(
        &mut self,
        base: &str,
        files: &Files,
        reference: &str,
    ) -> Result<Arc<Schema>, String> {
        let uri = uri(base, follow(files, reference.to_owned()));
        if let Some(schema) = self.compiled.get(&uri) {
            return Ok(Arc::clone(schema));
        }
        let validator = self.options.build(&json!({ "$ref": uri }));
        let schema = Arc::new(Schema {
            validator: validator.map_err(|error| format!("{reference}: {error}"))?,
            main_file: Arc::clone(&self.main_file),
        });
        self.compiled.insert(uri, Arc::clone(&schema));
        Ok(schema)
    }
}

/// The reference at the end of a chain of plain `$ref`s, so that what many operations share is compiled once.
fn follow(files: &Files, mut reference: String) -> String {
    // A chain that is longer goes round in a circle; `jsonschema` says so.
    for _ in 0..16 {
        let Some(next) = next(files, &reference) else {
            break;
        };
        reference = next;
    }
    reference
}

fn next(files: &Files, reference: &str) -> Option<String> {
    let (file, pointer) = reference.split_once('#')?;
    let schema = files.get(file)?.pointer(pointer)?.as_object()?;
    let target = schema.get("$ref")?.as_str()?.strip_prefix('#')?;
    let target = percent_decode_str(target).decode_utf8().ok()?;
    (schema.len() == 1 && target.starts_with('/')).then(|| format!("{file}#{target}"))
}

/// The URI of a file or reference.
fn uri(base: &str, reference: impl AsRef<str>) -> String {
    let (file, pointer) = match reference.as_ref().split_once('#') {
        Some((file, pointer)) => (file, Some(pointer)),
        None => (reference.as_ref(), None),
    };
    let file = utf8_percent_encode(file, UNSAFE);
    match pointer {
        Some(pointer) => format!("{base}{file}#{}", utf8_percent_encode(pointer, UNSAFE)),
        None => format!("{base}{file}"),
    }
}

fn draft(dialect: Dialect) -> Draft {
    match dialect {
        Dialect::Draft4 => Draft::Draft4,
        Dialect::Draft202012 => Draft::Draft202012,
    }
}
