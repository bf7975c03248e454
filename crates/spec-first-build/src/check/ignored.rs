//! What the server ignores of a document: a warning for each.

use crate::document::servers::{BasePath, rooted, written};
use crate::document::{Document, EquivalentPaths, METHODS, encoded, path_items, sent_path};
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
            let reason = if path.contains(char::is_whitespace) {
                "contains a space, which no URL does"
            } else if encoded(&path) != path {
                "has a `%` that is not followed by two hexadecimal digits"
            } else {
                "does not begin with a slash"
            };
            if rooted != path {
                let text = format!("The base path `{path}` {reason}. It is served as `{rooted}`.");
                self.warn(location, &text);
            }
        }
    }

    fn paths(&mut self) {
        let document = self.document;
        let paths = document.root().member("paths");
        let equivalent = EquivalentPaths::new(document);
        for path in document.member_names(&paths) {
            let after = path.strip_prefix(sent_path(path)).unwrap_or_default();
            if after.starts_with('#') {
                self.warn(
                    paths.member(path),
                    "The fragment of the path is ignored: what follows a `#` is never sent.",
                );
            } else if after.starts_with('?') {
                self.warn(
                    paths.member(path),
                    "The query of the path is ignored: it does not choose an operation. Declare its parameters with `in: query`.",
                );
            }
            let encoded = encoded(sent_path(path));
            if encoded.matches("%25").count() > path.matches("%25").count() {
                let text = format!(
                    "The path has a `%` that is not followed by two hexadecimal digits. It is served as `{encoded}`."
                );
                self.warn(paths.member(path), &text);
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
