//! What the build script does, in order.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use serde_json::Value;

use crate::contract;
use crate::document::Document;
use crate::front::{Front, Rejected};
use crate::mock::Examples;
use crate::print;
use crate::proof;
use crate::rust::Model;
use crate::text::{self, Fault};

/// The spec, in the root of the project.
const SPEC: &str = "swagger.yml";

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
        contract::guard(&mut contract);
        contract["unions"] = model.unions().into();
        let examples = Examples::new(&document, &contract, &api).find(&api);
        let done = self.embed(&document, &contract, &examples);
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
        // The macro that embeds a page does not report to cargo which files it reads. Without the folder there is nothing to
        // watch, and cargo would run the script at each build for it.
        let page = self.root.join("web");
        if page.exists() {
            println!("cargo::rerun-if-changed={}", page.display());
        }
        if let Some(settings) = print::rustfmt_settings(&self.root) {
            println!("cargo::rerun-if-changed={}", settings.display());
        }
    }

    /// Writes what the library embeds.
    fn embed(&self, document: &Document, contract: &Value, examples: &Value) -> Result<(), String> {
        for (name, text) in [
            ("contract.json", contract.to_string()),
            ("examples.json", examples.to_string()),
            ("spec.json", contract::spec_json(document)),
        ] {
            fs::write(self.out.join(name), text)
                .map_err(|error| format!("{name} cannot be written: {error}."))?;
        }
        fs::copy(self.root.join(SPEC), self.out.join("spec.yaml"))
            .map_err(|error| format!("{SPEC} cannot be copied: {error}."))?;
        Ok(())
    }
}

fn sentences(faults: Vec<Fault>) -> Vec<String> {
    text::report(&faults).lines().map(str::to_owned).collect()
}
