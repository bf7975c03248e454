//! Names of which no two are alike.

use std::collections::HashSet;

use super::spelling::spelled_out;

/// A name for each of `wires`, no two alike: names that would clash have their signs spelled out, and those that still do
/// are numbered.
pub fn distinct(wires: &[&str], name: fn(&str) -> String) -> Vec<String> {
    let plain: Vec<_> = wires.iter().map(|wire| name(wire)).collect();
    let clashes = |index: usize| plain.iter().filter(|other| **other == plain[index]).count() > 1;
    let spelled: Vec<_> = (0..wires.len())
        .map(
            |index| match clashes(index) && wires[index] != plain[index] {
                true => name(&spelled_out(wires[index])),
                false => plain[index].clone(),
            },
        )
        .collect();
    let mut taken = HashSet::new();
    let pairs = wires.iter().zip(&spelled);
    pairs
        .map(|(wire, first)| {
            let numbered = (2..).map(|number| name(&format!("{wire} {number}")));
            let numbered = numbered.filter(|name| !spelled.contains(name));
            let mut candidates = std::iter::once(first.clone()).chain(numbered);
            let free = candidates.find(|name| taken.insert(name.clone()));
            free.unwrap_or_else(|| first.clone())
        })
        .collect()
}

/// Two names of fields, methods or modules as one.
pub fn joined(first: &str, second: &str) -> String {
    let [first, second] = [first, second].map(|name| name.trim_start_matches("r#"));
    // The compiler warns of two underscores.
    format!(
        "{}_{}",
        first.trim_end_matches('_'),
        second.trim_start_matches('_')
    )
}

/// The name, or the name with the first number that makes it free.
pub fn free(name: &str, mut is_free: impl FnMut(&String) -> bool) -> String {
    let numbered = (2..).map(|number| joined(name, &number.to_string()));
    let mut candidates = std::iter::once(name.to_owned()).chain(numbered);
    candidates.find(|name| is_free(name)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::{pascal, snake};
    use super::*;

    #[test]
    fn a_joined_name_has_no_two_underscores() {
        assert_eq!(joined("r#type", "r#fn"), "type_fn");
        assert_eq!(joined("self_", "_2"), "self_2");
        assert_eq!(free("r#type", |name| name == "type_3"), "type_3");
    }

    #[test]
    fn clashing_names_are_spelled_out() {
        assert_eq!(distinct(&["+1", "-1"], snake), ["plus_1", "minus_1"]);
        assert_eq!(distinct(&["a_b", "a-b"], snake), ["a_b", "a_minus_b"]);
        assert_eq!(
            distinct(&["fooBar", "foo_bar", "fooBar2"], snake),
            ["foo_bar", "foo_bar_2", "foo_bar2"]
        );
        assert_eq!(distinct(&["asc", "ASC"], pascal), ["Asc", "Asc2"]);
        assert_eq!(
            distinct(&["a\nb", "a\u{c}b", "a b"], snake),
            ["a_newline_b", "a_u_c_b", "a_b"]
        );
    }
}
