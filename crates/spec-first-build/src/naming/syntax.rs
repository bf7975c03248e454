//! What an author may choose as a name or a type in Rust.

use syn::{Ident, Type};

use super::reserved::{KEYWORDS, UNUSABLE, is_taken};

/// Whether the author may choose the name: it needs no `r#`, and generated code has no other use for it.
pub fn is_identifier(name: &str) -> bool {
    // The parser ignores space around a name, accepts `r#`, and does not know the keywords of every edition.
    syn::parse_str::<Ident>(name).is_ok_and(|ident| ident == name)
        && !name.starts_with("r#")
        && name != "Self"
        && !KEYWORDS.contains(&name)
        && !UNUSABLE.contains(&name)
        && !is_taken(name)
}

/// Whether the text has the syntax of a type; whether there is such a type is up to the compiler.
pub fn is_type(text: &str) -> bool {
    // A comment would become one of the generated code.
    !text.contains('/') && syn::parse_str::<Type>(text).is_ok_and(|kind| is_complete(&kind))
}

/// Whether a field may have the type, as far as its outermost syntax shows.
fn is_complete(kind: &Type) -> bool {
    !matches!(
        kind,
        Type::ImplTrait(_) | Type::Infer(_) | Type::Macro(_) | Type::Verbatim(_)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_free_name_is_an_identifier() {
        for name in ["pet", "_pet", "Pet2", "日本", "pattern", "not_null"] {
            assert!(is_identifier(name), "{name}");
        }
        for name in [
            "", "1st", "pet-id", "pet id", " pet", "r#type", "type", "gen", "self", "Self", "_",
            "Vec", "Value",
        ] {
            assert!(!is_identifier(name), "{name:?}");
        }
    }

    #[test]
    fn a_type_has_the_syntax_of_one() {
        for text in [
            "uuid::Uuid",
            "Box<str>",
            "Vec<(u8, [u8; 4])>",
            "::std::string::String",
        ] {
            assert!(is_type(text), "{text}");
        }
        for text in [
            "",
            "Box<str",
            "Box<str>>",
            "a b",
            "impl Copy",
            "_",
            "u8 // small",
            "1",
        ] {
            assert!(!is_type(text), "{text:?}");
        }
    }
}
