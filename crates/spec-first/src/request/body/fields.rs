//! The fields of a form, urlencoded or multipart, and how each of them is read.

use std::borrow::Cow;
use std::collections::HashMap;

use indexmap::IndexMap;
use serde_json::Value;

use super::part_headers::Header;
use super::{invalid, locate};
use crate::problem::{MAX_VIOLATIONS, Part, Problem, Violation};
use crate::request::violation::{invalid_request, violation};
use crate::schema::{Dialect, MediaType, Schema, quote, truncate};
use crate::serialization::draft::Draft;
use crate::serialization::{Encoding, Raw, Serialization, json, scalar};
use crate::spec::document::{FieldEntry, FieldKind};
use crate::spec::schemas::Schemas;

/// How many fields a form may have, which bounds the work for it.
pub(super) const MAX_FIELDS: usize = 10_000;

/// The fields that a form may have.
#[derive(Debug, Default)]
pub(super) struct Fields {
    fields: Vec<Field>,
    by_name: HashMap<String, usize>,
}

/// A field as the spec declares it.
#[derive(Debug)]
pub(super) struct Field {
    pub name: String,
    pub kind: FieldKind,
    pub many: bool,
    pub serialization: Serialization,
    pub allows_empty: bool,
    pub media_types: Vec<MediaType>,
    pub headers: Vec<Header>,
    pub min_length: u64,
    pub max_length: Option<u64>,
}

/// What a form has of one field.
#[derive(Debug, Default)]
pub(super) struct Found<'a> {
    /// The texts with the field's own name.
    pub texts: Vec<Cow<'a, str>>,
    /// The members that have names of their own.
    pub members: Vec<(String, Cow<'a, str>)>,
    /// What is no text, with the number of texts before it.
    pub values: Vec<(usize, Value)>,
}

/// What a form has, before it is validated.
#[derive(Debug, Default)]
pub(super) struct Form<'a> {
    known: Vec<Found<'a>>,
    /// What the spec does not declare; of several with one name, the last.
    unknown: IndexMap<String, Cow<'a, str>>,
}

impl Fields {
    pub fn load(entries: &[FieldEntry], schemas: &Schemas) -> Result<Self, String> {
        let fields = entries.iter().map(|entry| Field::load(entry, schemas));
        let fields: Vec<_> = fields.collect::<Result<_, _>>()?;
        let names = fields.iter().enumerate();
        let by_name = names.map(|(index, field)| (field.name.clone(), index));
        Ok(Self {
            by_name: by_name.collect(),
            fields,
        })
    }

    pub fn field(&self, index: usize) -> &Field {
        &self.fields[index]
    }

    /// The field that reads what is sent under `name`: its index, and the member of its value if it is one.
    pub fn owner<'n>(&self, name: &'n str) -> Option<(usize, Option<&'n str>)> {
        if let Some(index) = self.by_name.get(name) {
            return Some((*index, self.member(*index, name, true)));
        }
        let member = |is_declared| {
            let mut indices = 0..self.fields.len();
            indices.find_map(|index| Some((index, self.member(index, name, is_declared)?)))
        };
        let found = member(true).or_else(|| member(false));
        found.map(|(index, member)| (index, Some(member)))
    }

    fn member<'n>(&self, index: usize, name: &'n str, is_declared: bool) -> Option<&'n str> {
        let field = &self.fields[index];
        let member = || {
            field
                .serialization
                .member(&field.name, name, || is_declared)
        };
        (field.kind == FieldKind::Text).then(member).flatten()
    }

    /// A form without fields.
    pub fn form<'a>(&self) -> Form<'a> {
        let known = self.fields.iter().map(|_| Found::default());
        Form {
            known: known.collect(),
            unknown: IndexMap::new(),
        }
    }

    /// The value of a form, validated by its schema. If `strict`, neither an unknown field nor several values of a single one are
    /// accepted; else the last of several counts.
    ///
    /// # Errors
    /// A 400.
    pub fn check(
        &self,
        form: Form<'_>,
        schema: Option<&Schema>,
        encoding: Encoding,
        dialect: Dialect,
        strict: bool,
    ) -> Result<Value, Problem> {
        if strict {
            self.reject_unknown(&form)?;
            self.reject_repeated(&form)?;
        }
        let found = self.fields.iter().zip(form.known);
        let members = found.filter_map(|(field, found)| {
            let draft = field.read(found, encoding, dialect)?;
            Some((field.name.clone(), draft))
        });
        let unknown = form.unknown.into_iter();
        let unknown = unknown.map(|(name, text)| (name, Draft::from(Value::from(text))));
        let draft = Draft::object(members.chain(unknown));
        let checked = match schema {
            Some(schema) => draft.check(schema),
            None => draft.unchecked(),
        };
        checked.map_err(|violations| invalid_request(violations.into_iter().map(locate).collect()))
    }

    fn reject_unknown(&self, form: &Form<'_>) -> Result<(), Problem> {
        let unknown: Vec<_> = form.unknown.keys().take(MAX_VIOLATIONS).collect();
        if unknown.is_empty() {
            return Ok(());
        }
        let names: Vec<_> = unknown.iter().map(|name| quote(name)).collect();
        let violations = unknown.into_iter().map(|name| Violation {
            name: Some(truncate(name)),
            ..violation(Part::Body, None, "the form has no such field")
        });
        let detail = format!("unknown form fields: {}", names.join(", "));
        Err(Problem::bad_request(detail).with_errors(violations.collect()))
    }

    fn reject_repeated(&self, form: &Form<'_>) -> Result<(), Problem> {
        let found = self.fields.iter().zip(&form.known);
        let repeated = found.filter(|(field, found)| found.count() > 1 && field.is_single());
        let violations = repeated.map(|(field, found)| {
            let detail = format!("it has {} values; expected one", found.count());
            field.violation(detail)
        });
        let violations: Vec<_> = violations.take(MAX_VIOLATIONS).collect();
        match violations.is_empty() {
            true => Ok(()),
            false => Err(invalid_request(violations)),
        }
    }
}

impl<'a> Form<'a> {
    /// Adds a text to the field, or to its member.
    pub fn add(&mut self, index: usize, member: Option<&str>, text: Cow<'a, str>) {
        let found = &mut self.known[index];
        match member {
            Some(member) => found.members.push((member.to_owned(), text)),
            None => found.texts.push(text),
        }
    }

    /// Adds a value that is no text.
    pub fn add_value(&mut self, index: usize, value: Value) {
        let found = &mut self.known[index];
        found.values.push((found.texts.len(), value));
    }

    /// Adds a field that the spec does not declare.
    pub fn add_unknown(&mut self, name: String, text: Cow<'a, str>) {
        self.unknown.insert(name, text);
    }
}

impl Found<'_> {
    /// How many values there are under the field's own name.
    fn count(&self) -> usize {
        self.texts.len() + self.values.len()
    }
}

impl Field {
    fn load(entry: &FieldEntry, schemas: &Schemas) -> Result<Self, String> {
        let media_types = entry.media_types.iter();
        let headers = entry.headers.iter();
        Ok(Self {
            name: entry.name.clone(),
            kind: entry.kind,
            many: entry.many,
            serialization: entry.serialization.clone(),
            allows_empty: entry.allows_empty,
            media_types: media_types
                .map(|name| MediaType::declared(name))
                .collect::<Result<_, _>>()?,
            headers: headers.map(|entry| Header::load(entry, schemas)).collect(),
            min_length: entry.min_length.unwrap_or_default(),
            max_length: entry.max_length,
        })
    }

    /// Whether a form has one value of it at most.
    fn is_single(&self) -> bool {
        !self.many && (self.kind != FieldKind::Text || self.serialization.is_single())
    }

    /// A violation by the whole field.
    pub fn violation(&self, detail: impl Into<String>) -> Violation {
        let name = self.name.replace('~', "~0").replace('/', "~1");
        Violation {
            pointer: Some(format!("/{name}")),
            ..violation(Part::Body, None, detail)
        }
    }

    /// What the form has of it; none if that is nothing.
    fn read(&self, found: Found<'_>, encoding: Encoding, dialect: Dialect) -> Option<Draft> {
        let is_last_empty = || found.texts.last().is_some_and(|text| text.is_empty());
        let is_one = found.count() == 1 && found.members.is_empty();
        if found.count() + found.members.len() == 0
            || self.allows_empty && is_last_empty() && is_one
        {
            return None;
        }
        if self.kind != FieldKind::Text || !found.values.is_empty() {
            return Some(self.read_values(found, encoding, dialect));
        }
        let texts = found.texts.iter().map(|text| &**text);
        let members = found.members.iter();
        let raw = Raw {
            texts: texts.collect(),
            members: members
                .map(|(name, text)| (Cow::Borrowed(name.as_str()), &**text))
                .collect(),
        };
        let draft = self.serialization.read(&self.name, &raw, encoding, dialect);
        Some(draft)
    }

    /// A list of all values, or else the last one. One value that is a list may be the whole list.
    fn read_values(&self, found: Found<'_>, encoding: Encoding, dialect: Dialect) -> Draft {
        let mut values = found.values.into_iter().peekable();
        let mut drafts: Vec<Draft> = Vec::new();
        for (index, text) in found.texts.iter().enumerate() {
            while let Some((_, value)) = values.next_if(|(before, _)| *before <= index) {
                drafts.push(value.into());
            }
            drafts.push(self.read_text(text, encoding, dialect));
        }
        drafts.extend(values.map(|(_, value)| Draft::from(value)));
        if !self.many {
            return drafts.pop().unwrap_or_default();
        }
        match <[Draft; 1]>::try_from(drafts) {
            Ok([only]) if only.is_list() => only,
            Ok(one) => Draft::list(one),
            Err(several) => Draft::list(several),
        }
    }

    fn read_text(&self, text: &str, encoding: Encoding, dialect: Dialect) -> Draft {
        let decoded = match encoding.decode_whole(text) {
            Ok(decoded) => decoded,
            Err(malformed) => return Draft::misread(malformed.sentence()),
        };
        if self.kind == FieldKind::Json {
            return match json::parse(decoded.as_bytes(), dialect) {
                Ok(value) => value.into(),
                Err(error) => Draft::misread(truncate(error)),
            };
        }
        match self.many {
            true => scalar(&decoded, self.serialization.items()),
            false => scalar(&decoded, self.serialization.shape()),
        }
    }
}

/// The problem for a form that cannot be read.
pub(super) fn too_many() -> Problem {
    invalid(format!("it has more than {MAX_FIELDS} fields"))
}
