//! The responses that mean success: a type, or an enum with a variant for each status and representation.

use super::body_rules::BodyRules;
use super::kind::Type;
use super::response::{ResponseVariant, make_distinct, of_status};
use super::schemas::ItemBuilder;
use super::status;
use crate::api::Operation;

/// How a method succeeds.
#[derive(Debug)]
pub struct Success {
    /// The enum of the responses, if there are several or if one has headers.
    pub name: Option<String>,
    /// At least one; those of one status and of different representations are beside each other.
    pub responses: Vec<ResponseVariant>,
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
        let responses = declared.iter().flat_map(|declared| {
            let name = status::name(&declared.status);
            let part = match is_only {
                true => "response".to_owned(),
                false => format!("{} response", name.0),
            };
            of_status(declared, has_body, name, [title, &part], builder)
        });
        let mut responses: Vec<_> = responses.collect();
        if is_only {
            // The only response of a range has the plainest status.
            for response in &mut responses {
                response.status = response.status.or(Some("OK"));
            }
        }
        if responses.is_empty() {
            let (variant, status) = status::name("200");
            responses.push(ResponseVariant {
                declared: "200".to_owned(),
                variant: variant.to_owned(),
                status,
                docs: Vec::new(),
                kind: Type::Unit,
                rules: BodyRules::default(),
                headers: Vec::new(),
                representation: None,
            });
        }
        make_distinct(&mut responses);
        let is_enum = responses.len() > 1 || !responses[0].headers.is_empty();
        let name = if is_unique { &operation.name } else { title };
        Self {
            name: is_enum.then(|| builder.success_name(name, title)),
            accept: accept(&responses, [name, title], builder),
            responses,
        }
    }

    /// The responses of the first status: one for each of its representations.
    pub fn first(&self) -> &[ResponseVariant] {
        let mut rest = self.responses.iter().skip(1);
        let first = self.responses.first().map(|it| &it.declared);
        let end = rest.position(|it| Some(&it.declared) != first);
        &self.responses[..end.map_or(self.responses.len(), |end| end + 1)]
    }

    /// The types that it holds.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        self.responses.iter().flat_map(ResponseVariant::types)
    }
}

/// The enum of all representations, if there are several of a response.
fn accept(
    responses: &[ResponseVariant],
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
