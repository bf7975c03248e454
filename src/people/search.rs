//! How people are found by the beginning of a name.

/// A name as it is compared in a search: the same in upper and lower case, whatever the locale.
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    fold_into(&mut folded, name);
    folded
}

/// Appends what [`fold`] makes of a name.
pub fn fold_into(folded: &mut String, name: &str) {
    if name.is_ascii() {
        let start = folded.len();
        folded.push_str(name);
        folded[start..].make_ascii_lowercase();
        return;
    }
    // By way of upper case, so that ß is ss and each of the two small sigmas is the same; character by character, so that the
    // beginning of a name folds to the beginning of what the name folds to.
    let upper = name.chars().flat_map(char::to_uppercase);
    folded.extend(upper.flat_map(char::to_lowercase));
}

/// The least text that is greater than all that begin with `prefix`, in the order of code points; none if there is none.
pub fn end(prefix: &str) -> Option<String> {
    let mut rest = prefix.to_owned();
    while let Some(last) = rest.pop() {
        // The range leaves out what is no character, the surrogates.
        if let Some(next) = (last..=char::MAX).nth(1) {
            rest.push(next);
            return Some(rest);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_makes_no_difference() {
        for (name, folded) in [
            ("Farrell", "farrell"),
            ("ÅNGSTRÖM", "ångström"),
            ("Weiß", "weiss"),
            ("ΝΙΚΟΣ", "νικοσ"),
            ("νικος", "νικοσ"),
            ("李", "李"),
        ] {
            assert_eq!(fold(name), folded);
        }
    }

    #[test]
    fn a_beginning_ends_where_the_next_one_starts() {
        for (prefix, next) in [
            ("a", Some("b")),
            ("far", Some("fas")),
            ("z\u{10ffff}", Some("{")),
            ("\u{d7ff}", Some("\u{e000}")),
            ("\u{10ffff}\u{10ffff}", None),
            ("", None),
        ] {
            assert_eq!(end(prefix).as_deref(), next, "{prefix:?}");
        }
    }
}
