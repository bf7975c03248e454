//! The last stage: from Rust items to formatted files.
//!
//! openapi-generator renders the templates, and writes one file for each tag of the document that it reads; this crate decides
//! which types, names and rules there are, and hands them over as facts in extensions of that document. The templates spell
//! the facts in Rust, and rustfmt formats the text.

pub mod generator;

mod bodies;
mod bounds;
mod conditions;
mod construct;
mod document;
mod functions;
mod imports;
mod operations;
mod output;
mod place;
mod responses;
mod rules;
mod security;
mod serde;
mod spell;
mod stamp;
mod templates;
mod types;

pub use self::document::document as facts;

use std::fs;
use std::path::{Path, PathBuf};

pub(crate) use self::output::rustfmt_settings;

use self::generator::Job;
use self::stamp::Stamp;
use crate::rust::Model;

/// The generated files of every spec; there is one more for each of its modules, and one for security.
const FIXED: [&str; 4] = ["types.rs", "routes.rs", "mock.rs", "mod.rs"];

/// Writes the folder `generated/` of `project` for `model`, unless it was written from the same input. Files that nobody else
/// reads are written to `out`.
///
/// # Errors
/// What could not be written, or why the generator failed, as a sentence.
pub fn print(model: &Model, project: &Path, out: &Path) -> Result<(), String> {
    let generated = project.join("generated");
    let document = document::document(model).to_string();
    let settings = rustfmt_settings(project).map(fs::read_to_string);
    let settings = settings
        .transpose()
        .map_err(|error| format!("The settings of rustfmt cannot be read: {error}."))?;
    let stamp = Stamp::new(&document, &settings.unwrap_or_default());
    let files = files(model);
    let is_there = |(name, _): &(String, String)| generated.join(name).exists();
    if stamp.is_in(&generated) && files.iter().all(is_there) {
        return Ok(());
    }
    let rendered = render(&document, out)?;
    fs::create_dir_all(&generated)
        .map_err(|error| format!("{} cannot be made: {error}.", generated.display()))?;
    for (name, source) in &files {
        let source = rendered.join(source);
        let text = fs::read_to_string(&source).map_err(|error| {
            let source = source.display();
            format!("openapi-generator did not write {source}: {error}.")
        })?;
        output::write(&generated, name, &text)?;
    }
    let names: Vec<_> = files.into_iter().map(|(name, _)| name).collect();
    output::remove_others(&generated, &names)?;
    // The stamp last: when it is there, everything else is.
    let stamped = stamp.write(&generated);
    stamped.map_err(|error| format!("{} cannot be written: {error}.", stamp::FILE))
}

/// The generated files, and what the generator calls them.
fn files(model: &Model) -> Vec<(String, String)> {
    let modules = model.module_names().enumerate().map(|(index, name)| {
        let source = format!("src/handlers/{}.rs", document::tag(index));
        (format!("{}.rs", spell::plain_name(name)), source)
    });
    let security = (!model.security.schemes.is_empty()).then_some("security.rs");
    let fixed = FIXED.into_iter().chain(security);
    let fixed = fixed.map(|name| (name.to_owned(), name.to_owned()));
    modules.chain(fixed).collect()
}

/// Has the generator render the templates with `document`; the folder with what it wrote.
fn render(document: &str, out: &Path) -> Result<PathBuf, String> {
    let folder = out.join("print");
    let job = Job {
        config: &folder.join("templates").join(templates::CONFIG),
        templates: &folder.join("templates"),
        document: &folder.join("document.json"),
        output: &folder.join("rendered"),
    };
    templates::write(job.templates)
        .and_then(|()| fs::write(job.document, document))
        .map_err(|error| format!("{} cannot be written: {error}.", folder.display()))?;
    generator::run(&job, generator::cache(out))?;
    Ok(job.output.to_owned())
}
