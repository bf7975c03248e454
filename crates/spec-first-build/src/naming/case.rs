//! Rust names for the spec's names: each in its case, and with what Rust allows in an identifier.

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use icu_normalizer::ComposingNormalizerBorrowed;

use super::reserved::{KEYWORDS, UNUSABLE, is_taken};
use super::spelling::{code_points, spelled_out};

/// The name of a field, an argument, a method or a module.
pub fn snake(name: &str) -> String {
    let has_case = |word: &str| !word.contains(char::is_uppercase);
    let word = identifier(name, |name| name.to_snake_case(), has_case);
    if UNUSABLE.contains(&word.as_str()) {
        return format!("{word}_");
    }
    if KEYWORDS.contains(&word.as_str()) {
        return format!("r#{word}");
    }
    word
}

/// The name of a type or of a variant.
pub fn pascal(name: &str) -> String {
    let has_case = |word: &str| !word.starts_with(char::is_lowercase);
    let word = identifier(name, |name| name.to_upper_camel_case(), has_case);
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

/// The name that the author chose, as a field or argument has it.
pub fn chosen_snake(name: &str) -> String {
    match name.contains(char::is_uppercase) {
        true => snake(name),
        false => normalized(name),
    }
}

/// The name that the author chose, as a type has it.
pub fn chosen_type(name: &str) -> String {
    match name.starts_with(char::is_uppercase) && !name.contains('_') {
        true => normalized(name),
        false => type_name(name),
    }
}

/// The name of a constant.
pub fn screaming(name: &str) -> String {
    let has_case = |word: &str| !word.contains(char::is_lowercase);
    identifier(name, |name| name.to_shouty_snake_case(), has_case)
}

/// The name in its case, with what Rust allows in an identifier; a name of signs alone, or of letters that do not have the
/// case, is spelled out.
fn identifier(name: &str, case: fn(&str) -> String, has_case: fn(&str) -> bool) -> String {
    let allowed = |name: &str| -> String {
        case(name)
            .chars()
            .filter(|&letter| unicode_ident::is_xid_continue(letter))
            .collect()
    };
    let candidates = [
        allowed(name),
        allowed(&spelled_out(name)),
        // The compiler warns of letters that are variants of others.
        match allowed(name).is_empty() {
            true => String::new(),
            false => allowed(&compatible(name)),
        },
        case(&code_points(name)),
    ];
    let candidates = candidates.iter().map(|word| normalized(word));
    let is_usable = |word: &String| !word.is_empty() && has_case(word) && compatible(word) == *word;
    let word = candidates.into_iter().find(is_usable).unwrap_or_default();
    if word.starts_with(|first| unicode_ident::is_xid_start(first) || first == '_') {
        word
    } else {
        format!("_{word}")
    }
}

/// The name in normal form C, in which the compiler compares identifiers.
fn normalized(name: &str) -> String {
    let normalizer = ComposingNormalizerBorrowed::new_nfc();
    normalizer.normalize(name).into_owned()
}

/// The name in normal form KC, which has no variants of letters.
fn compatible(name: &str) -> String {
    let normalizer = ComposingNormalizerBorrowed::new_nfkc();
    normalizer.normalize(name).into_owned()
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
            ("\u{212b}ngström", "ångström"),
            ("\u{1d400}", "a"),
            ("ǆ", "dž"),
            ("①", "u_2460"),
        ] {
            assert_eq!(snake(name), rust, "{name:?}");
        }
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
