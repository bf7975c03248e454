//! Patterns that look around at their start and end alone, as `^(?!admin$)(?=.*[0-9])[a-z0-9]+(?<!-)$`. Each of these conditions
//! looks at the text from its start or up to its end, so that it is a pattern of its own, and the text matches if it fulfils all
//! of them. Those need no backtracking.

use std::borrow::Cow;
use std::ops::Range;

/// A pattern that a text has to match, or must not match, in the syntax of ECMA-262.
#[derive(Debug, PartialEq)]
pub(super) struct Condition {
    pub pattern: String,
    pub is_match: bool,
}

/// The conditions that a text fulfils if and only if the pattern matches a part of it. None if the pattern is of another form, or
/// looks around nowhere.
pub(super) fn split(pattern: &str) -> Option<Vec<Condition>> {
    // Engines do not agree on where such a class ends.
    let is_unclear = pattern.contains("[]") || pattern.contains("[^]");
    let mut rest = pattern.strip_prefix('^').filter(|_| !is_unclear)?;
    let mut conditions = Vec::new();
    while let Some((is_match, inside, after)) = ahead(rest) {
        let pattern = format!("^(?:{inside})");
        conditions.push(Condition { pattern, is_match });
        rest = after;
    }
    let groups = top_level_groups(rest)?;
    let (body, behind) = ends(rest, &groups);
    conditions.extend(behind);
    if conditions.is_empty() {
        return None;
    }
    conditions.push(Condition {
        pattern: format!("^{body}"),
        is_match: true,
    });
    Some(conditions)
}

/// The look-ahead at the start of a pattern: whether it is to match, what is in it, and what follows.
fn ahead(pattern: &str) -> Option<(bool, &str, &str)> {
    let (is_match, rest) = match pattern.strip_prefix("(?=") {
        Some(rest) => (true, rest),
        None => (false, pattern.strip_prefix("(?!")?),
    };
    let end = closing(rest)?;
    let after = &rest[end + 1..];
    // A repeated look-ahead may be left out.
    let is_repeated = after.starts_with(['*', '+', '?', '{']);
    (!is_repeated).then_some((is_match, &rest[..end], after))
}

/// The pattern without the look-behinds in front of a `$` at its end, and those.
fn ends<'p>(pattern: &'p str, groups: &[Range<usize>]) -> (Cow<'p, str>, Vec<Condition>) {
    let mut conditions = Vec::new();
    let last = signs(pattern).last();
    let Some(end) = last.filter(|(at, sign)| *sign == '$' && at + 1 == pattern.len()) else {
        return (Cow::Borrowed(pattern), conditions);
    };
    let mut body = end.0;
    for group in groups.iter().rev() {
        let condition = behind(&pattern[group.clone()]).filter(|_| group.end == body);
        let Some(condition) = condition else {
            break;
        };
        conditions.push(condition);
        body = group.start;
    }
    (Cow::Owned(format!("{}$", &pattern[..body])), conditions)
}

/// What a look-behind at the end of the text requires.
fn behind(group: &str) -> Option<Condition> {
    let inside = group.strip_suffix(')')?;
    let (is_match, inside) = match inside.strip_prefix("(?<=") {
        Some(inside) => (true, inside),
        None => (false, inside.strip_prefix("(?<!")?),
    };
    let pattern = format!("(?:{inside})$");
    Some(Condition { pattern, is_match })
}

/// Where the groups are that are in no other one, with their parentheses; none if the pattern has alternatives outside of groups, each of which would be a pattern
/// of its own, or if parentheses do not match.
fn top_level_groups(pattern: &str) -> Option<Vec<Range<usize>>> {
    let mut groups = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, sign) in signs(pattern) {
        match sign {
            '(' => {
                if depth == 0 {
                    start = at;
                }
                depth += 1;
            }
            ')' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    groups.push(start..at + 1);
                }
            }
            '|' if depth == 0 => return None,
            _ => {}
        }
    }
    (depth == 0).then_some(groups)
}

/// Where the group ends of which `pattern` is all but the start.
fn closing(pattern: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, sign) in signs(pattern) {
        match sign {
            '(' => depth += 1,
            ')' if depth == 0 => return Some(at),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The characters of a pattern that are neither escaped nor in a class, and where they are.
fn signs(pattern: &str) -> impl Iterator<Item = (usize, char)> {
    let (mut in_class, mut is_escaped) = (false, false);
    pattern.char_indices().filter(move |(_, letter)| {
        if is_escaped || *letter == '\\' {
            is_escaped = !is_escaped;
            return false;
        }
        let is_sign = !in_class;
        in_class = match in_class {
            true => *letter != ']',
            false => *letter == '[',
        };
        is_sign
    })
}

#[cfg(test)]
mod random_patterns;

#[cfg(test)]
mod tests {
    use super::{Condition, split};

    fn conditions(pattern: &str) -> Option<Vec<(String, bool)>> {
        let conditions = split(pattern)?.into_iter();
        let conditions = conditions.map(|Condition { pattern, is_match }| (pattern, is_match));
        Some(conditions.collect())
    }

    fn expected<const N: usize>(conditions: [(&str, bool); N]) -> Option<Vec<(String, bool)>> {
        let conditions = conditions.map(|(pattern, is_match)| (pattern.to_owned(), is_match));
        Some(conditions.into())
    }

    #[test]
    fn what_looks_around_at_start_and_end_is_a_condition_of_its_own() {
        let dots = r"^(?!\.{1,2}$)[^/]*$";
        assert_eq!(
            conditions(dots),
            expected([(r"^(?:\.{1,2}$)", false), ("^[^/]*$", true)])
        );
        assert_eq!(
            conditions(r"^(?=.*[A-Z)])(?!a|(?:b\)))[a-z]+(?<!-|x)(?<=[$])$"),
            expected([
                ("^(?:.*[A-Z)])", true),
                (r"^(?:a|(?:b\)))", false),
                ("(?:[$])$", true),
                ("(?:-|x)$", false),
                ("^[a-z]+$", true),
            ])
        );
        assert_eq!(
            conditions("^(?!a)"),
            expected([("^(?:a)", false), ("^", true)])
        );
    }

    #[test]
    fn other_patterns_are_not_split() {
        let patterns = [
            "a",
            "^a$",
            "(?!a)b",
            "^(?!a)b|c",
            "^(?!a)*b",
            "^(?!a",
            "^(?!a)b)",
            "^(?!a)[]b)]",
            "^(?![^])]a)b",
            r"^a(?<!b)\$",
            "^a(?<!b)?$",
            "^a(?<!b)c$",
        ];
        for pattern in patterns {
            assert_eq!(conditions(pattern), None, "{pattern}");
        }
    }
}
