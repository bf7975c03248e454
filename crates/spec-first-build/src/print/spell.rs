//! Types and literals as Rust writes them: what templates cannot nest or escape.

use crate::rust::item::Item;
use crate::rust::kind::Type;

/// A type as Rust writes it.
pub fn type_text(kind: &Type, items: &[Item]) -> String {
    let text = |kind| type_text(kind, items);
    match kind {
        Type::Plain(primitive) => primitive.name().to_owned(),
        Type::List(inner) => format!("Vec<{}>", text(inner)),
        Type::Set(inner) => format!("IndexSet<{}>", text(inner)),
        Type::Tuple(kinds) => {
            let kinds: Vec<_> = kinds.iter().map(text).collect();
            format!("({})", kinds.join(", "))
        }
        Type::Map(inner) => format!("BTreeMap<String, {}>", text(inner)),
        Type::Optional(inner) => format!("Option<{}>", text(inner)),
        Type::Field(inner) => format!("Field<{}>", text(inner)),
        Type::Boxed(inner) => format!("Box<{}>", text(inner)),
        Type::Any(inner) => format!("Any<{}>", text(inner)),
        Type::Given(text) => text.clone(),
        Type::Named(index) => items[*index].name.clone(),
        Type::Unit => "()".to_owned(),
    }
}

/// The text as a string literal.
pub fn literal(text: &str) -> String {
    format!("{text:?}")
}

/// The text as a raw string literal.
pub fn raw_literal(text: &str) -> String {
    let mut hashes = String::new();
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{text}\"{hashes}")
}

/// A name without the `r#` that makes a keyword usable as one.
pub fn plain_name(name: &str) -> &str {
    name.trim_start_matches("r#")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_in_a_raw_literal_are_kept() {
        assert_eq!(raw_literal("^a$"), r#"r"^a$""#);
        assert_eq!(raw_literal(r#"a"#), r#"r"a""#);
        assert_eq!(raw_literal(r##"a"#b"##), r###"r##"a"#b"##"###);
    }

    #[test]
    fn a_literal_is_escaped() {
        assert_eq!(literal("he said \"hi\"\n"), r#""he said \"hi\"\n""#);
    }
}
