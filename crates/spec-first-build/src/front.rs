//! The stages that are independent of Rust: from a document to the contract.

use serde_json::Value;

use crate::api::{self, Api};
use crate::check;
use crate::contract;
use crate::document::Document;
use crate::schema::Schemas;
use crate::text::Fault;

/// What a document describes.
#[derive(Debug)]
pub struct Front {
    /// The API.
    pub api: Api,
    /// The table for the server; its discriminators are annotations until [`contract::guard`] makes checks of them.
    pub contract: Value,
    /// What the server ignores or does not support of the document, in its order.
    pub warnings: Vec<Fault>,
}

/// What was found in a document that cannot be served.
#[derive(Debug)]
pub struct Rejected {
    /// What is wrong with it, in its order; at least one.
    pub faults: Vec<Fault>,
    /// What is probably a mistake as well, in its order.
    pub warnings: Vec<Fault>,
}

impl Front {
    /// What `document` describes.
    ///
    /// # Errors
    /// Everything that is wrong with the document, in its order.
    pub fn new(document: &Document) -> Result<Front, Vec<Fault>> {
        Front::read(document).map_err(|rejected| rejected.faults)
    }

    /// As [`Front::new`], with the warnings of a document that is rejected.
    ///
    /// # Errors
    /// Everything that is wrong with the document.
    pub fn read(document: &Document) -> Result<Front, Rejected> {
        let schemas = Schemas::new(document);
        let report = check::document(document, &schemas);
        if !report.faults.is_empty() {
            return Err(Rejected {
                faults: report.faults,
                warnings: report.warnings,
            });
        }
        let api = api::read(document, &schemas, report.ignored_defaults);
        let contract = contract::emit(document, &schemas, &api);
        let mut warnings = report.warnings;
        let faults = contract::load(document, &contract, &api);
        if !faults.is_empty() {
            return Err(Rejected { faults, warnings });
        }
        warnings.extend(api::warnings(document, &api));
        document.sort(&mut warnings);
        Ok(Front {
            api,
            contract,
            warnings,
        })
    }
}
