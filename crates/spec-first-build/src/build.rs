//! What the build script does, in order.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::Value;

use crate::api::Api;
use crate::contract;
use crate::document::Document;
use crate::fault::{self, Fault};
use crate::mock::Examples;
use crate::print::generator::{self, Job};
use crate::print::stamp::Stamp;
use crate::print::{output, prepare, tag};

use crate::rust::Model;

use crate::swagger_ui;

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
    package: PathBuf,
    generated: PathBuf,
    out: PathBuf,
}

impl Project {
    /// The project in the folder `root`; what it embeds is written to `out`.
    pub fn new(root: PathBuf, out: PathBuf) -> Self {
        Self {
            generated: root.join("generated"),
            package: root.join("crates/spec-first-build"),
            out,
            root,
        }
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
        let api = Api::read(&document).map_err(sentences)?;
        let warnings = api.warnings.iter();
        warnings.for_each(|warning| println!("cargo::warning={warning}"));
        let mut contract = contract::emit(&document, &api);
        let model = Model::new(&document, &api, &contract).map_err(sentences)?;
        contract::guard(&mut contract);
        contract["unions"] = model.unions().into();
        let examples = Examples::new(&document, &contract, &api).find(&api);
        let done = self.embed(&document, &contract, &examples);
        done.and_then(|()| self.renew(&document, &model))
            .map_err(|fault| vec![fault])
    }

    /// Tells cargo what to run the build script again for.
    fn watch(&self) {
        for input in [
            &self.root.join(SPEC),
            // The macro that embeds the page does not tell cargo which files it reads.
            &self.root.join("web"),
            &self.root.join("Cargo.lock"),
            &self.package.join("templates"),
            &self.package.join("openapi-generator.yaml"),
        ] {
            println!("cargo::rerun-if-changed={}", input.display());
        }
        for variable in generator::variables() {
            println!("cargo::rerun-if-env-changed={variable}");
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
        swagger_ui::copy(&self.root, &self.out)
    }

    /// Generates code, unless what there is was made from the same input.
    fn renew(&self, document: &Document, model: &Model) -> Result<(), String> {
        let stamp = Stamp::new(document.paths(), &self.package)
            .map_err(|error| format!("The input of the generator cannot be read: {error}."))?;
        let files = files(model);
        let is_made = |(name, _): &(String, String)| stamp.is_on(&self.generated.join(name));
        if files.iter().all(is_made) {
            return Ok(());
        }
        self.generate(model, &files, &stamp)
    }

    fn generate(
        &self,
        model: &Model,
        files: &[(String, String)],
        stamp: &Stamp,
    ) -> Result<(), String> {
        let document = self.out.join("prepared.json");
        fs::write(&document, prepare(model).to_string())
            .map_err(|error| format!("{} cannot be written: {error}.", document.display()))?;
        let output = self.out.join("openapi-generator");
        let job = Job {
            config: &self.package.join("openapi-generator.yaml"),
            templates: &self.package.join("templates"),
            document: &document,
            output: &output,
        };
        generator::run(&job, cache(&self.out))?;
        fs::create_dir_all(&self.generated)
            .map_err(|error| format!("generated/ cannot be made: {error}."))?;
        for (name, source) in files {
            let source = output.join("src").join(source);
            let text = fs::read_to_string(&source).map_err(|error| {
                format!(
                    "openapi-generator did not write {}: {error}.",
                    source.display()
                )
            })?;
            output::write(&self.generated, name, &text, stamp)?;
        }
        let names: Vec<_> = files.iter().map(|(name, _)| name.clone()).collect();
        output::keep_only(&self.generated, &names)
    }
}

/// The generated files, and what the generator calls them.
fn files(model: &Model) -> Vec<(String, String)> {
    let fixed = [
        ("types.rs", "models.rs"),
        ("routes.rs", "routes.rs"),
        ("mock.rs", "main.rs"),
        ("mod.rs", "handlers/mod.rs"),
    ];
    let modules = model.module_names().enumerate().map(|(index, name)| {
        (
            format!("{}.rs", name.trim_start_matches("r#")),
            format!("handlers/{}.rs", tag(index)),
        )
    });
    // The modules' file last: when it bears the stamp, the others do.
    modules
        .chain(fixed.map(|(name, source)| (name.to_owned(), source.to_owned())))
        .collect()
}

/// The folder of all builds, in which cargo has left its mark; else the build script's own.
fn cache(out: &Path) -> &Path {
    out.ancestors()
        .find(|folder| folder.join("CACHEDIR.TAG").exists())
        .unwrap_or(out)
}

fn sentences(faults: Vec<Fault>) -> Vec<String> {
    fault::report(&faults).lines().map(str::to_owned).collect()
}
