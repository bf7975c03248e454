//! Specs with the habits of real ones: they are built without a warning, and the mock serves them.

use std::fs;
use std::path::Path;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use spec_first_build::Front;
use spec_first_build::api::{Operation, Part};
use spec_first_build::document::Document;
use spec_first_build::text::report;

use crate::project::{Project, generator, succeeded, tests};
use crate::server::Server;

/// What a path does not hold as it is.
const NOT_IN_PATHS: &AsciiSet = &CONTROLS.add(b' ');

#[test]
#[ignore = "needs openapi-generator: run tests/run"]
fn a_spec_of_2_0_is_served() {
    serve("shop_2_0.yml");
}

#[test]
#[ignore = "needs openapi-generator: run tests/run"]
fn a_spec_with_names_as_they_come_is_served() {
    serve("names_3_0.yml");
}

#[test]
#[ignore = "needs openapi-generator: run tests/run"]
fn a_spec_with_hundreds_of_schemas_is_served() {
    serve("inventory_3_0.yml");
}

#[test]
#[ignore = "needs openapi-generator: run tests/run"]
fn a_spec_of_3_1_is_served() {
    serve("events_3_1.yml");
}

/// Builds the mock of the spec `name`, and calls all of its operations.
fn serve(name: &str) {
    let spec = tests().join("documents/real").join(name);
    let text = fs::read_to_string(&spec).expect("the spec is read");
    let project = Project::with_spec(&text);
    succeeded(&project.lint(generator()));
    let mock = Server::start_mock(&project);
    call_everything(&mock, &spec);
}

/// Each operation is called once. It may reject the request, or have no example; it never fails.
fn call_everything(mock: &Server, spec: &Path) {
    let document = Document::read(spec).unwrap_or_else(|faults| panic!("{}", report(&faults)));
    let front = Front::new(&document).unwrap_or_else(|faults| panic!("{}", report(&faults)));
    let api = front.api;
    let base = &api.base_paths[0];
    assert_eq!(mock.get(&format!("{base}/ui/")).0, 200, "{spec:?}");
    for operation in &api.operations {
        let path = format!("{base}{}", filled(&operation.path));
        let status = mock.call(&operation.method, &path);
        let is_plain = operation.method == "GET" && takes_nothing(operation);
        assert!(
            status == 501 || status < if is_plain { 400 } else { 500 },
            "{spec:?}: {} {path} is {status}",
            operation.method
        );
    }
}

/// A path with values for its parameters.
fn filled(template: &str) -> String {
    let parts = template.split('{').enumerate();
    let parts = parts.map(|(index, part)| match part.split_once('}') {
        Some((_, rest)) if index > 0 => format!("1{rest}"),
        _ => part.to_owned(),
    });
    let path: String = parts.collect();
    utf8_percent_encode(&path, NOT_IN_PATHS).to_string()
}

/// Whether an operation can be called by its path alone.
fn takes_nothing(operation: &Operation) -> bool {
    let mut parameters = operation.parameters.iter();
    !parameters.any(|parameter| parameter.required || parameter.part == Part::Path)
}
