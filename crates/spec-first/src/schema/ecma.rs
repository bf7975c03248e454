//! What the engines read differently from ECMA-262: `.` matches no line terminator, of which there are four, and the words that
//! `\b` and `\B` separate are of ASCII letters, digits and `_`.

/// Any character but a line terminator.
const DOT: &str = r"[^\n\r\u2028\u2029]";

/// The pattern for an engine of linear time, if it has any of these signs.
pub(super) fn for_regex(pattern: &str) -> Option<String> {
    rewrite(pattern, r"(?-u:\b)", r"(?-u:\B)")
}

/// The pattern for an engine that backtracks, if it has any of these signs.
pub(super) fn for_backtracking(pattern: &str) -> Option<String> {
    let boundary = r"(?:(?<=[0-9A-Za-z_])(?![0-9A-Za-z_])|(?<![0-9A-Za-z_])(?=[0-9A-Za-z_]))";
    let none = r"(?:(?<=[0-9A-Za-z_])(?=[0-9A-Za-z_])|(?<![0-9A-Za-z_])(?![0-9A-Za-z_]))";
    rewrite(pattern, boundary, none)
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
    use super::for_regex;

    #[test]
    fn classes_and_escapes_are_kept() {
        assert_eq!(for_regex(r"^[.\b]\.\\b[\].]$"), None);
        let rewritten = for_regex(r"[a].\B\.").unwrap();
        assert_eq!(rewritten, r"[a][^\n\r\u2028\u2029](?-u:\B)\.");
    }
}
