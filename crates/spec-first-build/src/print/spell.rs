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
        Type::Shared(inner) => format!("body::Shared<{}>", text(inner)),
        Type::Any(inner) => format!("Any<{}>", text(inner)),
        Type::Given(text) => text.clone(),
        Type::Named(index) => items[*index].name.clone(),
        Type::Unit => "()".to_owned(),
        Type::File => "body::File".to_owned(),
        Type::Upload => "body::Upload".to_owned(),
        Type::Download => "body::Download".to_owned(),
        Type::Items(item) => format!("body::Items<{}>", text(item)),
        Type::Events(data) => format!("body::Items<body::Event<{}>>", text(data)),
    }
}

/// The text as a string literal; what cannot be seen is escaped.
pub fn literal(text: &str) -> String {
    format!("{text:?}")
}

/// The text as a raw string literal, if everything in it can be seen.
pub fn raw_literal(text: &str) -> String {
    if text.contains(is_invisible) {
        return literal(text);
    }
    let mut hashes = String::new();
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{text}\"{hashes}")
}

/// The text as the rest of a line of a comment.
///
/// A carriage return in it is an error of the compiler, and so are characters that turn the direction of the text, since the
/// source could read otherwise than it is compiled.
pub fn comment(text: &str) -> String {
    let visible = |character: char| match character {
        character if character.is_whitespace() && is_invisible(character) => Some(' '),
        character => (!is_invisible(character)).then_some(character),
    };
    text.chars().filter_map(visible).collect()
}

/// The lines as those of a comment.
pub fn comments(lines: &[String]) -> Vec<String> {
    lines.iter().map(|line| comment(line)).collect()
}

/// Whether this is a control character, or one that turns the direction of the text.
fn is_invisible(character: char) -> bool {
    character.is_control() || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
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
    fn text_without_direction_is_kept_and_other_text_is_escaped() {
        assert_eq!(raw_literal("^\\s\u{e9}$"), "r\"^\\s\u{e9}$\"");
        assert_eq!(raw_literal("^\\s\u{202a}$"), r#""^\\s\u{202a}$""#);
        assert_eq!(raw_literal("a\rb"), r#""a\rb""#);
        assert_eq!(comment("a\r\n\u{202e}b\u{2066}\u{7} \u{e9}"), "a  b \u{e9}");
    }

    #[test]
    fn a_literal_is_escaped() {
        assert_eq!(literal("he said \"hi\"\n"), r#""he said \"hi\"\n""#);
        for character in ('\u{202a}'..='\u{202e}').chain('\u{2066}'..='\u{2069}') {
            let escaped = format!("\"\\u{{{:x}}}\"", u32::from(character));
            assert_eq!(literal(&character.to_string()), escaped);
        }
    }
}
