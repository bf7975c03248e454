//! What types of lists, sets and tuples enforce of a schema.

use serde_json::{Map, Value};

use super::gap::Gap;
use super::prover::{Prover, Size, Typed};
use super::scalars::is_sized;
use crate::rust::kind::Type;
use crate::rust::rules::count;
use crate::schema::View;
use crate::text::Location;

impl<'m> Prover<'m> {
    /// `minItems` and `maxItems`.
    pub(super) fn has_size(&mut self, typed: Typed, keyword: &str, value: &Value) -> bool {
        if !self.may_be(typed.kind, &["array"]) {
            return true;
        }
        let is_minimum = keyword == "minItems";
        let Some(bound) = count(value) else {
            return false;
        };
        match typed.kind {
            // The server counts what it writes.
            Type::List(_) | Type::Set(_) if typed.is_whole && self.view == View::Response => {
                self.narrow(is_minimum, bound);
                true
            }
            Type::List(_) | Type::Set(_) => is_sized(typed, is_minimum, bound),
            Type::Tuple(kinds) if is_minimum => kinds.len() as u64 >= bound,
            Type::Tuple(kinds) => kinds.len() as u64 <= bound,
            _ => false,
        }
    }

    fn narrow(&mut self, is_minimum: bool, bound: u64) {
        let Size { least, most } = &mut self.size;
        match is_minimum {
            true => *least = (*least).max(Some(bound)),
            false => *most = Some(most.map_or(bound, |most| most.min(bound))),
        }
    }

    /// `uniqueItems`: a set has no two elements alike, and the reader refuses them.
    pub(super) fn is_unique(&self, typed: Typed, value: &Value) -> bool {
        let is_set = matches!(typed.kind, Type::Set(_));
        *value == Value::Bool(false) || is_set || !self.may_be(typed.kind, &["array"])
    }

    /// The keywords for elements: each element has its own schema, or all have one.
    pub(super) fn elements(
        &mut self,
        typed: Typed<'m>,
        at: &Location,
        keyword: &str,
        schema: &'m Map<String, Value>,
    ) -> Result<(), Gap> {
        let place = at.member(keyword);
        let listed = |keyword: &str| schema.get(keyword).and_then(Value::as_array);
        let places = |list: &Vec<Value>| (0..list.len()).map(|it| place.element(it)).collect();
        match (typed.kind, listed(keyword)) {
            (kind, _) if !self.may_be(kind, &["array"]) => Ok(()),
            (Type::Tuple(kinds), Some(list)) if kinds.len() <= list.len() => {
                let places: Vec<_> = places(list);
                let mut pairs = kinds.iter().zip(places).enumerate();
                pairs.try_for_each(|(index, (kind, place))| {
                    self.prove(typed.place(kind, index), &place)
                })
            }
            // What follows those that are listed.
            (Type::Tuple(kinds), None) => {
                let first = match keyword {
                    "items" => listed("prefixItems"),
                    _ => listed("items"),
                };
                let mut rest = kinds.iter().enumerate().skip(first.map_or(0, Vec::len));
                rest.try_for_each(|(index, kind)| self.prove(typed.place(kind, index), &place))
            }
            (Type::List(inner), None) if keyword == "items" && listed("prefixItems").is_none() => {
                self.prove(typed.each(inner), &place)
            }
            (Type::Set(inner), None) if keyword == "items" && listed("prefixItems").is_none() => {
                self.prove(typed.each(inner), &place)
            }
            _ => Err(Gap::new(at, keyword)),
        }
    }
}
