//! What the mock answers to the operations of the documents in `examples/`, each beside its document.

use codegen::api::Api;
use codegen::contract;
use codegen::document::Document;
use codegen::fault::report;
use codegen::mock::Examples;

use crate::golden;

#[test]
fn every_operation_has_the_expected_example() {
    for path in golden::documents("examples") {
        let document = Document::read(&path).unwrap_or_else(|faults| panic!("{}", report(&faults)));
        let api = Api::read(&document).unwrap_or_else(|faults| panic!("{}", report(&faults)));
        let contract = contract::emit(&document, &api);
        let examples = Examples::new(&document, &contract, &api).find(&api);
        golden::compare(&path.with_extension("json"), &format!("{examples:#}\n"));
    }
}
