//! Every rule has a document that breaks it in `bad/`, named by the rule, with its faults next to it.

use std::path::Path;

use spec_first_build::document::Document;
use spec_first_build::text::{Fault, report};
use spec_first_build::{Front, Model};

use crate::golden;

#[test]
fn every_bad_document_is_refused_with_its_sentence() {
    for path in golden::documents("bad") {
        let found = refusal(&path).unwrap_or_else(|| panic!("{} is accepted", path.display()));
        golden::compare(&path.with_extension("txt"), &format!("{found}\n"));
    }
}

#[test]
fn every_bad_document_has_a_good_twin() {
    let names = |folder| {
        golden::documents(folder)
            .into_iter()
            .map(|path| path.file_name().map(ToOwned::to_owned))
    };
    let good: Vec<_> = names("good").collect();
    let lonely: Vec<_> = names("bad").filter(|name| !good.contains(name)).collect();
    assert!(lonely.is_empty(), "{lonely:?}");
}

#[test]
fn a_document_that_does_not_exist_is_one_sentence() {
    let found = refusal(Path::new("nowhere/swagger.yml"));
    let expected = "swagger.yml: The file cannot be read (No such file or directory (os error 2)). \
                    It is what the server is made from.";
    assert_eq!(found.as_deref(), Some(expected));
}

#[test]
fn a_report_of_very_many_faults_ends() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("swagger.yml");
    let definitions: String = (0..100)
        .map(|number| format!("  A{number}: {{type: int}}\n"))
        .collect();
    let head = "swagger: '2.0'\ninfo: {title: A, version: '1'}\npaths: {}\ndefinitions:\n";
    std::fs::write(&path, format!("{head}{definitions}")).expect("written");
    let found = refusal(&path).expect("refused");
    assert_eq!(found.lines().count(), 21);
    assert_eq!(found.lines().last(), Some("… and 80 more."));
}

/// The report of the document's faults, if it is rejected: by the checks, or because its names clash in Rust.
fn refusal(path: &Path) -> Option<String> {
    build(path).err().map(|faults| report(&faults))
}

fn build(path: &Path) -> Result<Model, Vec<Fault>> {
    let document = Document::read(path)?;
    let Front { api, contract, .. } = Front::new(&document)?;
    Model::new(&document, &api, &contract)
}
