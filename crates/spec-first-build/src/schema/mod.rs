//! The schemas: what types they admit, how requests and responses see them, and what they are in JSON Schema.

pub(crate) mod collect;
pub(crate) mod discriminator;
pub(crate) mod guard;
mod null;
pub(crate) mod registry;
mod translate;
pub(crate) mod types;
mod view;

pub(crate) use self::translate::Translator;
pub(crate) use self::view::View;
