//! What `validator` checks of a value: the keywords of a schema that no Rust type enforces. Those of a member that have an attribute
//! of `validator` are written as such; the others, and those of elements and values, as functions that it calls.

pub mod constants;
pub mod keywords;

use std::cmp::Ordering;
use std::mem::discriminant;

use serde_json::{Map, Number, Value};

use self::constants::Constants;
use super::integer::{Integer, Side};
use super::kind::Type;
use super::primitive::Primitive;

/// What is checked of a value, once null and absence are ruled out.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// How many characters, elements or members there may be.
    Length { min: Option<u64>, max: Option<u64> },
    /// What a number must be within; at least one bound.
    Range(Vec<Bound>),
    /// What an integer must be a multiple of, which is greater than 1.
    Multiple(i128),
    /// The constants with the patterns that a string must match.
    Patterns(Vec<String>),
    /// The constants with the keywords of schemas that the value must follow, as JSON.
    Keywords(Vec<String>),
    /// The names that no key of a map may be.
    Unnamed(Vec<String>),
    /// What the member `property` of a struct, which is a text or one of several, must be one of.
    Named {
        property: String,
        names: Vec<String>,
    },
    /// The value has a type with rules of its own.
    Nested,
    /// The rules of every element of a list or set, or of every value of a map.
    Each(Vec<Rule>),
    /// The rules of each place of a tuple.
    Places(Vec<Vec<Rule>>),
}

/// One side of a range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bound {
    pub side: Side,
    pub is_exclusive: bool,
    pub limit: Limit,
}

/// A bound's number, of the type of the field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Limit {
    Integer(i128, Integer),
    Float(f64),
}

/// The rules of a schema for a value whose type is `kind`, apart from those of elements and values. `hint` names the constants.
pub fn rules(
    schema: &Map<String, Value>,
    kind: &Type,
    hint: &str,
    constants: &mut Constants,
) -> Vec<Rule> {
    let mut rules = match value_type(kind) {
        Type::Plain(Primitive::String) => {
            let pattern = schema.get("pattern").and_then(Value::as_str);
            let pattern = pattern.and_then(|pattern| constants.pattern(pattern, hint));
            let length = length(schema, "minLength", "maxLength");
            length
                .into_iter()
                .chain(pattern.map(|name| Rule::Patterns(vec![name])))
                .collect()
        }
        Type::Plain(Primitive::F64) => range(schema, |bound| float(f64::MAX, bound)),
        Type::Plain(Primitive::F32) => range(schema, |bound| float(f32::MAX.into(), bound)),
        Type::Plain(Primitive::Integer(kind)) => {
            let multiple = schema.get("multipleOf").and_then(multiple);
            let mut rules = range(schema, |bound| integer(*kind, bound));
            merge(&mut rules, of_width(schema, *kind).into_iter().collect());
            rules.extend(multiple.map(Rule::Multiple));
            rules
        }
        Type::List(_) | Type::Set(_) => length(schema, "minItems", "maxItems"),
        Type::Map(_) => length(schema, "minProperties", "maxProperties"),
        _ => Vec::new(),
    };
    let keywords = keywords::of(schema, value_type(kind));
    let name = constants.keywords(keywords, hint);
    rules.extend(name.map(|name| Rule::Keywords(vec![name])));
    rules
}

/// What an integer has to be a multiple of, if that is an integer other than 1 and every double of its size is one.
fn multiple(value: &Value) -> Option<i128> {
    let number = value.as_f64()?;
    let is_integer = number.fract() == 0.0 && (1.0..EXACT).contains(&number);
    (is_integer && number > 1.0).then_some(number as i128)
}

/// The type of the value, once null and absence are ruled out.
pub fn value_type(kind: &Type) -> &Type {
    match kind {
        Type::Optional(inner) | Type::Field(inner) | Type::Boxed(inner) | Type::Shared(inner) => {
            value_type(inner)
        }
        other => other,
    }
}

fn length(schema: &Map<String, Value>, minimum: &str, maximum: &str) -> Vec<Rule> {
    let bound = |keyword| schema.get(keyword).and_then(count);
    match (bound(minimum), bound(maximum)) {
        (None, None) => Vec::new(),
        (min, max) => vec![Rule::Length { min, max }],
    }
}

/// A number of characters, elements or members, as a schema has it.
pub fn count(value: &Value) -> Option<u64> {
    let is_count = |number: &f64| number.fract() == 0.0 && *number >= 0.0;
    let double = || value.as_f64().filter(is_count);
    value.as_u64().or_else(|| double().map(|it| it as u64))
}

/// A bound as the schema has it.
struct Written<'s> {
    side: Side,
    is_exclusive: bool,
    number: &'s Number,
}

fn range(schema: &Map<String, Value>, bound: impl Fn(Written) -> Option<Bound>) -> Vec<Rule> {
    let sides = [Side::Min, Side::Max].into_iter();
    let written = sides.flat_map(|side| written(schema, side));
    let bounds: Vec<_> = written.filter_map(bound).collect();
    match bounds.is_empty() {
        true => Vec::new(),
        false => vec![Rule::Range(bounds)],
    }
}

/// One side of a range. `exclusive` is a flag in draft 4 and a bound of its own from draft 6 on.
fn written(schema: &Map<String, Value>, side: Side) -> impl Iterator<Item = Written<'_>> {
    let (inclusive, exclusive) = side.keywords();
    let bound = |keyword, is_exclusive| {
        Some(Written {
            side,
            is_exclusive,
            number: schema.get(keyword)?.as_number()?,
        })
    };
    let is_flag = schema.get(exclusive) == Some(&Value::Bool(true));
    let all = [bound(inclusive, is_flag), bound(exclusive, true)];
    all.into_iter().flatten()
}

/// A bound of an integer type; a fraction becomes the next integer. One that the type cannot hold is no rule, since no value
/// reaches it.
fn integer(kind: Integer, written: Written) -> Option<Bound> {
    let Written {
        side,
        is_exclusive,
        number,
    } = written;
    let is_fraction = number.as_f64().is_some_and(|it| it.fract() != 0.0);
    let limit = side
        .integer(number, false)
        .filter(|it| kind.contains(*it))?;
    Some(Bound {
        side,
        is_exclusive: is_exclusive && !is_fraction,
        limit: Limit::Integer(limit, kind),
    })
}

/// That an unsigned integer is no greater than `int32` or `int64` allows, unless the schema has a bound of its own.
fn of_width(schema: &Map<String, Value>, kind: Integer) -> Option<Rule> {
    let signed = match schema.get("format")?.as_str()? {
        "int32" => Integer::I32,
        "int64" => Integer::I64,
        _ => return None,
    };
    let (_, limit) = signed.range();
    let is_free = Side::Max.bound(schema).is_none_or(|bound| bound > limit);
    (is_free && kind.range().1 > limit).then(|| {
        Rule::Range(vec![Bound {
            side: Side::Max,
            is_exclusive: false,
            limit: Limit::Integer(limit, kind),
        }])
    })
}

/// The greatest double up to which every integer is a double.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A bound of a float type whose greatest value is `greatest`, as [`integer`]. Numbers beyond [`EXACT`] are rounded when they are
/// decoded, and one that the schema accepts may then be the bound itself.
fn float(greatest: f64, written: Written) -> Option<Bound> {
    let number = written.number.as_f64();
    let number = number.filter(|number| number.abs() <= greatest)?;
    Some(Bound {
        side: written.side,
        is_exclusive: written.is_exclusive && number.abs() < EXACT,
        limit: Limit::Float(number),
    })
}

/// Adds the rules of another schema that the same value has to follow.
pub fn merge(rules: &mut Vec<Rule>, more: Vec<Rule>) {
    for rule in more {
        // A value may have to be a multiple of several integers.
        let is_joined = !matches!(rule, Rule::Multiple(_) | Rule::Named { .. });
        let is_alike =
            |known: &&mut Rule| is_joined && discriminant(&**known) == discriminant(&rule);
        if rules.contains(&rule) {
            continue;
        }
        match (rules.iter_mut().find(is_alike), rule) {
            (
                Some(Rule::Length { min, max }),
                Rule::Length {
                    min: low,
                    max: high,
                },
            ) => {
                *min = (*min).max(low);
                *max = max.iter().copied().chain(high).min();
            }
            (Some(Rule::Range(bounds)), Rule::Range(more)) => {
                more.into_iter().for_each(|bound| tighten(bounds, bound));
            }
            (Some(Rule::Patterns(names)), Rule::Patterns(more))
            | (Some(Rule::Keywords(names)), Rule::Keywords(more))
            | (Some(Rule::Unnamed(names)), Rule::Unnamed(more)) => {
                let new = more.into_iter().filter(|name| !names.contains(name));
                let new: Vec<_> = new.collect();
                names.extend(new);
            }
            (Some(Rule::Each(rules)), Rule::Each(more)) => merge(rules, more),
            (Some(Rule::Places(places)), Rule::Places(more)) => {
                let pairs = places.iter_mut().zip(more);
                pairs.for_each(|(rules, more)| merge(rules, more));
            }
            (_, rule) => rules.push(rule),
        }
    }
}

/// Adds a bound, unless there is a tighter one of its kind.
fn tighten(bounds: &mut Vec<Bound>, bound: Bound) {
    let is_alike =
        |known: &&mut Bound| (known.side, known.is_exclusive) == (bound.side, bound.is_exclusive);
    match bounds.iter_mut().find(is_alike) {
        Some(known) if bound.is_tighter(known) => *known = bound,
        Some(_) => {}
        None => bounds.push(bound),
    }
}

impl Bound {
    /// Whether it excludes a value that another bound of its side allows.
    pub fn excludes_more(&self, other: &Bound) -> bool {
        self.is_tighter(other) || self.limit == other.limit && self.is_exclusive
    }

    /// Whether every value of a type is within it.
    pub fn is_limit_of(&self, kind: &Type) -> bool {
        !self.is_exclusive
            && self.is_at(kind, |(least, most)| match self.side {
                Side::Min => least,
                Side::Max => most,
            })
    }

    /// Whether no value of a type is within it.
    pub fn is_beyond(&self, kind: &Type) -> bool {
        self.is_exclusive
            && self.is_at(kind, |(least, most)| match self.side {
                Side::Min => most,
                Side::Max => least,
            })
    }

    fn is_at(&self, kind: &Type, end: impl Fn((i128, i128)) -> i128) -> bool {
        match (kind, self.limit) {
            (Type::Plain(Primitive::Integer(integer)), Limit::Integer(limit, _)) => {
                limit == end(integer.range())
            }
            _ => false,
        }
    }

    /// Whether no value is above this bound and below another.
    pub fn is_above(&self, other: &Bound) -> bool {
        match self.limit.compare(other.limit) {
            Some(Ordering::Greater) => true,
            Some(Ordering::Equal) => self.is_exclusive || other.is_exclusive,
            _ => false,
        }
    }

    fn is_tighter(&self, other: &Bound) -> bool {
        let order = self.limit.compare(other.limit);
        let tighter = match self.side {
            Side::Min => Ordering::Greater,
            Side::Max => Ordering::Less,
        };
        order == Some(tighter)
    }
}

impl Limit {
    fn compare(self, other: Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Integer(own, _), Self::Integer(other, _)) => own.partial_cmp(&other),
            (Self::Float(own), Self::Float(other)) => own.partial_cmp(&other),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn rules_of(schema: &Value, kind: &Type) -> Vec<Rule> {
        let schema = schema.as_object().expect("an object");
        rules(schema, kind, "pattern", &mut Constants::default())
    }

    fn length(min: Option<u64>, max: Option<u64>) -> Rule {
        Rule::Length { min, max }
    }

    #[test]
    fn lengths_and_patterns_are_rules_of_what_has_them() {
        let string = Type::STRING;
        let pattern = Rule::Patterns(vec!["PATTERN".into()]);
        for (schema, kind, expected) in [
            (
                json!({"minLength": 1, "maxLength": 64.0}),
                string.clone(),
                vec![length(Some(1), Some(64))],
            ),
            (
                json!({"pattern": "a"}),
                string.clone().absentable(),
                vec![pattern],
            ),
            (
                json!({"maxItems": 3}),
                string.clone().list(),
                vec![length(None, Some(3))],
            ),
            (
                json!({"minProperties": 1}),
                string.clone().map(),
                vec![length(Some(1), None)],
            ),
            (json!({"maxItems": 3}), string, vec![]),
        ] {
            assert_eq!(rules_of(&schema, &kind), expected, "{schema}");
        }
    }

    #[test]
    fn bounds_are_rules_where_the_type_reaches_them() {
        let integer = |kind| Type::Plain(Primitive::Integer(kind));
        let (inclusive, exclusive) = (false, true);
        let (u8, u64, i32, i64) = (Integer::U8, Integer::U64, Integer::I32, Integer::I64);
        for (schema, kind, expected) in [
            (
                json!({"minimum": 0, "maximum": 9}),
                integer(u8),
                vec![
                    (Side::Min, inclusive, Limit::Integer(0, u8)),
                    (Side::Max, inclusive, Limit::Integer(9, u8)),
                ],
            ),
            (
                json!({"maximum": u64::MAX}),
                integer(u64),
                vec![(Side::Max, inclusive, Limit::Integer(u64::MAX.into(), u64))],
            ),
            (
                json!({"format": "int64", "minimum": 0}),
                integer(u64),
                vec![
                    (Side::Min, inclusive, Limit::Integer(0, u64)),
                    (Side::Max, inclusive, Limit::Integer(i64::MAX.into(), u64)),
                ],
            ),
            (
                json!({"format": "int64", "maximum": 9}),
                integer(u64),
                vec![(Side::Max, inclusive, Limit::Integer(9, u64))],
            ),
            (
                json!({"minimum": 0, "exclusiveMinimum": true}),
                Type::Plain(Primitive::F64),
                vec![(Side::Min, exclusive, Limit::Float(0.0))],
            ),
            (
                json!({"maximum": 6, "exclusiveMaximum": 5}),
                integer(i64),
                vec![
                    (Side::Max, inclusive, Limit::Integer(6, i64)),
                    (Side::Max, exclusive, Limit::Integer(5, i64)),
                ],
            ),
            (
                json!({"minimum": -5, "maximum": 4_294_967_295_u32}),
                integer(i32),
                vec![(Side::Min, inclusive, Limit::Integer(-5, i32))],
            ),
            (
                json!({"minimum": -1, "maximum": 1e300}),
                Type::Plain(Primitive::F32),
                vec![(Side::Min, inclusive, Limit::Float(-1.0))],
            ),
        ] {
            let expected = expected
                .into_iter()
                .map(|(side, is_exclusive, limit)| Bound {
                    side,
                    is_exclusive,
                    limit,
                });
            let expected = vec![Rule::Range(expected.collect())];
            assert_eq!(rules_of(&schema, &kind), expected, "{schema}");
        }
    }

    #[test]
    fn a_bound_of_an_integer_is_an_integer() {
        let integer = Type::Plain(Primitive::Integer(Integer::I64));
        for (schema, side, is_exclusive, limit) in [
            (
                json!({"maximum": 1e15}),
                Side::Max,
                false,
                1_000_000_000_000_000,
            ),
            (json!({"minimum": 0.5}), Side::Min, false, 1),
            (json!({"exclusiveMinimum": 0.5}), Side::Min, false, 1),
            (json!({"exclusiveMinimum": 1.0}), Side::Min, true, 1),
        ] {
            let limit = Limit::Integer(limit, Integer::I64);
            let bound = Bound {
                side,
                is_exclusive,
                limit,
            };
            assert_eq!(
                rules_of(&schema, &integer),
                [Rule::Range(vec![bound])],
                "{schema}"
            );
        }
        // No value of the type reaches them.
        for schema in [
            json!({"maximum": 9223372036854776000u64}),
            json!({"minimum": -1e300}),
        ] {
            assert_eq!(rules_of(&schema, &integer), [], "{schema}");
        }
    }

    #[test]
    fn a_bound_that_rounding_reaches_is_inclusive() {
        let number = Type::Plain(Primitive::F64);
        let found = rules_of(&json!({"exclusiveMaximum": 9007199254740993u64}), &number);
        let limit = Limit::Float(9_007_199_254_740_992.0);
        let bound = |is_exclusive, limit| Bound {
            side: Side::Max,
            is_exclusive,
            limit,
        };
        assert_eq!(found, [Rule::Range(vec![bound(false, limit)])]);
        let found = rules_of(&json!({"exclusiveMaximum": 9.5}), &number);
        assert_eq!(found, [Rule::Range(vec![bound(true, Limit::Float(9.5))])]);
    }

    #[test]
    fn the_tightest_rules_of_several_schemas_remain() {
        let mut rules = rules_of(&json!({"minLength": 1, "maxLength": 9}), &Type::STRING);
        let more = rules_of(&json!({"minLength": 2, "pattern": "a"}), &Type::STRING);
        merge(&mut rules, more);
        assert_eq!(
            rules,
            [
                length(Some(2), Some(9)),
                Rule::Patterns(vec!["PATTERN".into()])
            ]
        );

        let number = Type::Plain(Primitive::F64);
        let mut rules = rules_of(&json!({"minimum": 1, "maximum": 9}), &number);
        merge(
            &mut rules,
            rules_of(&json!({"minimum": 0, "maximum": 5}), &number),
        );
        assert_eq!(
            rules,
            rules_of(&json!({"minimum": 1, "maximum": 5}), &number)
        );
    }
}
