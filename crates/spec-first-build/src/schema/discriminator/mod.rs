//! `discriminator`: the property whose value names the branch of a union, or the child of a parent, that an object is.

mod discriminators;
mod inheritance;
mod keyword;
mod listed;
mod mapping;
mod subtypes;

pub(crate) use self::discriminators::Discriminators;
pub(crate) use self::keyword::{KEYWORD, property, union};
pub(crate) use self::mapping::{Mapped, mapping};
