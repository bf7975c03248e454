//! The ways in which an operation succeeds: a type, or an enum with a variant for each status.

use super::item::{Item, Type};
use super::schemas::Schemas;
use super::views::View;
use super::{docs, names, status};
use crate::api::{self, Operation, Response};

/// How a method succeeds: in these ways.
#[derive(Debug)]
pub struct Success {
    /// The enum of the ways, if there are several or if one has headers.
    pub name: Option<String>,
    pub ways: Vec<Way>,
}

/// One way to succeed.
#[derive(Debug)]
pub struct Way {
    pub variant: &'static str,
    /// The constant of `StatusCode`; none if the application chooses within a range.
    pub status: Option<&'static str>,
    pub docs: Vec<String>,
    pub kind: Type,
    pub headers: Vec<Header>,
}

/// A header of an answer.
#[derive(Debug)]
pub struct Header {
    pub wire: String,
    pub name: String,
    pub docs: Vec<String>,
    pub kind: Type,
}

impl Success {
    /// A way for each response of `operation` that means success.
    pub fn new(operation: &Operation, title: &str, schemas: &mut Schemas) -> Self {
        let responses = operation.successes().into_iter();
        let mut ways: Vec<_> = responses
            .map(|response| way(response, title, schemas))
            .collect();
        if let [only] = ways.as_mut_slice() {
            // A range that is the only way is answered with its plainest status.
            only.status = only.status.or(Some("OK"));
        }
        if ways.is_empty() {
            let (variant, status) = status::name("200");
            ways.push(Way {
                variant,
                status,
                docs: Vec::new(),
                kind: Type::Unit,
                headers: Vec::new(),
            });
        }
        let is_enum = ways.len() > 1 || !ways[0].headers.is_empty();
        Self {
            name: is_enum.then(|| schemas.answer_name(title)),
            ways,
        }
    }

    /// The type of the method's success.
    pub fn text(&self, items: &[Item]) -> String {
        match &self.name {
            Some(name) => name.clone(),
            None => self.ways[0].kind.text(items),
        }
    }

    /// The types that it holds.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        self.ways.iter().flat_map(|way| {
            let headers = way.headers.iter().map(|header| &header.kind);
            std::iter::once(&way.kind).chain(headers)
        })
    }
}

fn way(response: &Response, title: &str, schemas: &mut Schemas) -> Way {
    let (variant, status) = status::name(&response.status);
    let kind = match response.content.first() {
        Some(content) => schemas.derive(
            View::Response,
            &content.schema,
            &format!("{title} response"),
        ),
        None => Type::Unit,
    };
    let said = response
        .description
        .as_deref()
        .map(docs::clause)
        .filter(|said| said != ".");
    let docs = said
        .map(|said| format!("{}: {said}", response.status))
        .into_iter()
        .collect();
    let headers = response
        .headers
        .iter()
        .map(|header| answer_header(header, title, schemas))
        .collect();
    Way {
        variant,
        status,
        docs,
        kind,
        headers,
    }
}

fn answer_header(header: &api::Header, title: &str, schemas: &mut Schemas) -> Header {
    let kind = schemas.derive(
        View::Response,
        &header.schema,
        &format!("{title} {}", header.name),
    );
    let said = header
        .description
        .as_deref()
        .map(docs::clause)
        .filter(|said| said != ".");
    let said = said.map_or_else(|| ".".to_owned(), |said| format!(": {said}"));
    Header {
        wire: header.name.clone(),
        name: names::snake(&header.name),
        docs: vec![format!("Header `{}`{said}", header.name)],
        kind: if header.required {
            kind
        } else {
            kind.nullable()
        },
    }
}
