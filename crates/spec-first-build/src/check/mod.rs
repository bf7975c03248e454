//! The rules that a document must follow, so that what is generated from it is right: a file per subject.

mod base_path;
mod body_limit;
mod contradiction;
mod default;
mod dialect;
mod discriminator;
mod discriminator_names;
mod document;
mod elsewhere;
mod endless;
mod enumerated;
mod example;
mod format;
mod ignored;
mod inapplicable;
mod keyword;
mod lenient;
mod null;
mod operation;
mod parameter;
mod path;
mod pattern;
mod recursion;
mod reference;
mod response;
mod route;
mod rust_name;
mod schemas;
mod security;
mod shape;
mod sibling;
mod spelling;
mod style;
mod undeclared;
mod wording;

pub(crate) use self::document::document;
