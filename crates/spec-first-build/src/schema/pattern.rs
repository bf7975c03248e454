//! ECMA-262 patterns as the `regex` crate writes them, where both mean the same.

/// The pattern for the `regex` crate; none where the crate has no equivalent, or where equivalence is not obvious.
pub fn translate(ecma: &str) -> Option<String> {
    let mut rust = String::with_capacity(ecma.len());
    let mut letters = ecma.chars().peekable();
    let mut in_class = false;
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => rust.push_str(&escape(letters.next()?, &mut letters, in_class)?),
            '[' if in_class => rust.push_str(r"\["),
            '[' => {
                in_class = true;
                rust.push('[');
                if letters.next_if_eq(&'^').is_some() {
                    rust.push('^');
                }
                // `[]` and `[^]` are classes of their own in ECMA-262, and no classes in Rust.
                if letters.peek() == Some(&']') {
                    return None;
                }
            }
            ']' if in_class => {
                in_class = false;
                rust.push(']');
            }
            // Rust reads `&&`, `--` and `~~` in a class as operators.
            '&' | '~' if in_class => rust.extend(['\\', letter]),
            '-' if in_class && rust.ends_with('-') => return None,
            '(' if letters.peek() == Some(&'?') => {
                letters.next();
                if letters.next() != Some(':') {
                    return None;
                }
                rust.push_str("(?:");
            }
            '.' if !in_class => rust.push_str(r"[^\n\r\u2028\u2029]"),
            // A brace that opens no quantifier is itself in ECMA-262 and an error in Rust.
            ']' | '}' if !in_class && !rust.contains('{') => return None,
            _ => rust.push(letter),
        }
    }
    regex_syntax::parse(&rust).is_ok().then_some(rust)
}

fn escape(
    letter: char,
    rest: &mut std::iter::Peekable<std::str::Chars>,
    in_class: bool,
) -> Option<String> {
    let class = |inside: &str| {
        if in_class {
            inside.to_owned()
        } else {
            format!("[{inside}]")
        }
    };
    Some(match letter {
        'd' => class("0-9"),
        'w' => class("0-9A-Za-z_"),
        'D' if !in_class => "[^0-9]".to_owned(),
        'W' if !in_class => "[^0-9A-Za-z_]".to_owned(),
        't' | 'n' | 'r' | 'f' | 'v' => format!("\\{letter}"),
        'u' => {
            let digits: String = rest.take(4).collect();
            let number = u32::from_str_radix(&digits, 16)
                .ok()
                .filter(|_| digits.len() == 4)?;
            char::from_u32(number)?;
            format!("\\u{digits}")
        }
        sign if sign.is_ascii_punctuation() && !matches!(sign, '<' | '>') => format!("\\{sign}"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_patterns_are_translated() {
        for (ecma, rust) in [
            (r"^\d{4}-\d{2}$", "^[0-9]{4}-[0-9]{2}$"),
            (r"^[^\u0000-\u001f]*$", r"^[^\u0000-\u001f]*$"),
            (r"^[\w.-]+$", "^[0-9A-Za-z_.-]+$"),
            ("a.b", r"a[^\n\r\u2028\u2029]b"),
            (r"(?:a|b)\/c", r"(?:a|b)\/c"),
        ] {
            assert_eq!(translate(ecma).as_deref(), Some(rust), "{ecma}");
        }
    }

    #[test]
    fn what_differs_is_left_to_the_schema() {
        for ecma in [
            r"^(?!a)",
            r"(a)\1",
            r"\bword\b",
            r"[^]",
            r"\p{L}",
            r"\s+",
            "(?<name>a)",
            r"\ud83d",
            "a}",
        ] {
            assert_eq!(translate(ecma), None, "{ecma}");
        }
    }
}
