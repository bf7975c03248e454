//! What the server ignores of a document: a warning for each.

use crate::document::servers::{BasePath, rooted, written};
use crate::document::{Document, EquivalentPaths, METHODS, path_items, without_fragment};
use crate::text::{Fault, Location};

pub(super) fn warnings(document: &Document) -> Vec<Fault> {
    let mut warnings = Warnings {
        document,
        faults: document.text_warnings().cloned().collect(),
    };
    warnings.warn(
        document.root().member("webhooks"),
        "Webhooks are ignored: the server sends no requests of its own.",
    );
    warnings.base_paths();
    warnings.paths();
    warnings.faults
}

struct Warnings<'a> {
    document: &'a Document,
    faults: Vec<Fault>,
}

impl Warnings<'_> {
    /// Warns of the value at `location`, if there is one.
    fn warn(&mut self, location: Location, text: &str) {
        if self.document.value(&location).is_some() {
            self.faults.push(self.document.fault(&location, text));
        }
    }

    fn base_paths(&mut self) {
        for BasePath { location, path, .. } in written(self.document) {
            let rooted = rooted(&path);
            if rooted != path {
                let text = format!(
                    "The base path `{path}` does not begin with a slash. It is served as `{rooted}`."
                );
                self.warn(location, &text);
            }
        }
    }

    fn paths(&mut self) {
        let document = self.document;
        let paths = document.root().member("paths");
        let equivalent = EquivalentPaths::new(document);
        for path in document.member_names(&paths) {
            if without_fragment(path) != path {
                self.warn(
                    paths.member(path),
                    "The fragment of the path is ignored: what follows a `#` is never sent.",
                );
            }
            for item in path_items(document, &paths.member(path)) {
                for method in METHODS {
                    self.operation(item.member(method), equivalent.shadowed_by(path, method));
                }
            }
        }
    }

    /// Warns of the operation at `location`, whose requests another path may get.
    fn operation(&mut self, location: Location, shadowing: Option<&str>) {
        self.warn(
            location.member("callbacks"),
            "Callbacks are ignored: the server sends no requests of its own.",
        );
        if let Some(other) = shadowing {
            let text = format!(
                "The operation is ignored: its path matches the same requests as `{other}`."
            );
            self.warn(location, &text);
        }
    }
}
