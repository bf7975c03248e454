//! Rust names for the spec's names.

use std::collections::HashSet;

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

use super::import::Import;

/// Words that stay usable as `r#word`.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Words that no `r#` helps.
const RESERVED: &[&str] = &["crate", "self", "super", "_"];

/// Names that generated code uses without importing them: those of the prelude, and its own.
const OWN_TYPES: &[&str] = &[
    "Api",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Eq",
    "Err",
    "Hash",
    "Mock",
    "None",
    "Ok",
    "Option",
    "PartialEq",
    "Result",
    "Self",
    "Some",
    "String",
    "Vec",
];

/// Whether generated code uses the name for something else than a type of the spec.
fn is_taken(name: &str) -> bool {
    OWN_TYPES.contains(&name) || Import::is_type(name)
}

/// The name of a field, an argument, a method or a module.
pub fn snake(name: &str) -> String {
    let word = identifier(name, |name| name.to_snake_case());
    if RESERVED.contains(&word.as_str()) {
        return format!("{word}_");
    }
    if KEYWORDS.contains(&word.as_str()) {
        return format!("r#{word}");
    }
    word
}

/// The name of a type or of a variant.
pub fn pascal(name: &str) -> String {
    let word = identifier(name, |name| name.to_upper_camel_case());
    if word == "Self" { "Self_".into() } else { word }
}

/// The name of a type, which must not hide one that generated code uses.
pub fn type_name(name: &str) -> String {
    let word = pascal(name);
    if is_taken(&word) {
        format!("{word}Schema")
    } else {
        word
    }
}

/// Whether the author may choose the name: it needs no `r#`, and is no name of something else.
pub fn is_identifier(name: &str) -> bool {
    let mut letters = name.chars();
    let begins = |first| first == '_' || unicode_ident::is_xid_start(first);
    letters.next().is_some_and(begins)
        && letters.all(unicode_ident::is_xid_continue)
        && name != "Self"
        && !KEYWORDS.contains(&name)
        && !RESERVED.contains(&name)
        && !is_taken(name)
}

/// The name that the author chose, as a field or argument has it.
pub fn chosen_snake(name: &str) -> String {
    match name.contains(char::is_uppercase) {
        true => snake(name),
        false => name.to_owned(),
    }
}

/// The name that the author chose, as a type has it.
pub fn chosen_type(name: &str) -> String {
    match name.starts_with(char::is_uppercase) && !name.contains('_') {
        true => name.to_owned(),
        false => type_name(name),
    }
}

/// The name of a constant.
pub fn screaming(name: &str) -> String {
    identifier(name, |name| name.to_shouty_snake_case())
}

/// The name with its signs in words, for two names that differ in nothing else.
pub fn spelled_out(name: &str) -> String {
    name.chars()
        .map(|sign| match word(sign) {
            Some(word) => format!(" {word} "),
            None if sign.is_alphanumeric() || sign == ' ' => sign.to_string(),
            None => format!(" u_{:x} ", u32::from(sign)),
        })
        .collect()
}

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

/// The name in its case, with what Rust allows in an identifier; a name of signs alone is spelled out.
fn identifier(name: &str, case: fn(&str) -> String) -> String {
    let allowed = |name: &str| -> String {
        case(name)
            .chars()
            .filter(|&letter| unicode_ident::is_xid_continue(letter))
            .collect()
    };
    let candidates = [
        allowed(name),
        allowed(&spelled_out(name)),
        case(&code_points(name)),
    ];
    let word = candidates
        .into_iter()
        .find(|word| !word.is_empty())
        .unwrap_or_default();
    if word.starts_with(|first| unicode_ident::is_xid_start(first) || first == '_') {
        word
    } else {
        format!("_{word}")
    }
}

fn code_points(name: &str) -> String {
    name.chars().fold("u".to_owned(), |text, letter| {
        format!("{text}_{:x}", u32::from(letter))
    })
}

fn word(sign: char) -> Option<&'static str> {
    Some(match sign {
        '+' => "plus",
        '-' => "minus",
        '.' => "dot",
        '$' => "dollar",
        '@' => "at",
        '#' => "hash",
        '*' => "star",
        '%' => "percent",
        '<' => "less",
        '>' => "greater",
        '=' => "equal",
        '!' => "not",
        '&' => "and",
        '|' => "or",
        '/' => "slash",
        ':' => "colon",
        '~' => "tilde",
        '?' => "question",
        '_' => "underscore",
        '\n' => "newline",
        '\r' => "return",
        '\t' => "tab",
        '\'' => "apostrophe",
        '"' => "quote",
        '\\' => "backslash",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_read_as_rust() {
        for (name, rust) in [
            ("lname", "lname"),
            ("petType", "pet_type"),
            ("a-b", "a_b"),
            ("X-Request-ID", "x_request_id"),
            ("type", "r#type"),
            ("self", "self_"),
            ("2fa", "_2fa"),
            ("日本", "日本"),
            ("名 前", "名_前"),
            ("+", "plus"),
            ("", "u"),
            ("😀", "u_1f600"),
        ] {
            assert_eq!(snake(name), rust, "{name:?}");
        }
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

    #[test]
    fn types_read_as_rust() {
        for (name, rust) in [
            ("person", "Person"),
            ("new_person", "NewPerson"),
            ("Option", "OptionSchema"),
            ("Problem", "ProblemSchema"),
            ("self", "Self_"),
            ("extra-large", "ExtraLarge"),
            ("+", "Plus"),
        ] {
            assert_eq!(type_name(name), rust, "{name:?}");
        }
    }
}
