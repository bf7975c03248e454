//! What the mock answers to the operations of the documents in `examples/`, each beside its document.

use spec_first_build::contract;
use spec_first_build::mock::Examples;

use crate::golden;

#[test]
fn every_operation_has_the_expected_example() {
    for path in golden::documents("examples") {
        let (document, api) = golden::read(&path);
        let contract = contract::emit(&document, &api);
        let examples = Examples::new(&document, &contract, &api).find(&api);
        golden::compare(&path.with_extension("json"), &format!("{examples:#}\n"));
    }
}
