//! How values are serialized as text in a request, and how they are read from there. Parameters and the fields of forms have it in
//! common. It knows neither operations nor HTTP.
//!
//! ```text
//! texts as they were sent → style: parts, still encoded → scalar: values by their shape → draft: checked by the schema
//! ```

mod deep_object;
pub(crate) mod draft;
pub(crate) mod encoding;
pub(crate) mod json;
mod scalar;
mod serialized;
mod shape;
mod style;
mod text;

pub(crate) use self::encoding::Encoding;
pub(crate) use self::scalar::{draft as scalar, integer};
pub(crate) use self::serialized::{Raw, Serialization};
pub(crate) use self::shape::{JsonType, Shape};
