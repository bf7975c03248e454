//! How many bodies of the documents here are proven to need no check by their schemas, and which keywords prevent it: a table in
//! `docs/performance.md`.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use spec_first_build::document::Document;
use spec_first_build::proof::proofs;
use spec_first_build::{Front, Model};

use crate::golden;

const FOLDERS: [&str; 5] = ["good", "warned", "examples", "contract", "real"];

/// Between these lines the test writes.
const START: &str = "<!-- proven: written by a test -->\n";
const END: &str = "<!-- end -->\n";

#[test]
fn the_docs_count_the_bodies_that_are_proven() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/performance.md");
    let text = fs::read_to_string(&path).expect("the docs are read");
    let (before, rest) = text.split_once(START).expect("the start of the table");
    let (_, after) = rest.split_once(END).expect("the end of the table");
    let expected = format!("{before}{START}\n{}\n{END}{after}", Counts::read().table());
    golden::compare(&path, &expected);
}

/// Requests, and responses.
type Pair = [usize; 2];

#[derive(Default)]
struct Counts {
    all: Pair,
    proven: Pair,
    /// By the keyword that nothing enforces.
    gaps: BTreeMap<String, Pair>,
}

impl Counts {
    fn read() -> Self {
        let mut counts = Self::default();
        FOLDERS
            .into_iter()
            .flat_map(golden::documents)
            .for_each(|path| counts.add(&path));
        counts
    }

    fn add(&mut self, path: &Path) {
        let Ok(document) = Document::read(path) else {
            return;
        };
        let Ok(Front { api, contract, .. }) = Front::new(&document) else {
            return;
        };
        let Ok(model) = Model::new(&document, &api, &contract) else {
            return;
        };
        for body in proofs(&document, &model, &contract) {
            let side = usize::from(body.is_response);
            self.all[side] += 1;
            match body.proof {
                Ok(_) => self.proven[side] += 1,
                Err(gap) => self.gaps.entry(gap.keyword).or_default()[side] += 1,
            }
        }
    }

    fn table(&self) -> String {
        let mut text = "| | Requests | Responses |\n| --- | --- | --- |\n".to_owned();
        let mut row = |name: &str, [requests, responses]: Pair| {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "| {name} | {requests} | {responses} |");
        };
        row("bodies", self.all);
        row("proven", self.proven);
        let mut gaps: Vec<_> = self.gaps.iter().collect();
        gaps.sort_by_key(|(_, pair)| std::cmp::Reverse(pair.iter().sum::<usize>()));
        for (keyword, pair) in gaps {
            row(&format!("not proven: `{keyword}`"), *pair);
        }
        text
    }
}
