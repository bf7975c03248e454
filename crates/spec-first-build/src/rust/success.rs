//! The responses that mean success: a type, or an enum with a variant for each status.

use std::collections::HashSet;

use super::kind::Type;
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
    /// At least one.
    pub responses: Vec<SuccessResponse>,
}

/// A response that means success.
#[derive(Debug)]
pub struct SuccessResponse {
    pub variant: String,
    /// The constant of `StatusCode`; none if the application chooses within a range.
    pub status: Option<&'static str>,
    pub docs: Vec<String>,
    pub kind: Type,
    pub headers: Vec<Header>,
}

/// A header of a response.
#[derive(Debug)]
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
        let declared = operation.successes().into_iter();
        let is_only = declared.len() == 1;
        let mut responses: Vec<_> = declared
            .map(|declared| response(declared, title, is_only, builder))
            .collect();
        if let [only] = responses.as_mut_slice() {
            // The only response of a range has the plainest status.
            only.status = only.status.or(Some("OK"));
        }
        if responses.is_empty() {
            let (variant, status) = status::name("200");
            responses.push(SuccessResponse {
                variant: variant.to_owned(),
                status,
                docs: Vec::new(),
                kind: Type::Unit,
                headers: Vec::new(),
            });
        }
        make_distinct(&mut responses, &operation.successes());
        let is_enum = responses.len() > 1 || !responses[0].headers.is_empty();
        let name = if is_unique { &operation.name } else { title };
        Self {
            name: is_enum.then(|| builder.success_name(name, title)),
            responses,
        }
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
fn make_distinct(responses: &mut [SuccessResponse], declared: &[&Response]) {
    let mut taken = HashSet::new();
    for (response, declared) in responses.iter_mut().zip(declared) {
        if !taken.insert(response.variant.clone()) {
            response.variant.push_str(&declared.status);
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

fn response(
    response: &Response,
    title: &str,
    is_only: bool,
    builder: &mut ItemBuilder,
) -> SuccessResponse {
    let (variant, status) = status::name(&response.status);
    let part = match is_only {
        true => "response".to_owned(),
        false => format!("{variant} response"),
    };
    let kind = match response.content.first() {
        Some(content) => builder.derive_part(View::Response, &content.schema, title, &part),
        None => Type::Unit,
    };
    let text = response
        .description
        .as_deref()
        .map(docs::clause)
        .filter(|text| text != ".");
    let docs = text
        .map(|text| format!("{}: {text}", response.status))
        .into_iter()
        .collect();
    let headers = response
        .headers
        .iter()
        .map(|header| response_header(header, title, builder))
        .collect();
    SuccessResponse {
        variant: variant.to_owned(),
        status,
        docs,
        kind,
        headers,
    }
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
