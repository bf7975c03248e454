//! What types of texts, numbers and flags enforce of a schema.

use jsonschema::Draft;
use serde_json::{Map, Value};
use spec_first::schema::rust_regex;

use super::prover::{Prover, Typed};
use crate::rust::integer::{Integer, Side};
use crate::rust::item::Kind;
use crate::rust::kind::Type;
use crate::rust::primitive::Primitive;
use crate::rust::rules::{Bound, Limit, Rule, count};

/// Below it, every integer is a double.
const EXACT: f64 = 9_007_199_254_740_992.0;

impl<'m> Prover<'m> {
    /// `type`: the JSON types of the values are among the listed ones.
    pub(super) fn has_type(&self, typed: Typed, value: &Value) -> bool {
        let listed = value
            .as_array()
            .map_or(std::slice::from_ref(value), Vec::as_slice);
        let is_listed = |name: &str| listed.iter().any(|listed| listed == name);
        let types = self.types(typed.kind);
        types.is_some_and(|types| {
            let mut types = types.iter();
            types.all(|name| is_listed(name) || *name == "integer" && is_listed("number"))
        })
    }

    /// `enum` and `const`: the values of the type are known, and all of them are listed.
    pub(super) fn is_one_of(&self, typed: Typed, listed: &[Value]) -> bool {
        let values = self.values(typed.kind);
        values.is_some_and(|values| values.iter().all(|value| listed.contains(value)))
    }

    /// The values of a type that has few.
    pub(super) fn values(&self, kind: &Type) -> Option<Vec<Value>> {
        match (kind, self.item(kind).map(|item| &item.kind)) {
            (Type::Optional(inner), _) => {
                let mut values = self.values(inner)?;
                values.push(Value::Null);
                Some(values)
            }
            (Type::Plain(Primitive::Bool), _) => Some(vec![false.into(), true.into()]),
            (_, Some(Kind::Enum { variants, repr })) => {
                let values = variants.iter().map(|variant| match repr {
                    None => Some(Value::from(variant.wire.as_str())),
                    Some(_) => variant.wire.parse::<i64>().ok().map(Value::from),
                });
                values.collect()
            }
            _ => None,
        }
    }

    /// A bound of a number.
    pub(super) fn is_bounded(
        &self,
        typed: Typed,
        keyword: &str,
        schema: &Map<String, Value>,
    ) -> bool {
        if !self.may_be(typed.kind, &["integer", "number"]) {
            return true;
        }
        let side = match keyword {
            "minimum" | "exclusiveMinimum" => Side::Min,
            _ => Side::Max,
        };
        let (inclusive, exclusive) = side.keywords();
        let is_flag = schema.get(exclusive) == Some(&Value::Bool(true));
        let number = match &schema[keyword] {
            // A flag of draft 4, which counts with the bound.
            Value::Bool(_) => return keyword == exclusive,
            Value::Number(number) => number,
            _ => return false,
        };
        let is_exclusive = keyword == exclusive || keyword == inclusive && is_flag;
        match typed.kind {
            Type::Plain(Primitive::Integer(kind)) => {
                let bound = side.integer(number, is_exclusive);
                bound.is_some_and(|bound| is_within(*kind, typed.rules, side, bound))
            }
            Type::Plain(Primitive::F64) => {
                let bound = number.as_f64().filter(|bound| bound.abs() < EXACT);
                bound.is_some_and(|bound| {
                    bounds(typed.rules).any(|rule| implies(rule, side, bound, is_exclusive))
                })
            }
            _ => self.values(typed.kind).is_some_and(|values| {
                let bound = side.integer(number, is_exclusive);
                let mut values = values.iter().map(Value::as_i64);
                values.all(|value| {
                    bound.zip(value).is_some_and(|(bound, value)| {
                        side.tightest([bound, value.into()].into_iter()) == Some(value.into())
                    })
                })
            }),
        }
    }

    /// `multipleOf`: every integer is a multiple of 1.
    pub(super) fn is_multiple(&self, typed: Typed, value: &Value) -> bool {
        let is_number = self.may_be(typed.kind, &["number"]);
        let is_integer = self.may_be(typed.kind, &["integer"]);
        !is_number && (!is_integer || value.as_f64() == Some(1.0))
    }

    /// `minLength` and `maxLength`.
    pub(super) fn has_length(&self, typed: Typed, keyword: &str, value: &Value) -> bool {
        if !self.may_be(typed.kind, &["string"]) {
            return true;
        }
        let Some(bound) = count(value) else {
            return false;
        };
        let fits = |length: u64| match keyword {
            "minLength" => length >= bound,
            _ => length <= bound,
        };
        match typed.kind {
            Type::Plain(Primitive::String) => is_sized(typed.rules, keyword == "minLength", bound),
            Type::Plain(Primitive::Date) => fits(10),
            Type::Plain(Primitive::Uuid) => fits(36),
            kind => self.values(kind).is_some_and(|values| {
                let mut texts = values.iter().filter_map(Value::as_str);
                texts.all(|text| fits(text.chars().count() as u64))
            }),
        }
    }

    /// `pattern`: a rule has the same regular expression.
    pub(super) fn matches(&self, typed: Typed, value: &Value) -> bool {
        if !self.may_be(typed.kind, &["string"]) {
            return true;
        }
        let Some(regex) = value.as_str().and_then(rust_regex) else {
            return false;
        };
        let constant = typed.rules.iter().find_map(|rule| match rule {
            Rule::Pattern(constant) => Some(constant),
            _ => None,
        });
        let is_same = |(name, known): &(String, String)| Some(name) == constant && *known == regex;
        matches!(typed.kind, Type::Plain(Primitive::String))
            && self.model.patterns.iter().any(is_same)
    }

    /// `format`: those that the server checks.
    pub(super) fn has_format(&self, typed: Typed, value: &Value, dialect: &Value) -> bool {
        let Some(name) = value.as_str() else {
            return false;
        };
        let is_number = self.may_be(typed.kind, &["integer", "number"]);
        match (name, typed.kind) {
            ("int32" | "int64" | "float", _) if !is_number => true,
            ("int32", Type::Plain(Primitive::Integer(kind))) => {
                is_in_range(*kind, typed.rules, i32::MIN.into(), i32::MAX.into())
            }
            ("int64", Type::Plain(Primitive::Integer(kind))) => {
                is_in_range(*kind, typed.rules, i64::MIN.into(), i64::MAX.into())
            }
            ("float", Type::Plain(Primitive::F32 | Primitive::Integer(_))) => true,
            ("int32" | "int64" | "float", _) => false,
            ("date", Type::Plain(Primitive::Date))
            | ("date-time", Type::Plain(Primitive::DateTime))
            | ("uuid", Type::Plain(Primitive::Uuid)) => true,
            (name, kind) => !self.may_be(kind, &["string"]) || !is_checked(name, dialect),
        }
    }
}

/// Whether the server checks that a text has this format.
fn is_checked(name: &str, dialect: &Value) -> bool {
    let own = match dialect.as_str() {
        Some("draft4") => Draft::Draft4,
        _ => Draft::Draft202012,
    };
    let options = jsonschema::options();
    let mut drafts = [own, Draft::Draft202012].into_iter();
    name == "byte" || drafts.any(|draft| options.is_known_format(draft, name))
}

fn bounds(rules: &[Rule]) -> impl Iterator<Item = &Bound> {
    rules
        .iter()
        .filter_map(|rule| match rule {
            Rule::Range(bounds) => Some(bounds),
            _ => None,
        })
        .flatten()
}

/// Whether a value that follows the rule is within a bound.
fn implies(rule: &Bound, side: Side, bound: f64, is_exclusive: bool) -> bool {
    let Limit::Float(limit) = rule.limit else {
        return false;
    };
    let is_tighter = match side {
        Side::Min => limit > bound,
        Side::Max => limit < bound,
    };
    rule.side == side && (is_tighter || limit == bound && (rule.is_exclusive || !is_exclusive))
}

/// Whether the type, or a rule, keeps an integer within a bound that is allowed itself.
fn is_within(kind: Integer, rules: &[Rule], side: Side, bound: i128) -> bool {
    let (least, most) = kind.range();
    let own = match side {
        Side::Min => least,
        Side::Max => most,
    };
    let rules = bounds(rules).filter(|rule| rule.side == side);
    let limits = rules.filter_map(|rule| match (rule.limit, side) {
        (Limit::Integer(limit, _), Side::Min) => Some(limit + i128::from(rule.is_exclusive)),
        (Limit::Integer(limit, _), Side::Max) => Some(limit - i128::from(rule.is_exclusive)),
        (Limit::Float(_), _) => None,
    });
    let reached = side.tightest(limits.chain([own]));
    reached.is_some_and(|reached| side.tightest([reached, bound].into_iter()) == Some(reached))
}

fn is_in_range(kind: Integer, rules: &[Rule], least: i128, most: i128) -> bool {
    is_within(kind, rules, Side::Min, least) && is_within(kind, rules, Side::Max, most)
}

/// Whether a rule keeps a length within a bound.
pub(super) fn is_sized(rules: &[Rule], is_minimum: bool, bound: u64) -> bool {
    let mut rules = rules.iter();
    rules.any(|rule| match rule {
        Rule::Length { min, .. } if is_minimum => min.is_some_and(|min| min >= bound),
        Rule::Length { max, .. } => max.is_some_and(|max| max <= bound),
        _ => false,
    }) || is_minimum && bound == 0
}
