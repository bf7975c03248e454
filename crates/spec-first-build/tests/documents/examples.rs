//! The examples for the operations of the documents in `examples/`, next to each document.

use spec_first_build::Front;
use spec_first_build::mock::Examples;

use crate::golden;

#[test]
fn every_operation_has_the_expected_example() {
    for path in golden::documents("examples") {
        let (document, Front { api, contract, .. }) = golden::read(&path);
        let examples = Examples::new(&document, &contract, &api).find(&api);
        golden::compare(&path.with_extension("json"), &format!("{examples:#}\n"));
    }
}
