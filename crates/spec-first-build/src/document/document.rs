//! The document: the main file, every file that it refers to, and the resolution of `$ref`s.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

use super::dialect::{Dialects, JsonSchema};
use super::grammar::{Kind, Version};
use super::reference;
use super::schema_ids::SchemaIds;
use super::walk::{Place, Walk};
use crate::text::{Fault, Location, Source, hint, parse};

/// How many files one document may be spread over.
const MOST_FILES: usize = 2_000;

/// An OpenAPI document with every file that it refers to.
#[derive(Debug)]
pub struct Document {
    folder: PathBuf,
    /// In the order in which they were first referred to; the main file first.
    names: Vec<Arc<str>>,
    files: HashMap<Arc<str>, Source>,
    /// The files that are neither YAML nor JSON, and why.
    broken: HashMap<Arc<str>, Fault>,
    version: Version,
    schema_ids: SchemaIds,
    dialects: Dialects,
    places: Vec<Place>,
    faults: Vec<Fault>,
}

impl Document {
    /// Reads the file at `path`, YAML or JSON, and the files that it refers to.
    ///
    /// # Errors
    /// A file that cannot be read or is neither YAML nor JSON, or a version of OpenAPI that is not known.
    pub fn read(path: &Path) -> Result<Document, Vec<Fault>> {
        let name = path
            .file_name()
            .unwrap_or(path.as_os_str())
            .to_string_lossy();
        let main: Arc<str> = Arc::from(name.as_ref());
        let source = load(path, &main).map_err(|fault| vec![fault])?;
        let version = version(&source, &main).map_err(|fault| vec![fault])?;
        let mut document = Document {
            folder: path.parent().unwrap_or(Path::new("")).to_owned(),
            names: vec![Arc::clone(&main)],
            files: HashMap::from([(Arc::clone(&main), source)]),
            broken: HashMap::new(),
            version,
            schema_ids: SchemaIds::default(),
            dialects: Dialects::default(),
            places: Vec::new(),
            faults: Vec::new(),
        };
        document.add_schema_ids(&document.root(), Kind::Document);
        document.follow();
        document.dialects = document.find_dialects();
        Ok(document)
    }

    /// The version of OpenAPI that the document is written in.
    pub fn version(&self) -> Version {
        self.version
    }

    /// The place of the whole document.
    pub fn root(&self) -> Location {
        Location::root(&self.names[0])
    }

    /// The paths of all files that were read, the main file first, for `cargo::rerun-if-changed` and the stamp.
    pub fn paths(&self) -> impl Iterator<Item = PathBuf> + '_ {
        self.names
            .iter()
            .map(|name| self.folder.join(name.as_ref()))
    }

    /// The names of all files that were read, as locations give them, the main file first.
    pub fn files(&self) -> impl Iterator<Item = &Arc<str>> {
        self.names.iter()
    }

    /// The URIs of the meta-schemas that are referred to.
    pub(crate) fn meta_schemas(&self) -> impl Iterator<Item = &Arc<str>> {
        let files = self.files.keys();
        files.filter(|file| reference::is_meta_schema(file))
    }

    /// What is not portable in the texts of the files.
    pub(crate) fn text_warnings(&self) -> impl Iterator<Item = &Fault> {
        self.files.values().flat_map(|source| &source.warnings)
    }

    /// The value at `location`, as its author wrote it.
    pub fn value(&self, location: &Location) -> Option<&Value> {
        location.find(&self.files.get(&location.file)?.value)
    }

    /// The end of the `$ref`s at `location`: something that is no reference.
    ///
    /// # Errors
    /// A reference whose target does not exist, or a chain of references that is circular.
    pub fn resolve(&self, location: &Location) -> Result<Location, Fault> {
        let mut seen = HashSet::new();
        let mut here = location.clone();
        while let Some(there) = self.next(&here)? {
            if !seen.insert(std::mem::replace(&mut here, there)) {
                return Err(self.fault(location, reference::ENDLESS));
            }
        }
        Ok(here)
    }

    /// The target of the `$ref` at `location`, if there is one.
    fn next(&self, location: &Location) -> Result<Option<Location>, Fault> {
        let Some(reference) = self.value(location).and_then(reference::of) else {
            return Ok(None);
        };
        let there = self
            .target(location, reference)
            .map_err(|text| self.fault(location, text))?;
        match self.value(&there) {
            Some(_) => Ok(Some(there)),
            None => Err(self.fault(location, reference::dangling(reference))),
        }
    }

    /// The target of `reference`, which is at `location`.
    ///
    /// # Errors
    /// A sentence: the reference names another host, or is malformed.
    pub(crate) fn target(&self, location: &Location, reference: &str) -> Result<Location, String> {
        if self.schema_ids.is_empty() {
            return reference::target(location, reference);
        }
        let candidates = self.schema_ids.target(location, reference)?;
        let exists = |there: &&Location| self.value(there).is_some();
        let there = candidates.iter().find(exists).or(candidates.first());
        there.cloned().ok_or_else(|| reference::dangling(reference))
    }

    /// The names that schemas give themselves.
    pub(crate) fn schema_ids(&self) -> &SchemaIds {
        &self.schema_ids
    }

    /// The dialect of JSON Schema of the schema at `location`, in OpenAPI 3.1.
    pub(crate) fn json_schema(&self, location: &Location) -> JsonSchema {
        self.dialects.of(location)
    }

    /// Whether schemas of OpenAPI 3.1 are in a dialect before 2020-12.
    pub(crate) fn has_older_schemas(&self) -> bool {
        self.version == Version::OpenApi31 && self.dialects.has_older()
    }

    /// Whether the schema at `location` is in a dialect before 2020-12, in OpenAPI 3.1.
    pub(crate) fn is_older(&self, location: &Location) -> bool {
        let is_newest = self.version == Version::OpenApi31;
        is_newest && self.json_schema(location) < JsonSchema::Draft202012
    }

    fn find_dialects(&self) -> Dialects {
        let schemas = self
            .places
            .iter()
            .filter(|place| place.kind == Kind::Schema);
        let schemas =
            schemas.filter_map(|place| Some((&place.location, self.value(&place.location)?)));
        let root = self.value(&self.root()).unwrap_or(&Value::Null);
        Dialects::new(root, schemas)
    }

    /// Whether the chain of `$ref`s at `location` never ends.
    pub(crate) fn is_endless(&self, location: &Location) -> bool {
        let mut seen = HashSet::new();
        let mut here = location.clone();
        while let Ok(Some(there)) = self.next(&here) {
            if !seen.insert(std::mem::replace(&mut here, there)) {
                return true;
            }
        }
        false
    }

    /// The value at the end of the `$ref`s at `location`, with its place.
    pub(crate) fn resolved(&self, location: &Location) -> Option<(Location, &Value)> {
        let location = self.resolve(location).ok()?;
        let value = self.value(&location)?;
        Some((location, value))
    }

    /// The names of the members of the object at `location`, in their order.
    pub fn member_names(&self, location: &Location) -> impl Iterator<Item = &str> {
        let members = self.value(location).and_then(Value::as_object);
        members
            .into_iter()
            .flat_map(|members| members.keys())
            .map(String::as_str)
    }

    /// The places of the elements of the array at `location`.
    pub fn elements(&self, location: &Location) -> impl Iterator<Item = Location> + use<> {
        let count = self
            .value(location)
            .and_then(Value::as_array)
            .map_or(0, Vec::len);
        let list = location.clone();
        (0..count).map(move |index| list.element(index))
    }

    /// A fault in the value at `location`.
    pub fn fault(&self, location: &Location, text: impl Into<String>) -> Fault {
        let position = self
            .files
            .get(&location.file)
            .map(|source| source.position(location));
        Fault::at(location, position.unwrap_or_default(), text)
    }

    /// Every object that the document is made of, with its kind; each once, the main file's first.
    pub(crate) fn places(&self) -> &[Place] {
        &self.places
    }

    /// What was found wrong while references were followed.
    pub(crate) fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// Puts faults in the order of the files and of the lines in them, each once.
    pub(crate) fn sort(&self, faults: &mut Vec<Fault>) {
        let file = |fault: &Fault| self.names.iter().position(|name| **name == *fault.file());
        faults.sort_by_cached_key(|fault| (file(fault), fault.position(), fault.to_string()));
        faults.dedup();
    }

    /// Walks the document from its root, and reads the files that its references name.
    fn follow(&mut self) {
        let mut walk = Walk::new(self.root(), Kind::Document, self.version);
        while let Some(place) = walk.next() {
            let reference = self
                .value(&place.location)
                .and_then(|value| walk.enter(&place, value));
            let Some(reference) = reference.map(str::to_owned) else {
                continue;
            };
            match self.read_target(&place.location, &reference) {
                Ok(target) if reference::is_meta_schema(&target.file) => {}
                Ok(target) => {
                    self.add_schema_ids(&target, place.kind);
                    walk.refer(target, place.kind);
                }
                Err(fault) => self.faults.push(fault),
            }
        }
        self.places = walk.finish();
    }

    /// Adds the identifiers of the schemas inside of `root`, which only OpenAPI 3.1 has.
    fn add_schema_ids(&mut self, root: &Location, kind: Kind) {
        if self.version != Version::OpenApi31 {
            return;
        }
        let mut identifiers = std::mem::take(&mut self.schema_ids);
        let mut walk = Walk::new(root.clone(), kind, self.version);
        while let Some(place) = walk.next() {
            let Some(value) = self.value(&place.location) else {
                continue;
            };
            let is_schema = place.kind == Kind::Schema;
            if !is_schema || identifiers.add(&place.location, value, place.inner) {
                walk.enter(&place, value);
            }
        }
        self.schema_ids = identifiers;
    }

    /// The target of `reference` at `location`; reads the file if it is a new one.
    fn read_target(&mut self, location: &Location, reference: &str) -> Result<Location, Fault> {
        if let Some(file) = self.schema_ids.file(location, reference) {
            // Only the content of the file shows which of its schemas has the name.
            self.open(location, &file)?;
        }
        let target = self
            .target(location, reference)
            .map_err(|text| self.fault(location, text))?;
        if reference::is_meta_schema(&target.file) {
            let anything = Source::default();
            self.files.insert(Arc::clone(&target.file), anything);
            return Ok(target);
        }
        if self.open(location, &target.file)? {
            // Its schemas may have identifiers that change what the reference means.
            return self.read_target(location, reference);
        }
        match self.value(&target) {
            Some(_) => Ok(target),
            None => Err(self.fault(location, self.dangling(&target, reference))),
        }
    }

    /// What to say of a reference to `target`, which does not exist.
    fn dangling(&self, target: &Location, reference: &str) -> String {
        let text = reference::dangling(reference);
        let own = reference::home(&target.pointer, self.version).map(|pointer| Location {
            file: target.file.clone(),
            pointer,
        });
        if let Some(own) = own.filter(|own| self.value(own).is_some()) {
            return format!("{text} Perhaps `#{}` is meant.", own.pointer);
        }
        let (parent, name) = (target.parent(), target.tokens().last());
        let known = parent.iter().flat_map(|parent| self.member_names(parent));
        text + &hint(name.as_deref().unwrap_or_default(), known)
    }

    /// Reads the file for the reference at `location`; false if it has been read before.
    fn open(&mut self, location: &Location, file: &Arc<str>) -> Result<bool, Fault> {
        if let Some(fault) = self.broken.get(file) {
            return Err(fault.clone());
        }
        if self.files.contains_key(file) {
            return Ok(false);
        }
        let bytes = self
            .bytes(file)
            .map_err(|text| self.fault(location, text))?;
        self.add(file, &bytes)?;
        self.add_schema_ids(&Location::root(file), Kind::Schema);
        Ok(true)
    }

    fn bytes(&self, name: &str) -> Result<Vec<u8>, String> {
        if self.names.len() >= MOST_FILES {
            return Err(format!(
                "More than {MOST_FILES} files are referred to. Join some of them."
            ));
        }
        std::fs::read(self.folder.join(name)).map_err(|error| {
            format!("The file `{name}` cannot be read ({error}). Name a file that exists, relative to this one.")
        })
    }

    fn add(&mut self, name: &Arc<str>, bytes: &[u8]) -> Result<(), Fault> {
        self.names.push(Arc::clone(name));
        match parse(name, bytes) {
            Ok(source) => {
                self.files.insert(Arc::clone(name), source);
                Ok(())
            }
            Err(fault) => {
                self.broken.insert(Arc::clone(name), fault.clone());
                Err(fault)
            }
        }
    }
}

fn load(path: &Path, name: &Arc<str>) -> Result<Source, Fault> {
    let bytes = std::fs::read(path).map_err(|error| {
        Fault::in_file(
            name,
            format!("The file cannot be read ({error}). It is what the server is made from."),
        )
    })?;
    parse(name, &bytes)
}

fn version(source: &Source, file: &Arc<str>) -> Result<Version, Fault> {
    let written = |name: &str| match source.value.get(name)? {
        Value::String(text) => Some(text.clone()),
        // `swagger: 2.0` without quotes.
        other => Some(other.to_string()),
    };
    let known = match (written("swagger"), written("openapi")) {
        (Some(swagger), _) => (swagger == "2.0")
            .then_some(Version::Swagger2)
            .ok_or(("swagger", swagger)),
        (None, Some(openapi)) if is_release(&openapi, "3.0") => Ok(Version::OpenApi30),
        (None, Some(openapi)) if is_release(&openapi, "3.1") => Ok(Version::OpenApi31),
        (None, Some(openapi)) => Err(("openapi", openapi)),
        (None, None) => {
            return Err(Fault::in_file(
                file,
                "There is neither `swagger` nor `openapi` at the top, so this is no OpenAPI document. \
                 Start it with `swagger: \"2.0\"`, `openapi: 3.0.3` or `openapi: 3.1.0`.",
            ));
        }
    };
    known.map_err(|(name, found)| {
        let location = Location::root(file).member(name);
        let text =
            format!("Version `{found}` is not known. Write the document in 2.0, 3.0 or 3.1.");
        Fault::at(&location, source.position(&location), text)
    })
}

/// Whether `version` is `line` or a release of it, as `3.0.3` of `3.0`.
fn is_release(version: &str, line: &str) -> bool {
    version
        .strip_prefix(line)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
