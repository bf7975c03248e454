//! What the build script does, in order.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::compress;
use crate::contract::{self, Embedded};
use crate::document::Document;
use crate::front::{Front, Rejected};
use crate::mock::Examples;
use crate::page;
use crate::print;
use crate::proof;
use crate::rust::Model;
use crate::text::{self, Fault};

/// The spec, in the root of the project.
const SPEC: &str = "swagger.yml";

/// The folder of the page, in the root of the project; there may be none.
const PAGE: &str = "web";

/// The variable that makes errors of warnings, for CI.
const DENY_WARNINGS: &str = "SPEC_FIRST_DENY_WARNINGS";

/// Embeds the spec, and generates code from it if it changed. Every fault is an error of the build, in a sentence.
pub fn build() -> ExitCode {
    println!("cargo::rerun-if-env-changed={DENY_WARNINGS}");
    let project = Project::new(folder("CARGO_MANIFEST_DIR"), folder("OUT_DIR"));
    match project.deny_warnings(is_set(DENY_WARNINGS)).build() {
        Ok(()) => ExitCode::SUCCESS,
        Err(faults) => {
            faults
                .iter()
                .for_each(|fault| println!("cargo::error={fault}"));
            ExitCode::FAILURE
        }
    }
}

fn folder(variable: &str) -> PathBuf {
    env::var_os(variable)
        .expect("cargo sets this for build scripts")
        .into()
}

/// Whether a variable is set, and neither empty nor 0.
fn is_set(variable: &str) -> bool {
    env::var_os(variable).is_some_and(|value| !value.is_empty() && value != "0")
}

/// A project with a spec in its root, and the folder of its build script.
pub struct Project {
    root: PathBuf,
    out: PathBuf,
    denies_warnings: bool,
}

impl Project {
    /// The project in the folder `root`; what it embeds is written to `out`.
    pub fn new(root: PathBuf, out: PathBuf) -> Self {
        Self {
            root,
            out,
            denies_warnings: false,
        }
    }

    /// Rejects a document that has warnings, as `SPEC_FIRST_DENY_WARNINGS` does it.
    #[must_use]
    pub fn deny_warnings(mut self, denies_warnings: bool) -> Self {
        self.denies_warnings = denies_warnings;
        self
    }

    /// Writes what the library embeds and, if its input changed, the generated code.
    ///
    /// # Errors
    /// Every fault, as a sentence.
    pub fn build(&self) -> Result<(), Vec<String>> {
        self.watch();
        let document = Document::read(&self.root.join(SPEC)).map_err(sentences)?;
        let paths = document.paths();
        paths.for_each(|path| println!("cargo::rerun-if-changed={}", path.display()));
        let Front {
            api,
            mut contract,
            warnings,
        } = Front::read(&document).map_err(|Rejected { faults, warnings }| {
            sentences(self.report(&document, faults, warnings))
        })?;
        let model = Model::new(&document, &api, &contract);
        let (model, faults) = match model {
            Ok(model) => (Some(model), Vec::new()),
            Err(faults) => (None, faults),
        };
        let faults = self.report(&document, faults, warnings);
        let Some(model) = model.filter(|_| faults.is_empty()) else {
            return Err(sentences(faults));
        };
        proof::mark(&document, &model, &mut contract);
        contract["unions"] = proof::unions(&document, &model, &contract).into();
        contract::guard(&mut contract);
        let examples = Examples::new(&document, &contract, &api).find(&api);
        let done = self.embed(&document, contract, &examples);
        done.and_then(|()| print::print(&model, &self.root, &self.out))
            .map_err(|fault| vec![fault])
    }

    /// Prints the warnings, and returns the faults; if warnings are denied, they are faults as well.
    fn report(
        &self,
        document: &Document,
        mut faults: Vec<Fault>,
        warnings: Vec<Fault>,
    ) -> Vec<Fault> {
        if self.denies_warnings {
            faults.extend(warnings);
            document.sort(&mut faults);
            return faults;
        }
        let warnings = warnings.iter();
        warnings.for_each(|warning| println!("cargo::warning={warning}"));
        faults
    }

    /// Reports to cargo which files the build script has to run again for.
    fn watch(&self) {
        println!("cargo::rerun-if-changed={}", self.root.join(SPEC).display());
        // Without the folder there is nothing to watch, and cargo would run the script at each build for it.
        let page = self.root.join(PAGE);
        if page.exists() {
            println!("cargo::rerun-if-changed={}", page.display());
        }
        if let Some(settings) = print::rustfmt_settings(&self.root) {
            println!("cargo::rerun-if-changed={}", settings.display());
        }
    }

    /// Writes what the library embeds; the document, which only its readers need, is compressed.
    fn embed(
        &self,
        document: &Document,
        mut contract: Value,
        examples: &Value,
    ) -> Result<(), String> {
        let source = fs::read(self.root.join(SPEC))
            .map_err(|error| format!("{SPEC} cannot be read: {error}."))?;
        contract["about"]["sha256"] = sha256(&source).into();
        let Embedded { contract, schemas } = contract::embedded(contract);
        for (name, value) in [
            ("contract.json", &contract),
            ("schemas.json", &schemas),
            ("examples.json", examples),
        ] {
            self.write(name, value.to_string().as_bytes())?;
        }
        let json = contract::spec_json(document);
        self.write("spec.json.gz", &compress::gzip(json.as_bytes()))?;
        self.write("spec.yaml.gz", &compress::gzip(&source))?;
        page::embed(&self.root.join(PAGE), &self.out)
    }

    fn write(&self, name: &str, content: &[u8]) -> Result<(), String> {
        fs::write(self.out.join(name), content)
            .map_err(|error| format!("{name} cannot be written: {error}."))
    }
}

/// The digest in hexadecimal digits, as `sha256sum` prints it.
fn sha256(content: &[u8]) -> String {
    let digest = Sha256::digest(content);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn sentences(faults: Vec<Fault>) -> Vec<String> {
    text::report(&faults).lines().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::sha256;

    #[test]
    fn a_digest_is_what_sha256sum_prints() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(sha256(b""), empty);
    }
}
