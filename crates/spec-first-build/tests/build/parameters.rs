//! Parameters of every style are typed arguments: the documents that the runtime's tests send requests to, compiled.

use std::fs;

use crate::project::{Project, generator, original, succeeded};

#[test]
#[ignore = "needs openapi-generator: run tests/run"]
fn parameters_of_every_style_are_arguments() {
    let documents = original().with_file_name("contract").join("parameters");
    for name in ["swagger_2_0.yml", "openapi_3_0.yml", "openapi_3_1.yml"] {
        let text = fs::read_to_string(documents.join(name)).expect("the document is read");
        let project = Project::with_spec(&text);
        succeeded(&project.compile(generator()));
        let api = project.read("generated/api.rs");
        assert!(api.contains("ids: Option<Vec<i64>>"), "{name}: {api}");
    }
}
