//! The fields of a form, from the properties of its schema or from parameters.

use std::collections::HashMap;

use serde_json::Value;
use spec_first::schema::{Format, MediaType};

use super::decoder::Decoder;
use super::media_types;
use super::member::{flag, text};
use super::model::{Content, Field, FieldKind, Header};
use super::shape::Shape;
use super::shapes::Shapes;
use crate::document::{Part, Serialization, Style, Version};
use crate::schema;
use crate::text::Location;

/// How deep the parts of a field are inside each other, where its style has parts in parts.
const DEEPEST: usize = 8;

/// The keywords that say nothing of a value.
const ANNOTATIONS: [&str; 9] = [
    "$comment",
    "deprecated",
    "description",
    "example",
    "examples",
    "externalDocs",
    "readOnly",
    "title",
    "writeOnly",
];

/// The fields of a form.
pub(super) fn fields(decoder: &Decoder, content: &Content) -> Vec<Field> {
    let form = Form {
        decoder,
        is_multipart: content.format == Format::Multipart,
    };
    if decoder.document.version() == Version::Swagger2 {
        let places = schema::form::fields(decoder.document, decoder.item, decoder.operation);
        let fields = places.iter().filter_map(|place| form.parameter(place));
        return fields.collect();
    }
    let encodings = content.schema.parent().map(|it| it.member("encoding"));
    let properties = form.properties(&content.schema).into_iter();
    let fields = properties.map(|(name, property)| {
        let encoding = encodings.as_ref().map(|it| it.member(&name));
        form.field(name, &property, encoding)
    });
    fields.collect()
}

struct Form<'a> {
    decoder: &'a Decoder<'a>,
    is_multipart: bool,
}

impl Form<'_> {
    /// The names of the properties, each with the place of its schema.
    fn properties(&self, schema: &Location) -> Vec<(String, Location)> {
        let document = self.decoder.document;
        let mut known: HashMap<String, ()> = HashMap::new();
        let mut properties = Vec::new();
        for part in Shapes::parts(document, self.decoder.schemas, schema) {
            let list = part.member("properties");
            for name in document.member_names(&list) {
                if known.insert(name.to_owned(), ()).is_none() {
                    properties.push((name.to_owned(), list.member(name)));
                }
            }
        }
        properties
    }

    /// The field of a `formData` parameter.
    fn parameter(&self, place: &Location) -> Option<Field> {
        let value = self.decoder.document.value(place)?;
        let serialization = self.serialization(place);
        let mut field = self.text(text(value, "name")?, place, DEEPEST);
        field.serialization = serialization;
        field.allow_empty = flag(value, "allowEmptyValue") && !flag(value, "required");
        let is_file = |value: &Value| value.get("type") == Some(&"file".into());
        let items = value.get("items").filter(|items| is_file(items));
        if is_file(value) || items.is_some() {
            let file = items.map_or(place.clone(), |_| place.member("items"));
            self.make_file(&mut field, file);
            field.many = items.is_some();
        }
        Some(field)
    }

    /// The field of a property, which `encoding` describes further.
    fn field(&self, name: String, property: &Location, encoding: Option<Location>) -> Field {
        let document = self.decoder.document;
        let written = encoding.as_ref().and_then(|it| document.value(it));
        let media_types = written.and_then(|it| text(it, "contentType"));
        let media_types: Vec<_> = media_types.iter().flat_map(|it| it.split(',')).collect();
        let media_types: Vec<_> = media_types.into_iter().map(str::trim).collect();
        let has_style = ["style", "explode", "allowReserved"]
            .iter()
            .any(|keyword| written.is_some_and(|it| it.get(keyword).is_some()));
        let items = self.items(property);
        let value = items.as_ref().unwrap_or(property);
        let depth = match has_style {
            true => DEEPEST,
            false => 2,
        };
        let mut field = self.text(name, property, depth);
        if let Some(encoding) = encoding.as_ref().filter(|_| has_style) {
            field.serialization = self.serialization(encoding);
        } else {
            field.serialization.style = Style::Form;
            field.serialization.explode = true;
        }
        field.many = items.is_some();
        if self.is_multipart && self.is_file(value, &media_types) {
            self.make_file(&mut field, value.clone());
        } else if !has_style && self.is_json(value, &media_types) {
            field.kind = FieldKind::Json;
        }
        if self.is_multipart {
            let media_types = media_types.into_iter();
            let media_types = media_types.filter(|name| MediaType::parse(name).is_some());
            field.media_types = media_types.map(str::to_owned).collect();
            field.headers = encoding.map_or_else(Vec::new, |it| self.headers(&it));
        }
        field
    }

    /// How the object at `place` says that a value is written.
    fn serialization(&self, place: &Location) -> Serialization {
        let document = self.decoder.document;
        let value = document.value(place).unwrap_or(&Value::Null);
        Serialization::of(document.version(), value, Part::FormData)
    }

    fn text(&self, name: String, schema: &Location, depth: usize) -> Field {
        let Decoder {
            document, schemas, ..
        } = self.decoder;
        Field {
            name,
            kind: FieldKind::Text,
            many: false,
            serialization: self.serialization(schema),
            shape: Shapes::of(document, schemas, schema, depth),
            allow_empty: false,
            media_types: Vec::new(),
            headers: Vec::new(),
            files: Vec::new(),
            min_length: None,
            max_length: None,
        }
    }

    fn make_file(&self, field: &mut Field, schema: Location) {
        field.kind = FieldKind::File;
        field.shape = Shape::default();
        field.min_length = self.decoder.length(&schema, "minLength");
        field.max_length = self.decoder.length(&schema, "maxLength");
        let target = self.decoder.document.resolve(&schema).ok();
        field.files = std::iter::once(schema).chain(target).collect();
        field.files.dedup();
    }

    /// The schema of the items, if the one at `schema` is of a list.
    fn items(&self, schema: &Location) -> Option<Location> {
        let types = self.decoder.schemas.types(schema);
        if !types.iter().any(|name| name == "array") {
            return None;
        }
        let document = self.decoder.document;
        let parts = Shapes::parts(document, self.decoder.schemas, schema);
        let mut items = parts.into_iter().map(|part| part.member("items"));
        items.find(|items| document.value(items).is_some())
    }

    /// Whether a part is a file: a binary string; in OpenAPI 3.1 also what has a media type and no other encoding, or nothing at all
    /// (3.1.1, section 4.8.15.1.1); and a string whose parts are of binary media types.
    fn is_file(&self, schema: &Location, media_types: &[&str]) -> bool {
        let document = self.decoder.document;
        let Some((_, value)) = document.resolved(schema) else {
            return false;
        };
        let is_binary = |name: &&str| {
            let media_type = MediaType::parse(name);
            media_type.is_some_and(|it| it.format() == Format::Binary)
        };
        let types = self.decoder.schemas.types(schema);
        let is_string = types.iter().any(|name| name == "string")
            && types.iter().all(|name| name == "string" || name == "null");
        if is_string && value.get("format") == Some(&"binary".into()) {
            return true;
        }
        let are_binary = !media_types.is_empty() && media_types.iter().all(is_binary);
        if are_binary && is_string && value.get("contentEncoding").is_none() {
            return true;
        }
        if document.version() != Version::OpenApi31 || value.get("contentEncoding").is_some() {
            return false;
        }
        let media_type = value.get("contentMediaType").and_then(Value::as_str);
        let is_described = media_type.is_some_and(|name| is_binary(&name));
        let is_empty = value.as_object().is_some_and(|members| {
            let mut names = members.keys();
            names.all(|name| ANNOTATIONS.contains(&name.as_str()) || name.starts_with("x-"))
        });
        is_described && (is_string || types.is_empty())
            || is_empty && media_types.iter().all(is_binary)
    }

    /// Whether a value is written as JSON: what is neither text nor a list of texts, and whatever has this media type. The members
    /// of an object in a form that is not multipart may have names of their own.
    fn is_json(&self, schema: &Location, media_types: &[&str]) -> bool {
        if let Some(name) = media_types.first() {
            return media_types::is_json(name);
        }
        let types = self.decoder.schemas.types(schema);
        let has = |wanted: &str| types.iter().any(|name| name == wanted);
        let is_spread = !self.is_multipart && !self.properties(schema).is_empty();
        has("array") || has("object") && !is_spread
    }

    fn headers(&self, encoding: &Location) -> Vec<Header> {
        super::headers::read(self.decoder.document, encoding, false).0
    }
}
