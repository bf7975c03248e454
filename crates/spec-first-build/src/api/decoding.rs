//! What the body of a request is decoded by, besides its schema.

use spec_first::schema::Format;

use super::decoder::Decoder;
use super::form;
use super::model::Content;
use super::shapes::Shapes;
use crate::text::Location;

/// The JSON types that a text may mean.
const SCALARS: [&str; 5] = ["boolean", "integer", "null", "number", "string"];

impl Decoder<'_> {
    /// Adds to `content` what it is decoded by.
    pub fn add(&self, content: &mut Content) {
        match content.format {
            Format::Json | Format::Lines => {}
            Format::Text => self.add_text(content),
            Format::Events => content.is_described = false,
            Format::Binary => {
                content.decoding.max_length = self.length(&content.schema, "maxLength");
            }
            Format::Form | Format::Multipart => {
                content.decoding.fields = form::fields(self, content);
            }
        }
    }

    /// Text that means a string or another value without parts. A schema of an object or of a list describes what is written in the
    /// text, for example in XML, which the server does not read.
    fn add_text(&self, content: &mut Content) {
        let types = self.schemas.types(&content.schema);
        let is_scalar = types.iter().all(|name| SCALARS.contains(&name.as_str()));
        match is_scalar && !(types.is_empty() && self.describes_parts(&content.schema)) {
            true => {
                let mut shape = Shapes::of(self.document, self.schemas, &content.schema, 0);
                if shape.types.is_empty() {
                    shape.types.push("string".to_owned());
                }
                content.decoding.shape = shape;
            }
            false => content.is_described = false,
        }
    }

    /// Whether a schema without a type describes members or items.
    fn describes_parts(&self, schema: &Location) -> bool {
        let mut parts = Shapes::parts(self.document, self.schemas, schema).into_iter();
        parts.any(|part| {
            let schema = self.document.value(&part);
            let keywords = ["properties", "items", "additionalProperties", "prefixItems"];
            keywords
                .iter()
                .any(|keyword| schema.is_some_and(|schema| schema.get(keyword).is_some()))
        })
    }
}
