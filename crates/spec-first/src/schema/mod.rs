//! JSON Schema as a spec uses it, without anything of HTTP. The server checks requests and responses with it, and the build
//! checks defaults and examples with it, so that both accept the same values.
//!
//! A [`Compiler`] makes a [`Schema`] of each *reference*: `FILE#POINTER`, a file of the spec and a JSON pointer into it, not
//! percent-encoded. A schema [validates](Schema::validate) values, and lists the [`Violation`]s of a value that it rejects.
//!
//! ```
//! use serde_json::{Map, json};
//! use spec_first::schema::{Checks, Compiler, Dialect};
//!
//! let api = json!({ "schemas": { "name": { "type": "string", "maxLength": 3 } } });
//! let files = Map::from_iter([("api.yml".to_owned(), api)]);
//! let compiler = Compiler::new(&files, vec![], "api.yml", Dialect::Draft4, Checks::default())?;
//! let schemas = compiler.compile(["api.yml#/schemas/name"])?;
//! let name = &schemas["api.yml#/schemas/name"];
//!
//! assert_eq!(name.validate(json!("Rex")).ok(), Some(json!("Rex")));
//! let rejection = name.validate(json!("Fido")).expect_err("it is too long");
//! let violations = rejection.violations();
//! assert_eq!(violations[0].detail, "\"Fido\" is longer than 3 characters");
//! assert_eq!(violations[0].schema.as_deref(), Some("/schemas/name/maxLength"));
//! # Ok::<_, String>(())
//! ```

mod ascii_table;
mod compile;
mod compiled;
mod conditions;
mod counted;
mod dialect;
mod discriminator;
mod ecma;
pub(crate) mod format;
mod free_texts;
mod instance;
mod library;
mod linear;
mod media_type;
mod options;
mod pattern;
mod recursion;
mod registry;
mod rules;
mod scalar_rules;
mod tape;
mod truncate;
pub mod uri;
mod validate;
mod violation;

pub use compile::{Compiler, SchemaMap};
pub use dialect::Dialect;
pub use ecma::name_pattern;
pub use library::Library;
pub use linear::Linear;
pub use media_type::{Format, MediaType, is_token};
pub use options::Checks;
pub use pattern::rust_regex;
pub use registry::Files;
pub use rules::{Keywords, Pattern};
pub use scalar_rules::{IntegerRules, LazyRules, ScalarRules, TextRules, scalar_rules};
pub use truncate::{quote, truncate, truncate_to, truncate_value};
pub use validate::{MAX_VIOLATIONS, Rejection, Schema};
pub use violation::Violation;
