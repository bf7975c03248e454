//! The names that generated code imports, and where each is imported from.

/// The enum of the names, from a table of their paths.
macro_rules! imports {
    ($($name:ident => $path:literal,)*) => {
        /// A name that generated code imports.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Import {
            $($name,)*
        }

        impl Import {
            const ALL: &[Self] = &[$(Self::$name,)*];

            /// The path, from the generated file.
            pub fn path(self) -> &'static str {
                match self {
                    $(Self::$name => $path,)*
                }
            }
        }
    };
}

imports! {
    Any => "crate::contract::Any",
    BTreeMap => "std::collections::BTreeMap",
    Call => "crate::contract::Call",
    Data => "actix_web::web::Data",
    DateTime => "chrono::DateTime",
    DecodeUnion => "crate::contract::decode_union",
    Deserialize => "serde::Deserialize",
    DeserializeRepr => "serde_repr::Deserialize_repr",
    Deserializer => "serde::Deserializer",
    Example => "crate::contract::example",
    Field => "crate::contract::Field",
    HttpResponse => "actix_web::HttpResponse",
    IndexSet => "indexmap::IndexSet",
    LazyLock => "std::sync::LazyLock",
    NaiveDate => "chrono::NaiveDate",
    NotNull => "crate::contract::not_null",
    Nullable => "crate::contract::nullable",
    Pattern => "crate::contract::pattern",
    Preset => "crate::contract::preset",
    Problem => "crate::problem::Problem",
    Regex => "regex::Regex",
    Routes => "crate::contract::Routes",
    RuleUnion => "crate::contract::rule_union",
    Serialize => "serde::Serialize",
    SerializeRepr => "serde_repr::Serialize_repr",
    StatusCode => "actix_web::http::StatusCode",
    Succeed => "crate::contract::Succeed",
    Unruled => "crate::contract::unruled",
    Utc => "chrono::Utc",
    Validate => "validator::Validate",
    Value => "serde_json::Value",
    Without => "crate::contract::without",
}

impl Import {
    /// The name itself.
    pub fn name(self) -> &'static str {
        self.path().rsplit("::").next().unwrap_or_default()
    }

    /// Whether this is the name of a type or trait that generated code may import. Functions are no matter: fields, arguments
    /// and methods have names of their own.
    pub fn is_type(name: &str) -> bool {
        let mut types = Self::ALL.iter().map(|import| import.name());
        name.starts_with(char::is_uppercase) && types.any(|import| import == name)
    }
}
