//! The responses that mean success: a type, or an enum with a variant for each status and representation.

use std::collections::HashSet;

use super::kind::Type;
use super::representation::representations;
use super::schemas::ItemBuilder;
use super::views::View;
use super::{docs, status};
use crate::api::{self, Operation, Response};
use crate::naming;

/// How a method succeeds.
#[derive(Debug)]
pub struct Success {
    /// The enum of the responses, if there are several or if one has headers.
    pub name: Option<String>,
    /// At least one; those of one status and of different representations are beside each other.
    pub responses: Vec<SuccessResponse>,
    /// What the application chooses from by the preferences of the client, if a response has several representations.
    pub accept: Option<Accept>,
}

/// The representations of the responses of an operation.
#[derive(Debug)]
pub struct Accept {
    /// The enum of them.
    pub name: String,
    /// The media types in their order, each with the variant of its representation.
    pub media_types: Vec<(String, String)>,
}

impl Accept {
    /// The variants, each once.
    pub fn variants(&self) -> Vec<&str> {
        let mut variants: Vec<&str> = Vec::new();
        for (_, variant) in &self.media_types {
            if !variants.contains(&variant.as_str()) {
                variants.push(variant);
            }
        }
        variants
    }
}

/// A response that means success.
#[derive(Debug)]
pub struct SuccessResponse {
    /// The status as the document writes it.
    declared: String,
    pub variant: String,
    /// The constant of `StatusCode`; none if the application chooses within a range.
    pub status: Option<&'static str>,
    pub docs: Vec<String>,
    pub kind: Type,
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
}

impl SuccessResponse {
    /// Whether there is nothing but perhaps a body to choose.
    pub fn has_body_alone(&self) -> bool {
        self.headers.is_empty() && self.status.is_some()
    }
}

impl Success {
    /// The responses of `operation` that mean success.
    pub fn new(
        operation: &Operation,
        title: &str,
        is_unique: bool,
        builder: &mut ItemBuilder,
    ) -> Self {
        let declared = operation.successes();
        let has_body = operation.method != "HEAD";
        let is_only = declared.len() == 1;
        let responses = declared.iter().enumerate().flat_map(|(index, declared)| {
            let of_status = of_status(declared, has_body, title, is_only, builder);
            of_status.into_iter().map(move |response| (index, response))
        });
        let (places, mut responses): (Vec<_>, Vec<_>) = responses.unzip();
        if is_only {
            // The only response of a range has the plainest status.
            for response in &mut responses {
                response.status = response.status.or(Some("OK"));
            }
        }
        if responses.is_empty() {
            let (variant, status) = status::name("200");
            responses.push(SuccessResponse {
                declared: "200".to_owned(),
                variant: variant.to_owned(),
                status,
                docs: Vec::new(),
                kind: Type::Unit,
                headers: Vec::new(),
                representation: None,
            });
        }
        let statuses: Vec<_> = places
            .iter()
            .map(|place| &declared[*place].status)
            .collect();
        make_distinct(&mut responses, &statuses);
        let is_enum = responses.len() > 1 || !responses[0].headers.is_empty();
        let name = if is_unique { &operation.name } else { title };
        Self {
            name: is_enum.then(|| builder.success_name(name, title)),
            accept: accept(&responses, [name, title], builder),
            responses,
        }
    }

    /// The responses of the first status: one for each of its representations.
    pub fn first(&self) -> &[SuccessResponse] {
        let mut rest = self.responses.iter().skip(1);
        let first = self.responses.first().map(|it| &it.declared);
        let end = rest.position(|it| Some(&it.declared) != first);
        &self.responses[..end.map_or(self.responses.len(), |end| end + 1)]
    }

    /// The types that it holds.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        self.responses.iter().flat_map(|response| {
            let headers = response.headers.iter().map(|header| &header.kind);
            std::iter::once(&response.kind).chain(headers)
        })
    }
}

/// Statuses without a name of their own share one: the second is followed by its status. The fields of a variant are the status,
/// the headers and the body.
fn make_distinct(responses: &mut [SuccessResponse], statuses: &[&String]) {
    let mut taken = HashSet::new();
    for (response, status) in responses.iter_mut().zip(statuses) {
        if !taken.insert(response.variant.clone()) {
            response.variant.push_str(status);
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

/// The responses of a status: one for each of its representations, or one without a body. The status `is_only` if the operation
/// has no other success.
fn of_status(
    response: &Response,
    has_body: bool,
    title: &str,
    is_only: bool,
    builder: &mut ItemBuilder,
) -> Vec<SuccessResponse> {
    let (variant, status) = status::name(&response.status);
    let part = match is_only {
        true => "response".to_owned(),
        false => format!("{variant} response"),
    };
    let representations = match has_body {
        true => representations(response, title, &part, builder),
        false => Vec::new(),
    };
    let text = response
        .description
        .as_deref()
        .map(docs::clause)
        .filter(|text| text != ".");
    let docs = text.map(|text| format!("{}: {text}", response.status));
    let docs: Vec<_> = docs.into_iter().collect();
    let headers = response.headers.iter();
    let headers: Vec<_> = headers
        .map(|header| response_header(header, title, builder))
        .collect();
    let of = |variant: String, kind, representation| SuccessResponse {
        declared: response.status.clone(),
        variant,
        status,
        docs: docs.clone(),
        kind,
        headers: headers.clone(),
        representation,
    };
    let is_split = representations.len() > 1;
    if representations.is_empty() {
        return vec![of(variant.to_owned(), Type::Unit, None)];
    }
    let responses = representations.into_iter().map(|it| {
        let choice = Choice {
            name: it.name,
            media_types: it.media_types,
        };
        match is_split {
            true => {
                let variant = naming::pascal(&format!("{variant} {}", it.words));
                of(variant, it.kind, Some(choice))
            }
            false => of(variant.to_owned(), it.kind, None),
        }
    });
    responses.collect()
}

/// The enum of all representations, if there are several of a response.
fn accept(
    responses: &[SuccessResponse],
    [name, title]: [&str; 2],
    builder: &mut ItemBuilder,
) -> Option<Accept> {
    let choices = responses.iter().filter_map(|it| it.representation.as_ref());
    let mut media_types: Vec<(String, String)> = Vec::new();
    for choice in choices {
        for media_type in &choice.media_types {
            if !media_types.iter().any(|(known, _)| known == media_type) {
                media_types.push((media_type.clone(), choice.name.clone()));
            }
        }
    }
    (!media_types.is_empty()).then(|| Accept {
        name: builder.accept_name(name, title),
        media_types,
    })
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
