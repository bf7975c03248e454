//! The contracts of the documents in `contract/`, each next to its document.

use spec_first_build::contract;
use spec_first_build::document::Document;
use spec_first_build::text::report;

use crate::golden;

#[test]
fn every_contract_is_the_expected_one() {
    for path in golden::documents("contract") {
        let (_, front) = golden::read(&path);
        let warnings: Vec<String> = front
            .warnings
            .iter()
            .map(|warning| format!("{warning}\n"))
            .collect();
        golden::compare(&path.with_extension("warnings.txt"), &warnings.concat());
        let mut contract = front.contract;
        contract::guard(&mut contract);
        golden::compare(
            &path.with_extension("contract.json"),
            &format!("{contract:#}\n"),
        );
    }
}

#[test]
fn the_embedded_document_is_the_authors() {
    let path = golden::folder("contract/json.spec.json");
    let document = Document::read(&path).unwrap_or_else(|faults| panic!("{}", report(&faults)));
    let written = std::fs::read_to_string(&path).expect("the document");
    let author: serde_json::Value = serde_json::from_str(&written).expect("JSON");
    assert_eq!(contract::spec_json(&document), author.to_string());
}
