//! What the build script does, in order.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use serde_json::Value;

use crate::contract;
use crate::document::Document;
use crate::front::Front;
use crate::mock::Examples;
use crate::print;
use crate::rust::Model;
use crate::text::{self, Fault};

/// The spec, in the root of the project.
const SPEC: &str = "swagger.yml";

/// Embeds the spec, and generates code from it if it changed. Every fault is an error of the build, in a sentence.
pub fn build() -> ExitCode {
    match Project::new(folder("CARGO_MANIFEST_DIR"), folder("OUT_DIR")).build() {
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

/// A project with a spec in its root, and the folder of its build script.
pub struct Project {
    root: PathBuf,
    out: PathBuf,
}

impl Project {
    /// The project in the folder `root`; what it embeds is written to `out`.
    pub fn new(root: PathBuf, out: PathBuf) -> Self {
        Self { root, out }
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
        } = Front::new(&document).map_err(sentences)?;
        let warnings = warnings.iter();
        warnings.for_each(|warning| println!("cargo::warning={warning}"));
        let model = Model::new(&document, &api, &contract).map_err(sentences)?;
        contract::guard(&mut contract);
        contract["unions"] = model.unions().into();
        let examples = Examples::new(&document, &contract, &api).find(&api);
        let done = self.embed(&document, &contract, &examples);
        done.and_then(|()| print::print(&model, &self.root, &self.out))
            .map_err(|fault| vec![fault])
    }

    /// Tells cargo what to run the build script again for.
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
