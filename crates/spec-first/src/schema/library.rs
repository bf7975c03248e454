//! The schemas of a spec, each compiled when it validates the first value.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use super::compile::{Compiler, MAX_SEPARATE};
use super::compiled::Compiled;
use super::validate::Schema;

/// Reads what a library contains, when the first schema of it is needed.
type Load = Box<dyn FnOnce() -> Result<Contents, String> + Send>;

/// The schemas at many references. Neither their files are read nor anything is compiled before a schema is needed.
pub struct Library(LazyLock<Result<Contents, String>, Load>);

struct Contents {
    compiler: Compiler<'static>,
    /// The ends of all references.
    targets: BTreeSet<String>,
    progress: Mutex<Progress>,
}

/// What has been compiled so far.
#[derive(Default)]
struct Progress {
    schemas: HashMap<String, Arc<Compiled>>,
    /// How many schemas were compiled for those with a validator of their own, each as often as one leads to it.
    cost: usize,
}

impl Library {
    /// A library of the schemas at `references`, which `compiler` makes the compiler of.
    pub fn new(
        references: Vec<Arc<str>>,
        compiler: impl FnOnce() -> Result<Compiler<'static>, String> + Send + 'static,
    ) -> Self {
        Self(LazyLock::new(Box::new(move || {
            let compiler = compiler()?;
            let targets = references.iter().map(|it| compiler.target(it));
            Ok(Contents {
                targets: targets.collect(),
                compiler,
                progress: Mutex::default(),
            })
        })))
    }

    /// The schema at a reference, one of those that the library was made with.
    #[must_use]
    pub fn schema(self: &Arc<Self>, reference: Arc<str>) -> Schema {
        let library = Arc::clone(self);
        Schema::when_needed(move || match &*library.0 {
            Ok(contents) => contents.compile(&reference),
            Err(error) => Err(error.clone()),
        })
    }
}

impl Contents {
    /// The schema at a reference, compiled once however many references lead to it.
    ///
    /// Schemas are compiled one by one until that has cost as much as to compile all of them together; the rest of those that lead
    /// to others share a validator then, as in [`Compiler::compile`].
    fn compile(&self, reference: &str) -> Result<Arc<Compiled>, String> {
        let target = self.compiler.target(reference);
        let progress = self.progress.lock();
        let mut progress = progress.unwrap_or_else(PoisonError::into_inner);
        if let Some(schema) = progress.schemas.get(&target) {
            return Ok(Arc::clone(schema));
        }
        let unions = self.compiler.unions([target.as_str()]);
        let cost = progress.cost + unions.size();
        let is_cheap = cost <= self.targets.len() || self.targets.len() <= MAX_SEPARATE;
        if is_cheap || self.compiler.is_closed(&target) {
            let schema = self.compiler.separate(&target, &unions)?;
            progress.cost = cost;
            progress.schemas.insert(target, Arc::clone(&schema));
            return Ok(schema);
        }
        let shared = self.shared(&progress)?;
        progress.schemas.extend(shared);
        let schema = progress.schemas.get(&target).map(Arc::clone);
        schema.ok_or_else(|| format!("{target}: it is no schema of this library"))
    }

    /// Every schema that leads to others and has no validator of its own.
    fn shared(&self, progress: &Progress) -> Result<HashMap<String, Arc<Compiled>>, String> {
        let targets = self.targets.iter().map(String::as_str);
        let rest = targets.filter(|it| !progress.schemas.contains_key(*it));
        let rest = rest.filter(|it| !self.compiler.is_closed(it));
        let rest: Vec<_> = rest.collect();
        let unions = self.compiler.unions(rest.iter().copied());
        let shared = self.compiler.shared(&rest, &unions)?.into_iter();
        Ok(shared.map(|(it, schema)| (it.to_owned(), schema)).collect())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use serde_json::{Value, json};

    use super::*;
    use crate::schema::{Checks, Dialect, Files};

    /// A library of the lists of a file: of the first text, of the first two, and so on.
    fn lists(count: usize) -> (Arc<Library>, Vec<Schema>) {
        let schemas = (0..count).flat_map(|number| {
            let text = json!({ "type": "string", "maxLength": number });
            let items = (0..=number).map(|other| json!({ "$ref": format!("#/text{other}") }));
            let list = json!({ "items": { "allOf": items.collect::<Vec<_>>() } });
            [
                (format!("text{number}"), text),
                (format!("list{number}"), list),
            ]
        });
        library(schemas.collect(), (0..count).map(|it| format!("list{it}")))
    }

    /// A library of types that lead to each other, as those of big public specs do: from each, all can be reached.
    fn circle(count: usize) -> (Arc<Library>, Vec<Schema>) {
        let to = |number: usize| json!({ "$ref": format!("#/type{}", number % count) });
        let schemas = (0..count).map(|number| {
            let properties = json!({ "a": to(number + 1), "b": to(number + 7) });
            (
                format!("type{number}"),
                json!({ "properties": properties, "minProperties": 1 }),
            )
        });
        library(schemas.collect(), (0..count).map(|it| format!("type{it}")))
    }

    /// A library of the schemas with these names in a file.
    fn library(schemas: Value, names: impl Iterator<Item = String>) -> (Arc<Library>, Vec<Schema>) {
        let files: &Files = Box::leak(Box::new(Files::from_iter([(
            "api.yml".to_owned(),
            schemas,
        )])));
        let references = names.map(|name| Arc::from(format!("api.yml#/{name}")));
        let references: Vec<Arc<str>> = references.collect();
        let library = Arc::new(Library::new(references.clone(), || {
            Compiler::new(files, vec![], "api.yml", Dialect::Draft4, Checks::default())
        }));
        let schemas = references.into_iter().map(|it| library.schema(it));
        let schemas = schemas.collect();
        (library, schemas)
    }

    fn count(library: &Library) -> usize {
        let contents = library.0.as_ref();
        let progress = contents.ok().and_then(|it| it.progress.lock().ok());
        progress.map_or(0, |progress| progress.schemas.len())
    }

    /// How many validators have been built.
    fn validators(library: &Library) -> usize {
        let contents = library.0.as_ref();
        let progress = contents.ok().and_then(|it| it.progress.lock().ok());
        let progress = progress.expect("it has been loaded");
        let schemas = progress.schemas.values();
        let built: HashSet<_> = schemas.map(|it| Arc::as_ptr(&it.validator)).collect();
        built.len()
    }

    #[test]
    fn schemas_that_lead_to_each_other_share_a_validator() {
        let (library, schemas) = circle(600);
        for schema in &schemas[..100] {
            assert!(schema.validate(json!({ "a": { "b": [] } })).is_ok());
            let rejection = schema.validate(json!({ "a": { "b": {} } }));
            let rejection = rejection.expect_err("it is empty");
            assert_eq!(rejection.first_violation().pointer, "/a/b");
        }
        // That of the first, which cost as much as all together, and one for the rest.
        assert_eq!(validators(&library), 2);
        assert_eq!(count(&library), 600);
    }

    #[test]
    fn a_schema_is_compiled_when_it_validates_a_value() {
        let (library, schemas) = lists(10);
        assert_eq!(count(&library), 0);
        assert!(schemas[0].validate(json!([""])).is_ok());
        assert!(schemas[0].validate(json!(["a"])).is_err());
        assert_eq!(count(&library), 1);
        assert!(schemas[9].validate(json!(["a"])).is_err());
        assert_eq!(count(&library), 2);
    }

    #[test]
    fn the_rest_of_many_is_compiled_together_where_each_leads_to_many() {
        let (library, schemas) = lists(2 * MAX_SEPARATE);
        for (number, schema) in schemas.iter().enumerate() {
            assert!(schema.validate(json!([""])).is_ok(), "{number}");
            let rejection = schema
                .validate(json!(["", "a"]))
                .expect_err("it is too long");
            let violation = rejection.first_violation();
            assert_eq!(violation.pointer, "/1");
            assert_eq!(violation.schema.as_deref(), Some("/text0/maxLength"));
            let compiled = count(&library);
            let expected = if number < 14 {
                number + 1
            } else {
                schemas.len()
            };
            assert_eq!(compiled, expected, "{number}");
        }
    }

    #[test]
    fn a_file_that_cannot_be_read_is_why_nothing_is_accepted() {
        let library = Library::new(vec!["a.yml#/a".into()], || Err("no file".to_owned()));
        let schema = Arc::new(library).schema("a.yml#/a".into());
        let rejection = schema.validate(json!(1)).expect_err("there is no schema");
        let violation = rejection.first_violation();
        assert_eq!(violation.detail, "the schema cannot be compiled: no file");
        assert_eq!(rejection.pointers(9), [""]);
        assert_eq!(rejection.violations(), [violation]);
        assert_eq!(rejection.into_value(), json!(1));
    }
}
