//! The document: its files, the references between them, and every object that it is made of.

mod dialect;
#[expect(clippy::module_inception, reason = "the file is named after its type")]
mod document;
mod grammar;
mod keys;
mod parameters;
mod paths;
pub(crate) mod reference;
mod schema_ids;
mod security;
mod serialization;
pub(crate) mod servers;
mod walk;

pub(crate) use self::dialect::JsonSchema;
pub use self::document::Document;
pub use self::grammar::Version;
pub(crate) use self::grammar::{Kind, METHODS, Member, Shape, members};
pub(crate) use self::keys::{Holding, Object, holdings, keys};
pub use self::parameters::Part;
pub(crate) use self::parameters::parameters;
pub(crate) use self::paths::{EquivalentPaths, encoded, path_items, sent_path, without_names};
pub use self::security::SchemeKind;
pub(crate) use self::security::declared_schemes;
pub use self::serialization::{Serialization, Style};
pub(crate) use self::walk::{Place, has_siblings, is_extension};
