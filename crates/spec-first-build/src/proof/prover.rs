//! The proof for one type and one schema: every value of the type is accepted by the schema.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::gap::Gap;
use crate::document::Document;
use crate::rust::Model;
use crate::rust::item::{Branch, Item, Kind};
use crate::rust::kind::Type;
use crate::rust::rules::Rule;
use crate::rust::rules::constants::ConstantKind;
use crate::rust::rules::keywords::group;
use crate::schema::View;
use crate::text::Location;

/// A type where it is used, with what is checked there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Typed<'m> {
    pub kind: &'m Type,
    /// The rules of the value itself.
    pub rules: &'m [Rule],
    /// Those that come with its type, if they are checked.
    pub type_rules: &'m [Rule],
    /// What the text may be, by a rule for the names of the struct that has it.
    pub texts: Option<&'m [String]>,
    /// Whether it is a whole body, whose elements the server counts.
    pub is_whole: bool,
}

impl<'m> Typed<'m> {
    pub fn new(kind: &'m Type, rules: &'m [Rule]) -> Self {
        Self {
            kind,
            rules,
            type_rules: &[],
            texts: None,
            is_whole: false,
        }
    }

    /// The same value as one of a type that is inside of its own.
    pub fn inside(self, kind: &'m Type) -> Self {
        Self { kind, ..self }
    }

    /// An element, or a value of a map.
    pub fn each(self, kind: &'m Type) -> Self {
        let rules = self.all_rules().find_map(|rule| match rule {
            Rule::Each(rules) => Some(rules.as_slice()),
            _ => None,
        });
        Self::new(kind, rules.unwrap_or_default())
    }

    /// The element of a tuple at a place.
    pub fn place(self, kind: &'m Type, index: usize) -> Self {
        let rules = self.all_rules().find_map(|rule| match rule {
            Rule::Places(places) => places.get(index).map(Vec::as_slice),
            _ => None,
        });
        Self::new(kind, rules.unwrap_or_default())
    }

    /// All rules of the value.
    pub fn all_rules(self) -> impl Iterator<Item = &'m Rule> {
        self.rules.iter().chain(self.type_rules)
    }

    /// The value as that of a variant, if it is a union.
    pub fn variant(self, branch: &'m Branch) -> Self {
        let rules: &[Rule] = match self.is_ruled() {
            true => &branch.rules,
            false => &[],
        };
        Self::new(&branch.kind, rules)
    }

    /// The texts that a rule allows a member to be.
    pub fn names(self, property: &str) -> Option<&'m [String]> {
        self.all_rules().find_map(|rule| match rule {
            Rule::Named {
                property: named,
                names,
            } if named == property => Some(names.as_slice()),
            _ => None,
        })
    }

    /// Whether the rules of what a named type holds are checked.
    pub fn is_ruled(self) -> bool {
        self.rules.contains(&Rule::Nested)
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
    /// How many elements a list that is a whole body may have.
    pub(super) size: Size,
    /// What is being proven, or has been: a type that holds itself is proven once.
    assumed: HashSet<(usize, Location, String)>,
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
                return self.prove(typed.inside(inner), at);
            }
            Type::Boxed(inner) | Type::Shared(inner) => {
                return self.prove(typed.inside(inner), at);
            }
            // Nothing is known of how they decode and encode.
            Type::Given(_) => return Err(Gap::new(at, "x-rust-type")),
            Type::Named(index) => return self.prove_item(typed, *index, at, schema),
            _ => {}
        }
        self.keywords(typed, at, schema)
    }

    fn prove_item(
        &mut self,
        typed: Typed<'m>,
        index: usize,
        at: &Location,
        schema: &'m Map<String, Value>,
    ) -> Result<(), Gap> {
        if !self.assume(typed, index, at) {
            return Ok(());
        }
        let type_rules = self.type_rules(typed, index);
        match &self.model.items[index].kind {
            Kind::Newtype(inner) => self.prove(Typed::new(inner, type_rules), at),
            _ => self.keywords(
                Typed {
                    type_rules,
                    ..typed
                },
                at,
                schema,
            ),
        }
    }

    /// Takes for proven that a place accepts every value of an item; whether that is new.
    fn assume(&mut self, typed: Typed, index: usize, at: &Location) -> bool {
        let rules = format!("{:?}", typed.rules);
        self.assumed.insert((index, at.clone(), rules))
    }

    fn type_rules(&self, typed: Typed, index: usize) -> &'m [Rule] {
        match typed.is_ruled() {
            true => &self.model.items[index].rules,
            false => &[],
        }
    }

    fn keywords(
        &mut self,
        typed: Typed<'m>,
        at: &Location,
        schema: &'m Map<String, Value>,
    ) -> Result<(), Gap> {
        let mut keywords = schema.iter();
        keywords.try_for_each(|(keyword, value)| self.keyword(typed, at, (keyword, value), schema))
    }

    /// Whether a rule consists of the keyword and of those that it means something with. What is decoded must be the value that
    /// was received, since the rule sees what would be sent.
    fn follows(&self, typed: Typed, keyword: &str, schema: &Map<String, Value>) -> bool {
        let is_plain = self.document.schema_ids().is_empty() && !self.document.has_older_schemas();
        let mut rules = typed.all_rules();
        let is_ruled = rules.any(|rule| {
            let Rule::Keywords(names) = rule else {
                return false;
            };
            let all = names
                .iter()
                .filter_map(|name| self.model.constants.get(name));
            let mut all = all.filter_map(|constant| match constant {
                ConstantKind::Keywords(keywords) => Some(keywords),
                ConstantKind::Pattern(_) => None,
            });
            all.any(|keywords| {
                let found: HashMap<_, _> = group(keyword, keywords).collect();
                let expected: HashMap<_, _> = group(keyword, schema).collect();
                found == expected
            })
        });
        is_plain && is_ruled && (self.view == View::Response || self.is_lossless(typed.kind))
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
    pub(super) fn keyword(
        &mut self,
        typed: Typed<'m>,
        at: &Location,
        (keyword, value): (&str, &'m Value),
        schema: &'m Map<String, Value>,
    ) -> Result<(), Gap> {
        if self.follows(typed, keyword, schema) {
            return Ok(());
        }
        match keyword {
            // They hold schemas, and check nothing.
            "definitions" | "$defs" => return Ok(()),
            "$ref" => return self.prove(typed, &self.target(at, value)?),
            "allOf" => return self.all(typed, at, value),
            "anyOf" | "oneOf" => return self.union(typed, at, keyword, schema),
            _ => {}
        }
        match self.item(typed.kind).map(|item| &item.kind) {
            Some(Kind::Union { branches, .. }) => {
                let mut variants = branches.iter().map(|branch| typed.variant(branch));
                variants.try_for_each(|variant| {
                    self.keyword_of_part(variant, at, (keyword, value), schema)
                })
            }
            _ => self.keyword_of_one(typed, at, (keyword, value), schema),
        }
    }

    /// As [`Prover::keyword`], for a variant of a union.
    fn keyword_of_part(
        &mut self,
        typed: Typed<'m>,
        at: &Location,
        (keyword, value): (&str, &'m Value),
        schema: &'m Map<String, Value>,
    ) -> Result<(), Gap> {
        match typed.kind {
            Type::Boxed(inner) | Type::Shared(inner) => {
                self.keyword_of_part(typed.inside(inner), at, (keyword, value), schema)
            }
            Type::Named(index) => {
                if !self.assume(typed, *index, &at.member(keyword)) {
                    return Ok(());
                }
                let type_rules = self.type_rules(typed, *index);
                let typed = match &self.model.items[*index].kind {
                    Kind::Newtype(inner) => Typed::new(inner, type_rules),
                    _ => Typed {
                        type_rules,
                        ..typed
                    },
                };
                self.keyword(typed, at, (keyword, value), schema)
            }
            Type::Optional(_) | Type::Given(_) => Err(Gap::new(at, keyword)),
            _ => self.keyword(typed, at, (keyword, value), schema),
        }
    }

    /// As [`Prover::keyword`], for a value that is no union, and a keyword that is no combination of schemas.
    fn keyword_of_one(
        &mut self,
        typed: Typed<'m>,
        at: &Location,
        (keyword, value): (&str, &'m Value),
        schema: &'m Map<String, Value>,
    ) -> Result<(), Gap> {
        let is_enforced = match keyword {
            "discriminator" => return self.names_itself(typed, at, value),
            "type" => self.has_type(typed, value),
            "enum" => self.is_one_of(typed, value.as_array().map_or(&[], Vec::as_slice)),
            "const" => self.is_one_of(typed, std::slice::from_ref(value)),
            "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => {
                self.is_bounded(typed, keyword, schema)
            }
            "multipleOf" => self.is_multiple(typed, value),
            "minLength" | "maxLength" => self.has_length(typed, keyword, value),
            "pattern" => self.matches(typed, value),
            "format" => self.has_format(typed, value),
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
