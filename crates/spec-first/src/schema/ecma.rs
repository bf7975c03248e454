//! What the engines read differently from ECMA-262: `.` matches no line terminator, of which there are four, and the words that
//! `\b` and `\B` separate are of ASCII letters, digits and `_`.

/// Any character but a line terminator.
const DOT: &str = r"[^\n\r\u2028\u2029]";

/// `\b` in terms of what is around it.
const BOUNDARY: &str = r"(?:(?<=[0-9A-Za-z_])(?![0-9A-Za-z_])|(?<![0-9A-Za-z_])(?=[0-9A-Za-z_]))";

/// `\B` in terms of what is around it.
const NO_BOUNDARY: &str =
    r"(?:(?<=[0-9A-Za-z_])(?=[0-9A-Za-z_])|(?<![0-9A-Za-z_])(?![0-9A-Za-z_]))";

/// The pattern for an engine of linear time, if it has any of these signs.
pub(super) fn for_regex(pattern: &str) -> Option<String> {
    rewrite(pattern, r"(?-u:\b)", r"(?-u:\B)")
}

/// The pattern for an engine that backtracks, if it has any of these signs.
pub(super) fn for_backtracking(pattern: &str) -> Option<String> {
    rewrite(pattern, BOUNDARY, NO_BOUNDARY)
}

/// A name under `patternProperties` as the validator reads it. Unlike those of `pattern`, which is a keyword of its own here, they
/// have to be rewritten in the schema.
#[must_use]
pub fn name_pattern(pattern: &str) -> String {
    for_backtracking(pattern).unwrap_or_else(|| pattern.to_owned())
}

/// A pointer into a schema with the names of `patternProperties` as the author wrote them.
pub(super) fn with_authors_names(pointer: &str) -> String {
    // A sign begins with one of these, which few pointers have. All bytes are compared, since that is done for many at once.
    let is_start = |byte: &u8| matches!(byte, b'(' | b'[');
    let has_start = pointer
        .as_bytes()
        .iter()
        .fold(false, |found, byte| found | is_start(byte));
    let mut steps = pointer.split('/');
    if !has_start || !steps.any(|step| step == "patternProperties") {
        return pointer.to_owned();
    }
    let signs = [(DOT, "."), (BOUNDARY, r"\b"), (NO_BOUNDARY, r"\B")];
    let replace = |text: String, (theirs, sign): (&str, &str)| text.replace(theirs, sign);
    signs.into_iter().fold(pointer.to_owned(), replace)
}

fn rewrite(pattern: &str, boundary: &str, no_boundary: &str) -> Option<String> {
    let mut rewritten = String::with_capacity(pattern.len());
    let mut in_class = false;
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        match (letter, in_class) {
            ('.', false) => rewritten.push_str(DOT),
            ('\\', _) => match (letters.next(), in_class) {
                (Some('b'), false) => rewritten.push_str(boundary),
                (Some('B'), false) => rewritten.push_str(no_boundary),
                (next, _) => {
                    rewritten.push('\\');
                    rewritten.extend(next);
                }
            },
            _ => {
                in_class = letter == '[' || in_class && letter != ']';
                rewritten.push(letter);
            }
        }
    }
    (rewritten != pattern).then_some(rewritten)
}

#[cfg(test)]
mod tests {
    use super::{DOT, for_regex, name_pattern, with_authors_names};

    #[test]
    fn a_pointer_shows_the_names_of_the_author() {
        for name in ["^a.b$", r"\bword\B.*", "^x-"] {
            let pointer = format!("/patternProperties/{}/type", name_pattern(name));
            assert_eq!(
                with_authors_names(&pointer),
                format!("/patternProperties/{name}/type")
            );
        }
    }

    #[test]
    fn other_pointers_stay_as_they_are() {
        let pointer = format!("/properties/{DOT}/type");
        assert_eq!(with_authors_names(&pointer), pointer);
    }

    #[test]
    fn classes_and_escapes_are_kept() {
        assert_eq!(for_regex(r"^[.\b]\.\\b[\].]$"), None);
        let rewritten = for_regex(r"[a].\B\.").unwrap();
        assert_eq!(rewritten, r"[a][^\n\r\u2028\u2029](?-u:\B)\.");
    }
}
