//! What types of texts, numbers and flags enforce of a schema.

use serde_json::{Map, Value};

use super::prover::{Prover, Typed};
use crate::rust::integer::{Integer, Side};
use crate::rust::item::Kind;
use crate::rust::kind::Type;
use crate::rust::primitive::Primitive;
use crate::rust::rules::constants::ConstantKind;
use crate::rust::rules::keywords::is_checked;
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
        let values = self.values_of(typed);
        values.is_some_and(|values| values.iter().all(|value| listed.contains(value)))
    }

    /// The values of a type that has few, and of a text that is one of few by a rule.
    pub(super) fn values_of(&self, typed: Typed) -> Option<Vec<Value>> {
        let values = self.values(typed.kind);
        let Some(texts) = typed.texts else {
            return values;
        };
        let texts = texts.iter().map(|text| Value::from(text.as_str()));
        Some(match values {
            Some(values) => values
                .into_iter()
                .filter(|value| texts.clone().any(|it| it == *value))
                .collect(),
            None => texts.collect(),
        })
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
                bound.is_some_and(|bound| is_within(*kind, typed, side, bound))
            }
            Type::Plain(Primitive::F64) => {
                let bound = number.as_f64().filter(|bound| bound.abs() < EXACT);
                bound.is_some_and(|bound| {
                    bounds(typed).any(|rule| implies(rule, side, bound, is_exclusive))
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
        let is_ruled = || {
            let mut rules = typed.all_rules();
            let number = value.as_f64();
            rules.any(|rule| matches!(rule, Rule::Multiple(known) if Some(*known as f64) == number))
        };
        let is_text = matches!(typed.kind, Type::Plain(Primitive::Integer(_)));
        !is_number && (!is_integer || value.as_f64() == Some(1.0) || is_text && is_ruled())
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
            Type::Plain(Primitive::String) => is_sized(typed, keyword == "minLength", bound),
            Type::Plain(Primitive::Date) => fits(10),
            Type::Plain(Primitive::Uuid) => fits(36),
            _ => self.values_of(typed).is_some_and(|values| {
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
        let is_same = |name: &String| match self.model.constants.get(name) {
            Some(ConstantKind::Pattern(pattern)) => value == pattern,
            _ => false,
        };
        let mut rules = typed.all_rules();
        let is_ruled = rules.any(|rule| match rule {
            Rule::Patterns(names) => names.iter().any(is_same),
            _ => false,
        });
        is_ruled && matches!(typed.kind, Type::Plain(Primitive::String))
    }

    /// `format`: those that the server checks.
    pub(super) fn has_format(&self, typed: Typed, value: &Value) -> bool {
        let Some(name) = value.as_str() else {
            return false;
        };
        let is_number = self.may_be(typed.kind, &["integer", "number"]);
        match (name, typed.kind) {
            ("int32" | "int64" | "float", _) if !is_number => true,
            ("int32", Type::Plain(Primitive::Integer(kind))) => {
                is_in_range(*kind, typed, i32::MIN.into(), i32::MAX.into())
            }
            ("int64", Type::Plain(Primitive::Integer(kind))) => {
                is_in_range(*kind, typed, i64::MIN.into(), i64::MAX.into())
            }
            ("float", Type::Plain(Primitive::F32 | Primitive::Integer(_))) => true,
            ("int32" | "int64" | "float", _) => false,
            ("date", Type::Plain(Primitive::Date))
            | ("date-time", Type::Plain(Primitive::DateTime))
            | ("uuid", Type::Plain(Primitive::Uuid)) => true,
            (name, kind) => !self.may_be(kind, &["string"]) || !is_checked(name),
        }
    }
}

fn bounds(typed: Typed<'_>) -> impl Iterator<Item = &Bound> {
    typed
        .all_rules()
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
fn is_within(kind: Integer, typed: Typed, side: Side, bound: i128) -> bool {
    let (least, most) = kind.range();
    let own = match side {
        Side::Min => least,
        Side::Max => most,
    };
    let rules = bounds(typed).filter(|rule| rule.side == side);
    let limits = rules.filter_map(|rule| match (rule.limit, side) {
        (Limit::Integer(limit, _), Side::Min) => Some(limit + i128::from(rule.is_exclusive)),
        (Limit::Integer(limit, _), Side::Max) => Some(limit - i128::from(rule.is_exclusive)),
        (Limit::Float(_), _) => None,
    });
    let reached = side.tightest(limits.chain([own]));
    reached.is_some_and(|reached| side.tightest([reached, bound].into_iter()) == Some(reached))
}

fn is_in_range(kind: Integer, typed: Typed, least: i128, most: i128) -> bool {
    is_within(kind, typed, Side::Min, least) && is_within(kind, typed, Side::Max, most)
}

/// Whether a rule keeps a length within a bound.
pub(super) fn is_sized(typed: Typed, is_minimum: bool, bound: u64) -> bool {
    let mut rules = typed.all_rules();
    rules.any(|rule| match rule {
        Rule::Length { min, .. } if is_minimum => min.is_some_and(|min| min >= bound),
        Rule::Length { max, .. } => max.is_some_and(|max| max <= bound),
        _ => false,
    }) || is_minimum && bound == 0
}
