//! No file makes the build panic, hang or exhaust memory.

use std::path::Path;

use spec_first_build::Front;
use spec_first_build::document::Document;

use crate::golden;
use crate::random::Random;

/// How many mutations of a document are tried.
const MUTATIONS: u64 = 300;

#[test]
fn a_document_cut_off_anywhere_does_not_panic() {
    let text = swagger();
    for end in (0..text.len()).step_by(43) {
        read(&text[..end]);
    }
}

#[test]
fn a_mutated_document_does_not_panic() {
    for seed in 0..MUTATIONS {
        let mut text = swagger();
        let mut random = Random(seed);
        for _ in 0..=random.below(8) {
            let place = random.below(text.len());
            let byte = b"{}[]:,&*!|>'\"#%@`-? \n\t\\~0a\xff\xc3"[random.below(28)];
            match random.below(3) {
                0 => text[place] = byte,
                1 => text.insert(place, byte),
                _ => drop(text.remove(place)),
            }
        }
        read(&text);
    }
}

#[test]
fn deep_nesting_is_a_fault() {
    for text in [
        "[".repeat(100_000),
        "{\"a\":".repeat(100_000),
        "- ".repeat(10_000),
        "a: {".repeat(10_000),
    ] {
        assert!(!read(text.as_bytes()));
    }
}

#[test]
fn an_alias_bomb_is_a_fault() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..30 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        text.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    assert!(!read(text.as_bytes()));
}

#[test]
fn schemas_that_lead_to_each_other_a_million_ways_are_read() {
    let mut text = "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths:\n  /a:\n    get:\n      parameters:\n        \
                    - {name: q, in: query, schema: {$ref: '#/components/schemas/A0'}}\n      \
                    responses: {200: {description: A, content: {application/json: {schema: \
                    {nullable: true, oneOf: [{$ref: '#/components/schemas/A0'}]}}}}}\n\
                    components:\n  schemas:\n    A60: {}\n"
        .to_owned();
    for level in 0..60 {
        let next = format!("{{$ref: '#/components/schemas/A{}'}}", level + 1);
        text.push_str(&format!(
            "    A{level}: {{required: [a], allOf: [{next}, {next}], anyOf: [{next}, {next}]}}\n"
        ));
    }
    assert!(read(text.as_bytes()));
}

/// Whether the document is accepted; its contract is emitted then.
fn read(text: &[u8]) -> bool {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("swagger.yml");
    std::fs::write(&path, text).expect("written");
    accepts(&path)
}

fn accepts(path: &Path) -> bool {
    let Ok(document) = Document::read(path) else {
        return false;
    };
    Front::new(&document).is_ok()
}

fn swagger() -> Vec<u8> {
    std::fs::read(golden::folder("real/shop_2_0.yml")).expect("the document is read")
}
