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
    Acceptable => "spec_first::contract::Acceptable",
    Any => "spec_first::contract::Any",
    Arc => "std::sync::Arc",
    BTreeMap => "std::collections::BTreeMap",
    Body => "spec_first::body",
    Call => "spec_first::contract::Call",
    DateTime => "chrono::DateTime",
    DecodeAdditional => "spec_first::contract::decode_additional",
    DecodeSubtypes => "spec_first::decode_subtypes",
    DecodeUnion => "spec_first::decode_union",
    Deserialize => "serde::Deserialize",
    DeserializeRepr => "serde_repr::Deserialize_repr",
    Deserializer => "serde::Deserializer",
    Failure => "spec_first::failure",
    EncodeUnion => "spec_first::encode_union",
    Field => "spec_first::contract::Field",
    FromRfc3339 => "spec_first::contract::from_rfc3339",
    FromRfc3339NotNull => "spec_first::contract::from_rfc3339_not_null",
    HttpResponse => "actix_web::HttpResponse",
    IndexSet => "indexmap::IndexSet",
    LazyLock => "std::sync::LazyLock",
    NaiveDate => "chrono::NaiveDate",
    NoRules => "spec_first::contract::no_rules",
    NotNull => "spec_first::contract::not_null",
    Nullable => "spec_first::contract::nullable",
    ParseDefault => "spec_first::contract::parse_default",
    Part => "spec_first::problem::Part",
    ReadBody => "spec_first::contract::ReadBody",
    Problem => "spec_first::problem::Problem",
    RequestHead => "spec_first::RequestHead",
    Respond => "spec_first::contract::Respond",
    Rule => "spec_first::rule",
    Routes => "spec_first::contract::Routes",
    Serialize => "serde::Serialize",
    SerializeRepr => "serde_repr::Serialize_repr",
    Spec => "super::SPEC",
    StatusCode => "actix_web::http::StatusCode",
    ToRfc3339 => "spec_first::contract::to_rfc3339",
    ToRfc3339Optional => "spec_first::contract::to_rfc3339_optional",
    Types => "super::types",
    Utc => "chrono::Utc",
    Uuid => "uuid::Uuid",
    Validate => "validator::Validate",
    ValidateNewtype => "spec_first::validate_newtype",
    ValidateUnion => "spec_first::validate_union",
    ValidationError => "validator::ValidationError",
    ValidationErrors => "validator::ValidationErrors",
    Value => "serde_json::Value",
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
