//! The conditions of bounds: of lengths, of numbers, and of what they are multiples of.

use super::place::Place;
use super::rules::limit;
use crate::rust::integer::Side;
use crate::rust::kind::Type;
use crate::rust::primitive::Primitive;
use crate::rust::rules::Bound;

pub fn length(place: &Place, kind: &Type, min: Option<u64>, max: Option<u64>) -> String {
    let range = match (min, max) {
        (Some(min), Some(max)) if min > max => return place.call("never"),
        (Some(min), Some(max)) => format!("{min}..={max}"),
        (Some(min), None) => format!("{min}.."),
        (None, Some(max)) => format!("..={max}"),
        (None, None) => "..".to_owned(),
    };
    match kind {
        Type::Plain(_) => format!("rule::has_length({}, {range})", place.reference()),
        _ => format!("({range}).contains(&{}.len())", place.text),
    }
}

/// That a number is within bounds: one of each side.
pub fn range(place: &Place, kind: &Type, bounds: &[Bound]) -> Vec<String> {
    let tightest = |side| {
        let mut bounds = bounds.iter().filter(|bound| bound.side == side);
        let first = *bounds.next()?;
        let tightest = bounds.fold(first, |known, bound| match bound.excludes_more(&known) {
            true => *bound,
            false => known,
        });
        (!tightest.is_limit_of(kind)).then_some(tightest)
    };
    let compared = |bound: Bound| {
        let sign = match (bound.side, bound.is_exclusive) {
            (Side::Min, false) => ">=",
            (Side::Min, true) => ">",
            (Side::Max, false) => "<=",
            (Side::Max, true) => "<",
        };
        format!("{} {sign} {}", place.value(), limit(bound.limit))
    };
    let contained = |bound: &Bound| {
        let limit = limit(bound.limit);
        let range = match bound.side {
            Side::Min => format!("{limit}.."),
            Side::Max => format!("..={limit}"),
        };
        format!("({range}).contains({})", place.reference())
    };
    if bounds.iter().any(|bound| bound.is_beyond(kind)) {
        return vec![place.call("never")];
    }
    match (tightest(Side::Min), tightest(Side::Max)) {
        (Some(min), Some(max)) if min.is_above(&max) => vec![place.call("never")],
        (Some(min), Some(max)) if !min.is_exclusive => {
            let sign = if max.is_exclusive { ".." } else { "..=" };
            let (min, max) = (limit(min.limit), limit(max.limit));
            vec![format!(
                "({min}{sign}{max}).contains({})",
                place.reference()
            )]
        }
        // Every value of the type is within the bounds, which is no reason to leave the value unused.
        (None, None) => bounds.iter().take(1).map(contained).collect(),
        (min, max) => min.into_iter().chain(max).map(compared).collect(),
    }
}

pub fn multiple(place: &Place, kind: &Type, number: i128) -> String {
    let Type::Plain(Primitive::Integer(integer)) = kind else {
        return place.call("always");
    };
    let value = place.value();
    match integer.range() {
        (_, most) if number > most => format!("{value} == 0"),
        (0, _) => format!("{}.is_multiple_of({number})", place.text),
        _ => format!("{value} % {number} == 0"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rust::integer::Integer;
    use crate::rust::rules::Limit;

    const MIN: Side = Side::Min;
    const MAX: Side = Side::Max;

    /// The condition of bounds, each with its number and whether that is excluded.
    fn bounded(bounds: &[(Side, i128, bool)]) -> String {
        let bounds = bounds.iter().map(|(side, limit, is_exclusive)| Bound {
            side: *side,
            is_exclusive: *is_exclusive,
            limit: Limit::Integer(*limit, Integer::U8),
        });
        let bounds: Vec<_> = bounds.collect();
        let kind = Type::Plain(Primitive::Integer(Integer::U8));
        range(&Place::item(), &kind, &bounds).join(" && ")
    }

    #[test]
    fn a_range_compares_with_the_tightest_bounds() {
        for (bounds, expected) in [
            (&[(MIN, 1, false)][..], "*it >= 1"),
            (&[(MIN, 1, false), (MAX, 9, false)], "(1..=9).contains(it)"),
            (&[(MIN, 1, false), (MAX, 9, true)], "(1..9).contains(it)"),
            (&[(MIN, 1, true), (MAX, 9, true)], "*it > 1 && *it < 9"),
            (&[(MAX, 6, false), (MAX, 5, true)], "*it < 5"),
            (&[(MIN, 0, false), (MAX, 9, false)], "*it <= 9"),
            (&[(MIN, 0, false)], "(0..).contains(it)"),
        ] {
            assert_eq!(bounded(bounds), expected);
        }
    }

    #[test]
    fn an_empty_range_is_no_literal() {
        for bounds in [
            &[(MIN, 3, false), (MAX, 2, false)][..],
            &[(MIN, 3, true), (MAX, 3, false)],
            &[(MIN, 3, false), (MAX, 3, true)],
            &[(MIN, 255, true)],
            &[(MAX, 0, true)],
        ] {
            assert_eq!(bounded(bounds), "rule::never(it)");
        }
        let length = |min, max| length(&Place::item(), &Type::STRING, Some(min), Some(max));
        assert_eq!(length(3, 2), "rule::never(it)");
        assert_eq!(length(2, 3), "rule::has_length(it, 2..=3)");
    }
}
