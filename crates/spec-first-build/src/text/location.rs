//! Places in the document: a file and a JSON pointer (RFC 6901).

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde_json::Value;

/// A value's place: the file, named from the main file's folder, and the JSON pointer in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Location {
    /// The file as it is named in faults and in the contract, for example `swagger.yml` or `models/pet.yml`.
    pub file: Arc<str>,
    /// The JSON pointer, not percent-encoded; the whole file is the empty pointer.
    pub pointer: String,
}

impl Location {
    /// The place of a whole file.
    pub fn root(file: &Arc<str>) -> Location {
        Location {
            file: Arc::clone(file),
            pointer: String::new(),
        }
    }

    /// The place of the member `name` of the object here.
    pub fn member(&self, name: &str) -> Location {
        let mut pointer = String::with_capacity(self.pointer.len() + name.len() + 1);
        pointer.push_str(&self.pointer);
        pointer.push('/');
        push_token(&mut pointer, name);
        Location {
            file: Arc::clone(&self.file),
            pointer,
        }
    }

    /// The place of the element `index` of the array here.
    pub fn element(&self, index: usize) -> Location {
        Location {
            file: Arc::clone(&self.file),
            pointer: format!("{}/{index}", self.pointer),
        }
    }

    /// The place of the object or array that holds what is here.
    pub fn parent(&self) -> Option<Location> {
        let (pointer, _) = self.pointer.rsplit_once('/')?;
        Some(Location {
            file: Arc::clone(&self.file),
            pointer: pointer.to_owned(),
        })
    }

    /// Whether this is the place of a schema that the document names: a component, or a definition.
    pub(crate) fn is_component(&self) -> bool {
        let parent = self
            .pointer
            .rsplit_once('/')
            .map_or("", |(parent, _)| parent);
        matches!(parent, "/definitions" | "/components/schemas")
    }

    /// The pointer's steps, unescaped.
    pub fn tokens(&self) -> impl Iterator<Item = String> + '_ {
        self.steps().map(Cow::into_owned)
    }

    /// As [`Location::tokens`], borrowed where nothing is escaped.
    fn steps(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.pointer.split('/').skip(1).map(unescape)
    }

    /// The value here in a file with the content `root`.
    pub(crate) fn find<'a>(&self, root: &'a Value) -> Option<&'a Value> {
        self.steps().try_fold(root, |value, step| match value {
            Value::Object(members) => members.get(step.as_ref()),
            Value::Array(elements) => elements.get(step.parse::<usize>().ok()?),
            _ => None,
        })
    }
}

impl fmt::Display for Location {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}#{}", self.file, self.pointer)
    }
}

fn push_token(pointer: &mut String, name: &str) {
    for character in name.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}

fn unescape(token: &str) -> Cow<'_, str> {
    if token.contains('~') {
        Cow::Owned(token.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(token)
    }
}
