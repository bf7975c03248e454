//! The representations of a response: its media types, together where one value of one type can be sent in each of them.

use spec_first::schema::{Format, MediaType};

use super::body_rules::BodyRules;
use super::kind::Type;
use super::schemas::ItemBuilder;
use super::views::View;
use crate::api::{Content, Response};
use crate::naming;

/// A representation of a response.
#[derive(Debug)]
pub struct Representation {
    /// Its name among those of the response, for example `Json`.
    pub name: String,
    /// What the name is made of.
    pub words: String,
    /// As the document writes them; at least one.
    pub media_types: Vec<String>,
    pub kind: Type,
    /// What is checked of it, or of each of its items.
    pub rules: BodyRules,
}

/// The representations of a response, in the order of its media types; none if it has no body. Their types are named after the
/// operation `title` and the `part` of it that the response is.
pub fn representations(
    response: &Response,
    title: &str,
    part: &str,
    builder: &mut ItemBuilder,
) -> Vec<Representation> {
    let contents = response.returned_content();
    let mut families: Vec<Vec<&Content>> = Vec::new();
    for content in contents {
        let mut known = families.iter_mut();
        match known.find(|family| is_one_value(family[0], content)) {
            Some(family) => family.push(content),
            None => families.push(vec![content]),
        }
    }
    let is_only = families.len() == 1;
    let mut representations: Vec<Representation> = Vec::new();
    for family in families {
        let words = words(&family[0].media_type);
        let numbered = (2..).map(|number| format!("{words} {number}"));
        let mut candidates = std::iter::once(words.clone()).chain(numbered);
        let is_taken = |name: String| representations.iter().any(|it| it.name == name);
        let words = candidates.find(|words| !is_taken(naming::pascal(words)));
        let words = words.unwrap_or_default();
        let name = naming::pascal(&words);
        let part = match is_only {
            true => part.to_owned(),
            false => format!("{name} {part}"),
        };
        let kind = kind(response, &family, title, &part, builder);
        let schema = &family[0].schema;
        let hint = format!("{title} {part}");
        let validated = kind.validated();
        let rules = validated.map(|kind| builder.rules(View::Response, schema, kind, &hint));
        representations.push(Representation {
            media_types: family.iter().map(|it| it.media_type.clone()).collect(),
            rules: rules.unwrap_or_default().into(),
            kind,
            name,
            words,
        });
    }
    representations
}

/// The type of a body with one of these contents: that of JSON if it is one of them, since no text is null.
fn kind(
    response: &Response,
    family: &[&Content],
    title: &str,
    part: &str,
    builder: &mut ItemBuilder,
) -> Type {
    let mut contents = family.iter();
    let json = contents.find(|content| content.format == Format::Json);
    let content = json.unwrap_or(&family[0]);
    let is_shared = builder.is_shared(response);
    let mut derived = || builder.derive_part(View::Response, &content.schema, title, part);
    match content.format {
        Format::Binary | Format::Multipart => Type::Download,
        Format::Text | Format::Form if content.is_described => match derived() {
            Type::Optional(inner) => *inner,
            other => other,
        },
        Format::Text | Format::Form => Type::STRING,
        Format::Lines => Type::Items(Box::new(derived())),
        Format::Events if content.is_described => Type::Events(Box::new(derived())),
        Format::Events => Type::Events(Box::new(Type::STRING)),
        Format::Json if is_shared => derived().shared(),
        Format::Json => derived(),
    }
}

/// Whether a value of one type can be sent as either: JSON under several names, or a scalar as JSON and as plain text. What an
/// application writes itself, such as HTML, is no CSV, although both are strings.
fn is_one_value(one: &Content, other: &Content) -> bool {
    let is_json = |content: &Content| content.format == Format::Json;
    let is_plain = |content: &Content| {
        content.format == Format::Text
            && content.is_described
            && words(&content.media_type) == PLAIN
    };
    let is_value = |content| is_json(content) || is_plain(content);
    let is_alike = match (one.format, other.format) {
        (Format::Lines, Format::Lines) | (Format::Events, Format::Events) => true,
        (Format::Text, Format::Text) => words(&one.media_type) == words(&other.media_type),
        _ => is_value(one) && is_value(other),
    };
    is_alike && one.schema == other.schema
}

/// What plain text is called.
const PLAIN: &str = "text";

/// What a media type is called: by its subtype, or by the type of a range.
pub fn words(media_type: &str) -> String {
    let parsed = MediaType::parse(media_type);
    let text = parsed.as_ref().map_or(media_type, MediaType::as_str);
    let (kind, subtype) = text.split_once('/').unwrap_or((text, ""));
    let words = match (kind, subtype) {
        ("*", _) => "any",
        ("text", "plain" | "*") => PLAIN,
        (kind, "*") => kind,
        (_, subtype) => subtype.strip_prefix("x-").unwrap_or(subtype),
    };
    words.to_owned()
}
