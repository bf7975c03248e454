//! The names that Rust and generated code have a use for already.

use super::import::Import;

/// Keywords that are usable as `r#word`.
pub const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Keywords that are not usable at all.
pub const UNUSABLE: &[&str] = &["crate", "self", "super", "_"];

/// Names that generated code uses and does not import: those of the prelude, and its own.
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
pub fn is_taken(name: &str) -> bool {
    OWN_TYPES.contains(&name) || Import::is_type(name)
}
