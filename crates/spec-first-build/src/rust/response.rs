//! A response of an operation as a variant: its status, its headers and one of its bodies.

use std::collections::HashSet;

use super::body_rules::BodyRules;
use super::docs;
use super::kind::Type;
use super::primitive::Primitive;
use super::representation::representations;
use super::schemas::ItemBuilder;
use super::views::View;
use crate::api::{self, Response};
use crate::naming;

/// A response.
#[derive(Debug)]
pub struct ResponseVariant {
    /// The status as the document writes it.
    pub declared: String,
    pub variant: String,
    /// The constant of `StatusCode`; none if the application chooses within a range.
    pub status: Option<&'static str>,
    pub docs: Vec<String>,
    pub kind: Type,
    /// What is checked of the body, or of each of its items.
    pub rules: BodyRules,
    pub headers: Vec<Header>,
    /// The representation, if the response has several.
    pub representation: Option<Choice>,
}

/// One of several representations of a response.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The variant among those of [`Accept`].
    pub name: String,
    /// As the document writes them; at least one.
    pub media_types: Vec<String>,
}

/// A header of a response.
#[derive(Clone, Debug)]
pub struct Header {
    pub wire: String,
    pub name: String,
    pub docs: Vec<String>,
    pub kind: Type,
}

impl Header {
    /// Whether a response may lack it.
    pub fn is_optional(&self) -> bool {
        matches!(self.kind, Type::Optional(_))
    }

    /// Whether it is a text of any form.
    pub fn is_text(&self) -> bool {
        let kind = match &self.kind {
            Type::Optional(kind) => kind,
            kind => kind,
        };
        matches!(kind, Type::Plain(Primitive::String))
    }
}

impl ResponseVariant {
    /// The types that it holds.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        let headers = self.headers.iter().map(|header| &header.kind);
        std::iter::once(&self.kind).chain(headers)
    }

    /// Whether it is sent with this status and in this media type, both as the document writes them.
    pub fn is_sent_as(&self, status: &str, media_type: &str) -> bool {
        let choice = self.representation.as_ref();
        let has = |choice: &Choice| choice.media_types.iter().any(|name| name == media_type);
        self.declared == status && choice.is_none_or(has)
    }

    /// Whether there is nothing but perhaps a body to choose.
    pub fn has_body_alone(&self) -> bool {
        self.headers.is_empty() && self.status.is_some()
    }
}

/// Statuses without a name of their own share one: the second is followed by its status. The fields of a variant are the status,
/// the headers and the body.
pub fn make_distinct(responses: &mut [ResponseVariant]) {
    let mut taken = HashSet::new();
    for response in responses {
        if !taken.insert(response.variant.clone()) {
            response.variant.push_str(&response.declared);
        }
        let wires: Vec<_> = response
            .headers
            .iter()
            .map(|header| header.wire.as_str())
            .collect();
        let names = naming::distinct(&wires, naming::snake);
        let is_taken = |name: &str| match name {
            // Variables and functions of the code that sends the response.
            "call" | "no_rules" => true,
            "status" => response.status.is_none(),
            "body" => response.kind != Type::Unit,
            _ => false,
        };
        let prefixed = |name: &String| is_taken(name).then(|| format!("header_{name}"));
        let names: Vec<_> = names.iter().map(|name| (prefixed(name), name)).collect();
        let all: Vec<_> = names.iter().map(|(_, name)| (*name).clone()).collect();
        let names = names.into_iter().map(|(prefixed, name)| match prefixed {
            Some(prefixed) => naming::free(&prefixed, |name| !all.contains(name)),
            None => name.clone(),
        });
        let names: Vec<_> = names.collect();
        for (header, name) in response.headers.iter_mut().zip(names) {
            header.name = name;
        }
    }
}

/// The responses of a status, whose `name` is a variant and perhaps a constant: one for each of its representations, or one without
/// a body. Their types are named after the operation `title` and the `part` of it that the response is.
pub fn of_status(
    response: &Response,
    has_body: bool,
    (variant, status): (&'static str, Option<&'static str>),
    [title, part]: [&str; 2],
    builder: &mut ItemBuilder,
) -> Vec<ResponseVariant> {
    let representations = match has_body {
        true => representations(response, title, part, builder),
        false => Vec::new(),
    };
    let docs = described(response);
    let headers = response.headers.iter();
    let headers: Vec<_> = headers
        .map(|header| response_header(header, title, builder))
        .collect();
    let of = |variant: String, (kind, rules), representation| ResponseVariant {
        declared: response.status.clone(),
        variant,
        status,
        docs: docs.clone(),
        kind,
        rules,
        headers: headers.clone(),
        representation,
    };
    let is_split = representations.len() > 1;
    if representations.is_empty() {
        return vec![of(
            variant.to_owned(),
            (Type::Unit, BodyRules::default()),
            None,
        )];
    }
    let responses = representations.into_iter().map(|it| {
        let choice = Choice {
            name: it.name,
            media_types: it.media_types,
        };
        match is_split {
            true => {
                let variant = naming::pascal(&format!("{variant} {}", it.words));
                of(variant, (it.kind, it.rules), Some(choice))
            }
            false => of(variant.to_owned(), (it.kind, it.rules), None),
        }
    });
    responses.collect()
}

/// The status, and what the document says about it, if it does.
pub fn described(response: &Response) -> Vec<String> {
    let text = response.description.as_deref().map(docs::clause);
    let text = text.filter(|text| text != ".");
    let docs = text.map(|text| format!("{}: {text}", response.status));
    docs.into_iter().collect()
}

fn response_header(header: &api::Header, title: &str, builder: &mut ItemBuilder) -> Header {
    let kind = builder.derive_part(View::Response, &header.schema, title, &header.name);
    let text = header
        .description
        .as_deref()
        .map(docs::clause)
        .filter(|text| text != ".");
    let text = text.map_or_else(|| ".".to_owned(), |text| format!(": {text}"));
    Header {
        wire: header.name.clone(),
        name: naming::snake(&header.name),
        docs: vec![format!("Header `{}`{text}", header.name)],
        kind: if header.required {
            kind
        } else {
            kind.nullable()
        },
    }
}
