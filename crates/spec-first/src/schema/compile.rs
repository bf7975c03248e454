//! Compiles schemas of a spec, each once however many references lead to it.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use jsonschema::{Registry, Validator};
use serde_json::{Map, Value, json};

use super::compiled::Compiled;
use super::dialect::Dialect;
use super::free_texts;
use super::instance::Instances;
use super::options::{Checks, options};
use super::pattern::NamePatterns;
use super::recursion::RecursiveUnions;
use super::registry::{Files, follow, has_reference, look_up, registry};
use super::uri;
use super::validate::Schema;

/// Up to so many schemas are compiled one by one. If there are more, and each leads to most of the others as in big public
/// specs, that would take minutes and gigabytes; they share one validator then, at the price of an allocation for each
/// validated value.
pub(super) const MAX_SEPARATE: usize = 64;

/// Compiled schemas by the references to them.
pub type SchemaMap = HashMap<String, Arc<Schema>>;

/// Compiles schemas in the files of a spec.
pub struct Compiler<'f> {
    files: &'f Files,
    /// References to the schemas that are resources of their own, the outer ones first.
    resources: Vec<String>,
    main_file: Arc<str>,
    dialect: Dialect,
    checks: Checks,
    max_separate: usize,
    registry: Registry<'f>,
    name_patterns: Arc<NamePatterns>,
}

impl<'f> Compiler<'f> {
    /// A compiler for the schemas in `files`. `resources` are references to the schemas that are resources of their own, the
    /// outer ones first. A violation names its schema without the file if that is `main_file`.
    ///
    /// # Errors
    /// A sentence that names a file or resource that cannot be used.
    pub fn new(
        files: &'f Files,
        resources: Vec<String>,
        main_file: &str,
        dialect: Dialect,
        checks: Checks,
    ) -> Result<Self, String> {
        let draft = dialect.draft();
        Ok(Self {
            files,
            main_file: main_file.into(),
            dialect,
            checks,
            max_separate: MAX_SEPARATE,
            registry: registry(files, &resources, draft)?,
            resources,
            name_patterns: Arc::new(NamePatterns::find(files.values(), draft)),
        })
    }

    /// The same compiler, whose schemas share a validator whenever they refer to others: compiled in less time, at the price
    /// of an allocation for each validated value.
    #[must_use]
    pub fn sharing(mut self) -> Self {
        self.max_separate = 0;
        self
    }

    /// Compiles the schemas at `references`.
    ///
    /// # Errors
    /// A sentence that names a reference that leads nowhere, or to a value that is not a schema.
    pub fn compile<'r>(
        &self,
        references: impl IntoIterator<Item = &'r str>,
    ) -> Result<SchemaMap, String> {
        let targets = references.into_iter();
        let targets = targets.map(|reference| (reference, self.target(reference)));
        let targets: Vec<_> = targets.collect();
        let distinct: BTreeSet<_> = targets.iter().map(|(_, target)| target.as_str()).collect();
        let are_few = distinct.len() <= self.max_separate;
        let (separate, shared): (Vec<&str>, Vec<&str>) = distinct
            .into_iter()
            .partition(|target| are_few || self.is_closed(target));
        let unions = self.unions(separate.iter().chain(&shared).copied());
        let mut compiled = self.shared(&shared, &unions)?;
        for target in separate {
            compiled.insert(target, self.separate(target, &unions)?);
        }
        let schemas = compiled.into_iter();
        let schemas = schemas.map(|(target, schema)| (target, Arc::new(Schema::new(schema))));
        let schemas: HashMap<_, _> = schemas.collect();
        let schema = |target: &str| Arc::clone(&schemas[target]);
        let named = targets.iter();
        let named = named.map(|(reference, target)| ((*reference).to_owned(), schema(target)));
        Ok(named.collect())
    }

    /// The reference at the end of a chain of plain `$ref`s.
    pub(super) fn target(&self, reference: &str) -> String {
        follow(self.files, reference)
    }

    /// The recursive unions that can be reached from the schemas at `targets`.
    pub(super) fn unions<'t>(&self, targets: impl IntoIterator<Item = &'t str>) -> RecursiveUnions {
        RecursiveUnions::find(self.files, targets)
    }

    /// The schema at `target`, with a validator of its own.
    pub(super) fn separate(
        &self,
        target: &str,
        unions: &RecursiveUnions,
    ) -> Result<Arc<Compiled>, String> {
        let validator = self.build(&json!({ "$ref": self.uri(target) }));
        let validator = validator.map_err(|error| format!("{target}: {error}"))?;
        Ok(self.compiled(target, validator.into(), None, unions))
    }

    /// One validator for many schemas: that of an object with a member for each.
    pub(super) fn shared<'t>(
        &self,
        targets: &[&'t str],
        unions: &RecursiveUnions,
    ) -> Result<HashMap<&'t str, Arc<Compiled>>, String> {
        let members = targets.iter().enumerate();
        let members =
            members.map(|(index, target)| (index.to_string(), json!({ "$ref": self.uri(target) })));
        let properties: Map<_, _> = members.collect();
        let validator = self.build(&json!({ "properties": properties }));
        let validator = validator.map(Arc::new).map_err(|error| {
            let culprit = targets
                .iter()
                .find_map(|target| self.separate(target, unions).err());
            culprit.unwrap_or(error)
        })?;
        let schemas = targets.iter().enumerate().map(|(index, target)| {
            let member = Some(index.to_string());
            let schema = self.compiled(target, Arc::clone(&validator), member, unions);
            (*target, schema)
        });
        Ok(schemas.collect())
    }

    fn build(&self, schema: &Value) -> Result<Validator<Instances>, String> {
        let options = options(self.dialect.draft(), self.checks).with_registry(&self.registry);
        options.build(schema).map_err(|error| error.to_string())
    }

    /// The URI of a schema, in the innermost resource that it is part of.
    fn uri(&self, target: &str) -> String {
        let is_outer = |resource: &&String| {
            let rest = target.strip_prefix(resource.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let (file, pointer) = uri::split(target);
        match self.resources.iter().rev().find(is_outer) {
            Some(resource) => {
                let (_, outer) = uri::split(resource);
                let inner = uri::fragment(&pointer[outer.len()..]);
                format!("{}{inner}", uri::resource(file, outer))
            }
            None => uri::place(file, pointer),
        }
    }

    fn compiled(
        &self,
        target: &str,
        validator: Arc<Validator<Instances>>,
        member: Option<String>,
        unions: &RecursiveUnions,
    ) -> Arc<Compiled> {
        Arc::new(Compiled {
            validator,
            member,
            main_file: Arc::clone(&self.main_file),
            name_patterns: Arc::clone(&self.name_patterns),
            free_texts: free_texts::find(self.files, target),
            recursive_branches: unions.branches(target),
        })
    }

    /// Whether a schema leads to no other.
    pub(super) fn is_closed(&self, target: &str) -> bool {
        look_up(self.files, target).is_some_and(|schema| !has_reference(schema))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many schemas that those with a reference share a validator: strings of up to as many characters as their number.
    fn many() -> Files {
        let schemas = (0..2 * MAX_SEPARATE).flat_map(|number| {
            let text = json!({ "type": "string", "maxLength": number });
            let list = json!({ "items": { "$ref": format!("#/text{number}") } });
            [
                (format!("text{number}"), text),
                (format!("list{number}"), list),
            ]
        });
        Map::from_iter([("api.yml".to_owned(), schemas.collect())])
    }

    #[test]
    fn a_shared_validator_returns_values_and_places_as_a_separate_one_does() {
        let files = many();
        let checks = Checks::default();
        let compiler = Compiler::new(&files, vec![], "api.yml", Dialect::Draft4, checks).unwrap();
        let references = (0..2 * MAX_SEPARATE).map(|number| format!("api.yml#/list{number}"));
        let references: Vec<_> = references.collect();
        let schemas = compiler
            .compile(references.iter().map(String::as_str))
            .unwrap();
        let list = &schemas["api.yml#/list3"];
        assert!(list.0.as_ref().is_ok_and(|it| it.member.is_some()));
        assert_eq!(list.validate(json!(["Rex"])).unwrap(), json!(["Rex"]));
        let rejection = list.validate(json!(["Rex", "Fido"])).unwrap_err();
        let violation = rejection.first_violation();
        assert_eq!(violation.pointer, "/1");
        assert_eq!(violation.schema.as_deref(), Some("/text3/maxLength"));
        assert_eq!(rejection.violations(), [violation]);
        assert_eq!(rejection.into_value(), json!(["Rex", "Fido"]));
    }

    #[test]
    fn a_reference_that_leads_nowhere_is_named() {
        let files = many();
        let checks = Checks::default();
        let compiler = Compiler::new(&files, vec![], "api.yml", Dialect::Draft4, checks).unwrap();
        let message = compiler.compile(["api.yml#/text"]).unwrap_err();
        assert!(message.starts_with("api.yml#/text: "), "{message}");
    }
}
