//! The proof for one type and one schema: every value of the type is accepted by the schema.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::gap::Gap;
use crate::document::Document;
use crate::rust::Model;
use crate::rust::item::{Item, Kind};
use crate::rust::kind::Type;
use crate::rust::rules::Rule;
use crate::schema::View;
use crate::text::Location;

/// A type where it is used, with what `validator` checks there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Typed<'m> {
    pub kind: &'m Type,
    /// The rules of the value itself.
    pub rules: &'m [Rule],
    /// Whether `validator` looks into the value, so that the rules of its members count.
    pub is_ruled: bool,
    /// Whether it is a whole body, whose elements the server counts.
    pub is_whole: bool,
}

impl<'m> Typed<'m> {
    /// A part of the value, of which `validator` checks nothing by itself.
    pub fn part(self, kind: &'m Type, is_ruled: bool) -> Self {
        Self {
            kind,
            rules: &[],
            is_ruled: self.is_ruled && is_ruled,
            is_whole: false,
        }
    }
}

/// Bounds of the number of elements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    pub least: Option<u64>,
    pub most: Option<u64>,
}

/// Proves for types of a model that the schemas of a contract accept all of their values.
pub(super) struct Prover<'m> {
    pub(super) document: &'m Document,
    pub(super) model: &'m Model,
    /// The schemas as the view sees them.
    pub(super) files: &'m Value,
    pub(super) view: View,
    dialect: &'m Value,
    /// How many elements a list that is a whole body may have.
    pub(super) size: Size,
    /// What is being proven, or has been: a type that holds itself is proven once.
    assumed: HashSet<(usize, Location, bool)>,
}

impl<'m> Prover<'m> {
    pub fn new(document: &'m Document, model: &'m Model, contract: &'m Value, view: View) -> Self {
        let responses = &contract["responses"];
        Self {
            document,
            model,
            files: match view {
                View::Response if !responses.is_null() => responses,
                _ => &contract["requests"],
            },
            view,
            dialect: &contract["dialect"],
            size: Size::default(),
            assumed: HashSet::new(),
        }
    }

    /// Proves that the schema at `at` accepts every value of a type.
    ///
    /// # Errors
    /// The first keyword that nothing enforces.
    pub fn prove(&mut self, typed: Typed<'m>, at: &Location) -> Result<(), Gap> {
        let schema = match self.schema(at) {
            Value::Bool(true) => return Ok(()),
            Value::Object(schema) => schema,
            _ => return Err(Gap::new(at, "false")),
        };
        match typed.kind {
            Type::Optional(inner) => {
                self.accept_null(at)?;
                return self.prove(
                    Typed {
                        kind: inner,
                        ..typed
                    },
                    at,
                );
            }
            Type::Boxed(inner) | Type::Shared(inner) => {
                return self.prove(
                    Typed {
                        kind: inner,
                        ..typed
                    },
                    at,
                );
            }
            // Nothing is known of how they decode and encode.
            Type::Given(_) => return Err(Gap::new(at, "x-rust-type")),
            Type::Named(index) => {
                let is_new = self.assumed.insert((*index, at.clone(), typed.is_ruled));
                if !is_new {
                    return Ok(());
                }
                if let Kind::Newtype(inner) = &self.model.items[*index].kind {
                    return self.prove(typed.part(inner, false), at);
                }
            }
            _ => {}
        }
        for (keyword, value) in schema {
            self.keyword(typed, at, (keyword, value), schema)?;
        }
        Ok(())
    }

    /// As [`Prover::prove`], for one of several schemas: a failure leaves nothing behind.
    pub fn attempt(&mut self, typed: Typed<'m>, at: &Location) -> Result<(), Gap> {
        let assumed = self.assumed.clone();
        let proof = self.prove(typed, at);
        if proof.is_err() {
            self.assumed = assumed;
        }
        proof
    }

    /// Proves one keyword of the schema at `at`.
    fn keyword(
        &mut self,
        typed: Typed<'m>,
        at: &Location,
        (keyword, value): (&str, &'m Value),
        schema: &'m Map<String, Value>,
    ) -> Result<(), Gap> {
        let is_enforced = match keyword {
            // They hold schemas, and check nothing.
            "definitions" | "$defs" => true,
            "$ref" => return self.prove(typed, &self.target(at, value)?),
            "allOf" => return self.all(typed, at, value),
            "anyOf" | "oneOf" => return self.union(typed, at, keyword, schema),
            "discriminator" => self.names_itself(typed, value),
            "type" => self.has_type(typed, value),
            "enum" => self.is_one_of(typed, value.as_array().map_or(&[], Vec::as_slice)),
            "const" => self.is_one_of(typed, std::slice::from_ref(value)),
            "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => {
                self.is_bounded(typed, keyword, schema)
            }
            "multipleOf" => self.is_multiple(typed, value),
            "minLength" | "maxLength" => self.has_length(typed, keyword, value),
            "pattern" => self.matches(typed, value),
            "format" => self.has_format(typed, value, self.dialect),
            "minItems" | "maxItems" => self.has_size(typed, keyword, value),
            "uniqueItems" => self.is_unique(typed, value),
            "items" | "prefixItems" | "additionalItems" => {
                return self.elements(typed, at, keyword, schema);
            }
            "minProperties" | "maxProperties" => self.has_count(typed, keyword, value),
            "required" => self.has_members(typed, value),
            "properties" => return self.members(typed, at, value),
            "additionalProperties" => return self.additional(typed, at, schema),
            "patternProperties" => return self.pattern_members(typed, at, value),
            _ => false,
        };
        match is_enforced {
            true => Ok(()),
            false => Err(Gap::new(at, keyword)),
        }
    }

    fn all(&mut self, typed: Typed<'m>, at: &Location, parts: &Value) -> Result<(), Gap> {
        let list = at.member("allOf");
        let count = parts.as_array().map_or(0, Vec::len);
        (0..count).try_for_each(|index| self.prove(typed, &list.element(index)))
    }

    /// The schema at `at`; null where there is none.
    pub fn schema(&self, at: &Location) -> &'m Value {
        let file = &self.files[&*at.file];
        file.pointer(&at.pointer).unwrap_or(&Value::Null)
    }

    /// The target of a `$ref`. Documents whose schemas have addresses of their own (`$id`) or older dialects are not followed.
    pub fn target(&self, at: &Location, reference: &Value) -> Result<Location, Gap> {
        let is_plain = self.document.schema_ids().is_empty() && !self.document.has_older_schemas();
        let text = reference.as_str().filter(|_| is_plain);
        let target = text.and_then(|text| self.document.target(at, text).ok());
        target.ok_or_else(|| Gap::new(at, "$ref"))
    }

    /// The item of a type that has one.
    pub fn item(&self, kind: &Type) -> Option<&'m Item> {
        match kind {
            Type::Named(index) => Some(&self.model.items[*index]),
            Type::Boxed(inner) | Type::Shared(inner) => self.item(inner),
            _ => None,
        }
    }
}
