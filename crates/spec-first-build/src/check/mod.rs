//! The rules that a document must follow, so that what is generated from it is right: a file per subject.

mod base_path;
mod default;
mod discriminator;
mod document;
mod elsewhere;
mod ignored;
mod keyword;
mod nearest;
mod null;
mod operation;
mod parameter;
mod path;
mod pattern;
mod reference;
mod rust_name;
mod security;
mod shape;
mod spelling;
mod undeclared;
mod wording;

pub(crate) use self::document::document;
