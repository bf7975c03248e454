//! The schemas: which types they admit, how requests and responses see them, and what they are in JSON Schema.

mod collect;
mod default;
pub(crate) mod discriminator;
pub(crate) mod ecma;
pub(crate) mod form;
pub(crate) mod guard;
mod inherit;
pub(crate) mod null;
mod older;
mod schemas;
mod translate;
pub(crate) mod types;
mod unnamed;
mod validators;
mod view;

pub(crate) use self::default::default;
pub use self::schemas::Schemas;
pub(crate) use self::translate::Translator;
pub(crate) use self::unnamed::KEEPS_UNNAMED;
pub(crate) use self::validators::{ManyValidator, Validators};
pub(crate) use self::view::View;
