//! The contract, loaded as the server loads it: what the server could not compile is a fault of the document.

use serde_json::Value;

use super::guard;
use crate::api::{Api, Operation};
use crate::document::Document;
use crate::schema::Validators;
use crate::text::{Fault, Location};

/// Compiles each schema that an operation refers to; a fault for each that cannot be compiled, in the order of the document.
pub(crate) fn load(document: &Document, contract: &Value, api: &Api) -> Vec<Fault> {
    let mut contract = contract.clone();
    guard(&mut contract);
    let requests: Vec<_> = api.operations.iter().flat_map(request_schemas).collect();
    let responses: Vec<_> = api.operations.iter().flat_map(response_schemas).collect();
    let faults = |view: &Value, schemas: &[Location]| {
        Validators::new(document, view).faults(document, schemas)
    };
    let seen = match contract["responses"].is_null() {
        true => &contract["requests"],
        false => &contract["responses"],
    };
    let mut faults = [
        faults(&contract["requests"], &requests),
        faults(seen, &responses),
    ]
    .concat();
    document.sort(&mut faults);
    faults
}

fn request_schemas(operation: &Operation) -> impl Iterator<Item = Location> {
    let parameters = operation.parameters.iter().map(|it| &it.schema);
    let contents = operation.body.iter().flat_map(|body| &body.content);
    let fields = contents.clone().flat_map(|it| &it.decoding.fields);
    let headers = fields.flat_map(|field| &field.headers);
    let contents = contents.filter(|content| content.is_described);
    let schemas = parameters.chain(contents.map(|it| &it.schema));
    schemas.chain(headers.map(|header| &header.schema)).cloned()
}

fn response_schemas(operation: &Operation) -> impl Iterator<Item = Location> {
    let contents = operation.responses.iter().flat_map(|it| &it.content);
    let contents = contents.filter(|content| content.is_described);
    let headers = operation.responses.iter().flat_map(|it| &it.headers);
    let headers = headers.map(|it| &it.schema);
    contents.map(|it| &it.schema).chain(headers).cloned()
}
