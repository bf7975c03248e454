//! The arguments of `#[validate(…)]` on a field.

use serde_json::{Value, json};

use crate::rust::integer::Side;
use crate::rust::rules::{Bound, Limit, Rule};

/// What the template reads of a rule. Every key is there, since mustache looks for a missing one in what surrounds it.
pub fn facts(rule: &Rule) -> Value {
    let mut facts = json!({ "length": false, "range": false, "nested": false, "custom": false });
    match rule {
        Rule::Length { min, max } => {
            let bounds = [("min", min), ("max", max)].into_iter();
            let bounds = bounds.filter_map(|(name, value)| {
                value.map(|value| json!({ "name": name, "value": value.to_string() }))
            });
            facts["length"] = json!({ "bounds": bounds.collect::<Vec<_>>() });
        }
        Rule::Range(bounds) => {
            let bounds: Vec<_> = bounds.iter().map(bound).collect();
            facts["range"] = json!({ "bounds": bounds });
        }
        // The values that a list holds have rules of their own.
        Rule::Nested | Rule::Each(_) => facts["nested"] = true.into(),
        // A function checks them.
        Rule::Multiple(_)
        | Rule::Patterns(_)
        | Rule::Keywords(_)
        | Rule::Unnamed(_)
        | Rule::Named { .. }
        | Rule::Places(_) => {}
    }
    facts
}

/// As [`facts`], of the function for all rules that have no attribute.
pub fn custom(function: &str) -> Value {
    json!({ "length": false, "range": false, "nested": false, "custom": function })
}

fn bound(bound: &Bound) -> Value {
    let name = match (bound.side, bound.is_exclusive) {
        (Side::Min, false) => "min",
        (Side::Min, true) => "exclusive_min",
        (Side::Max, false) => "max",
        (Side::Max, true) => "exclusive_max",
    };
    json!({ "name": name, "value": limit(bound.limit) })
}

/// The number. `validator` also writes it where nothing determines its type, and there it is an `i32` unless it has a suffix.
pub fn limit(limit: Limit) -> String {
    match limit {
        Limit::Integer(number, _) if i32::try_from(number).is_ok() => number.to_string(),
        Limit::Integer(number, kind) => format!("{number}_{}", kind.name()),
        Limit::Float(number) => format!("{number:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rust::integer::Integer;

    #[test]
    fn a_limit_beyond_32_bits_has_its_type() {
        for (number, expected) in [
            (Limit::Integer(9, Integer::U8), "9"),
            (Limit::Integer(-5, Integer::I64), "-5"),
            (
                Limit::Integer(u64::MAX.into(), Integer::U64),
                "18446744073709551615_u64",
            ),
            (Limit::Float(-1.0), "-1.0"),
        ] {
            assert_eq!(limit(number), expected);
        }
    }

    #[test]
    fn a_rule_has_one_key() {
        let rule = Rule::Length {
            min: None,
            max: Some(3),
        };
        let bounds = json!([{ "name": "max", "value": "3" }]);
        let expected = json!({ "length": { "bounds": bounds }, "range": false, "nested": false, "custom": false });
        assert_eq!(facts(&rule), expected);
    }
}
