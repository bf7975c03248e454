//! The name that an author probably meant.

/// The one of `known` that is nearest to `name`, if it is near enough for a slip.
pub(crate) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let most = most(name);
    let distances = known.map(|other| (distance(name, other), other));
    let near = distances.filter(|(distance, _)| *distance <= most);
    near.min_by_key(|(distance, _)| *distance)
        .map(|(_, other)| other)
}

/// "Perhaps `post` is meant." with a space before it, or nothing.
pub(crate) fn hint<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let meant = nearest(name, known);
    meant.map_or_else(String::new, |meant| format!(" Perhaps `{meant}` is meant."))
}

/// How many slips a name of this length may have: in a short one, each makes another word.
fn most(name: &str) -> usize {
    match name.chars().count() {
        0..=2 => 0,
        3..=5 => 1,
        6..=9 => 2,
        _ => 3,
    }
}

/// How many letters differ, are missing, are too many, or have changed places with their neighbour; case does not matter.
fn distance(one: &str, other: &str) -> usize {
    let letters = |name: &str| name.to_lowercase().chars().collect::<Vec<_>>();
    let (one, other) = (letters(one), letters(other));
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, wanted) in other.iter().enumerate() {
            let replaced = last[column] + usize::from(letter != wanted);
            let mut best = replaced.min(last[column + 1] + 1).min(current[column] + 1);
            let is_swap =
                row > 0 && column > 0 && *letter == other[column - 1] && one[row - 1] == *wanted;
            if is_swap {
                best = best.min(before[column - 1] + 1);
            }
            current.push(best);
        }
        before = std::mem::replace(&mut last, current);
    }
    last[other.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        let known = [
            "required",
            "properties",
            "maxLength",
            "summary",
            "post",
            "get",
            "operationId",
            "in",
        ];
        for (name, meant) in [
            ("requried", Some("required")),
            ("propertys", Some("properties")),
            ("maxLenght", Some("maxLength")),
            ("sumary", Some("summary")),
            ("pots", Some("post")),
            ("operationID", Some("operationId")),
            ("operation_id", Some("operationId")),
            ("gte", Some("get")),
            ("on", None),
            ("port", Some("post")),
            ("put", None),
            ("colour", None),
        ] {
            assert_eq!(nearest(name, known.into_iter()), meant, "{name}");
        }
    }
}
