//! The Rust for a document: traits with a method for each operation, and structs and enums for the schemas. What they look
//! like as text is up to the next stage.

pub(crate) mod body;
pub(crate) mod body_rules;
pub(crate) mod default;
mod docs;
pub(crate) mod failure;
pub(crate) mod functions;
pub(crate) mod integer;
pub(crate) mod item;
pub(crate) mod kind;
pub(crate) mod method;
pub(crate) mod module;
pub(crate) mod named;
pub(crate) mod primitive;
pub(crate) mod principal;
pub(crate) mod propagate;
pub(crate) mod representation;
pub(crate) mod response;
pub(crate) mod rules;
mod schemas;
pub(crate) mod security;
mod size;
mod status;
pub(crate) mod success;
mod union;
mod views;

use serde_json::{Value, json};

use self::functions::RuleFunction;
use self::item::{Choice, Item, Kind};
use self::module::Module;
use self::rules::constants::Constants;
use self::schemas::ItemBuilder;
use self::security::Security;
use self::views::{View, Views};
use crate::api::Api;
use crate::document::Document;
use crate::text::{Fault, Location};

/// Everything that is generated, before it is printed.
#[derive(Debug)]
pub struct Model {
    pub(crate) modules: Vec<Module>,
    pub(crate) items: Vec<Item>,
    pub(crate) security: Security,
    /// What rules refer to.
    pub(crate) constants: Constants,
    /// The functions for rules that have no attribute.
    pub(crate) rule_functions: Vec<RuleFunction>,
}

/// How a value is told to be of one schema of a list.
#[derive(Debug, Default)]
pub struct Separation {
    /// Whether no value is accepted by two of them.
    pub are_apart: bool,
    /// The property that names one of them for every value, and the names of each.
    pub discriminator: Option<Value>,
}

impl Model {
    /// Finds the Rust for a document.
    ///
    /// # Errors
    /// Names that are not distinct in Rust.
    pub fn new(document: &Document, api: &Api, contract: &Value) -> Result<Self, Vec<Fault>> {
        let mut builder = ItemBuilder::new(Views::new(document, api, contract));
        let mut modules = module::modules(&api.operations, &mut builder);
        if !builder.faults.is_empty() {
            return Err(builder.faults);
        }
        builder.complete();
        builder.name_required();
        propagate::propagate(&mut builder.items);
        propagate::complete_bodies(&mut modules, &builder.items);
        let security = Security::new(api, &mut modules);
        functions::name_routes(&mut modules);
        let rule_functions = functions::name_helpers(&mut builder.items, &mut modules);
        Ok(Self {
            modules,
            items: builder.items,
            security,
            constants: builder.constants,
            rule_functions,
        })
    }

    /// The names of the modules, in the spec's order.
    pub fn module_names(&self) -> impl Iterator<Item = &str> {
        self.modules.iter().map(|module| module.name.as_str())
    }

    /// What the enums made of `oneOf` and `anyOf` choose from, for the contract, in the order of their numbers. Those of `oneOf` are
    /// exclusive, unless the schemas in the list at a place are apart anyway.
    pub fn unions(&self, separation: impl Fn(View, &Location) -> Separation) -> Vec<Value> {
        let unions = self.items.iter().filter_map(|item| match &item.kind {
            Kind::Union {
                choice:
                    choice @ Choice::Schemas {
                        view,
                        place,
                        length,
                    },
                ..
            } => Some((view, place, length, choice.is_exclusive())),
            _ => None,
        });
        unions
            .map(|(view, place, length, is_exclusive)| {
                let branches = (0..*length).map(|index| place.element(index).to_string());
                let branches: Vec<_> = branches.collect();
                let separation = separation(*view, place);
                let is_exclusive = is_exclusive && !separation.are_apart;
                let mut union =
                    json!({ "view": view.name(), "exclusive": is_exclusive, "branches": branches });
                if let Some(discriminator) = separation.discriminator {
                    union["discriminator"] = discriminator;
                }
                union
            })
            .collect()
    }

    /// The number of an enum among the unions of the contract.
    pub(crate) fn union_number(&self, union: &Item) -> usize {
        let before = self.items.iter().take_while(|item| item.name != union.name);
        before
            .filter(|item| {
                let choice = match &item.kind {
                    Kind::Union { choice, .. } => Some(choice),
                    _ => None,
                };
                matches!(choice, Some(Choice::Schemas { .. }))
            })
            .count()
    }
}
