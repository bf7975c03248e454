//! The body of a request as an argument: of one type, or of an enum with a variant for each of its media types.

use spec_first::schema::{Format, MediaType};

use super::body_rules::BodyRules;
use super::kind::Type;
use super::representation;
use super::schemas::ItemBuilder;
use super::views::View;
use crate::api::{Body, Content};
use crate::naming;

/// The types of a body.
#[derive(Debug)]
pub enum BodyType {
    /// One for all media types.
    One { kind: Type, rules: BodyRules },
    /// An enum of this name.
    Choice {
        name: String,
        variants: Vec<BodyVariant>,
    },
}

/// A body in one of several media types.
#[derive(Debug)]
pub struct BodyVariant {
    pub name: String,
    /// As the document writes it.
    pub media_type: String,
    pub kind: Type,
    pub rules: BodyRules,
}

impl BodyType {
    /// The types of `body`, which are named after `title`, and an enum after `name`; none if it has no media type.
    pub fn new(body: &Body, name: &str, title: &str, builder: &mut ItemBuilder) -> Option<Self> {
        let mut variants: Vec<BodyVariant> = Vec::new();
        for (index, content) in body.content.iter().enumerate() {
            let variant = variant_name(&content.media_type);
            let is_free = |name: &String| variants.iter().all(|it| it.name != *name);
            let variant = naming::free(&variant, is_free);
            let part = match index {
                0 => "request".to_owned(),
                _ => format!("{variant} request"),
            };
            let kind = kind(content, title, &part, builder);
            let hint = format!("{title} {part}");
            let validated = kind.validated();
            let rules =
                validated.map(|kind| builder.rules(View::Request, &content.schema, kind, &hint));
            variants.push(BodyVariant {
                rules: rules.unwrap_or_default().into(),
                kind,
                media_type: content.media_type.clone(),
                name: variant,
            });
        }
        let first = variants.first()?;
        if variants.iter().all(|variant| variant.kind == first.kind) {
            // What the schemas of some media types alone require is left to them.
            let mut others = variants.iter().map(|variant| &variant.rules.rules);
            let are_alike = others.all(|rules| *rules == first.rules.rules);
            return Some(Self::One {
                kind: first.kind.clone(),
                rules: match are_alike {
                    true => first.rules.clone(),
                    false => BodyRules::default(),
                },
            });
        }
        Some(Self::Choice {
            name: builder.body_name(name, title),
            variants,
        })
    }

    /// The type of the argument.
    pub fn kind(&self) -> Type {
        match self {
            Self::One { kind, .. } => kind.clone(),
            Self::Choice { name, .. } => Type::Given(name.clone()),
        }
    }

    /// The types that it holds.
    pub fn types(&self) -> Vec<&Type> {
        match self {
            Self::One { kind, .. } => vec![kind],
            Self::Choice { variants, .. } => variants.iter().map(|it| &it.kind).collect(),
        }
    }

    /// The types that it holds, each with what is checked of its values.
    pub fn ruled(&self) -> Vec<(&Type, &BodyRules)> {
        match self {
            Self::One { kind, rules } => vec![(kind, rules)],
            Self::Choice { variants, .. } => {
                let variants = variants.iter();
                variants.map(|it| (&it.kind, &it.rules)).collect()
            }
        }
    }

    /// As [`BodyType::ruled`].
    pub fn ruled_mut(&mut self) -> Vec<(&Type, &mut BodyRules)> {
        match self {
            Self::One { kind, rules } => vec![(kind, rules)],
            Self::Choice { variants, .. } => {
                let variants = variants.iter_mut();
                variants.map(|it| (&it.kind, &mut it.rules)).collect()
            }
        }
    }
}

/// The type of a body in one media type.
fn kind(content: &Content, title: &str, part: &str, builder: &mut ItemBuilder) -> Type {
    let mut derived = || builder.derive_part(View::Request, &content.schema, title, part);
    match content.format {
        Format::Binary => Type::Upload,
        Format::Lines => Type::Items(Box::new(derived())),
        Format::Text | Format::Events if !content.is_described => Type::STRING,
        Format::Text | Format::Events => match derived() {
            Type::VALUE => Type::STRING,
            other => other,
        },
        Format::Json | Format::Form | Format::Multipart => derived(),
    }
}

/// The name of a media type among those of a body.
fn variant_name(media_type: &str) -> String {
    let parsed = MediaType::parse(media_type);
    match parsed.map(|media_type| media_type.format()) {
        Some(Format::Form) => "Form".to_owned(),
        Some(Format::Multipart) => "Multipart".to_owned(),
        _ => naming::pascal(&representation::words(media_type)),
    }
}

#[cfg(test)]
mod tests {
    use super::variant_name;

    #[test]
    fn a_media_type_is_named_by_its_subtype() {
        for (media_type, name) in [
            ("application/json; charset=utf-8", "Json"),
            ("application/vnd.api+json", "VndApiJson"),
            ("application/x-www-form-urlencoded", "Form"),
            ("multipart/form-data", "Multipart"),
            ("application/octet-stream", "OctetStream"),
            ("application/x-ndjson", "Ndjson"),
            ("text/plain", "Text"),
            ("text/csv", "Csv"),
            ("image/*", "Image"),
        ] {
            assert_eq!(variant_name(media_type), name, "{media_type}");
        }
    }
}
