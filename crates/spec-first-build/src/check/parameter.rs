//! Parameters: each is declared once, in a part of the request that exists, and the path's are exactly those of its template.

use serde_json::Value;

use super::path;
use crate::document::{Document, Kind, METHODS, Part, Version, path_items, sent_path};
use crate::text::{Fault, Location};

/// A parameter object: where it is listed, and what is there in the end.
struct Listed<'a> {
    entry: Location,
    value: &'a Value,
}

impl Listed<'_> {
    fn name(&self) -> &str {
        self.value
            .get("name")
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    fn part(&self) -> &str {
        self.value
            .get("in")
            .and_then(Value::as_str)
            .unwrap_or_default()
    }
}

pub(super) fn check(document: &Document) -> Vec<Fault> {
    let mut faults: Vec<Fault> = document
        .places()
        .iter()
        .filter(|place| place.kind == Kind::Parameter)
        .filter_map(|place| alone(document, &place.location))
        .collect();
    let paths = document.root().member("paths");
    for path in document.member_names(&paths) {
        for item in path_items(document, &paths.member(path)) {
            faults.extend(repeated(document, &item));
            for method in document
                .member_names(&item)
                .filter(|name| METHODS.contains(name))
            {
                let operation = item.member(method);
                faults.extend(repeated(document, &operation));
                faults.extend(bodies(document, &operation));
            }
        }
    }
    faults
}

/// The parameters that are not what the document says, although what they have to be is clear.
pub(super) fn warnings(document: &Document) -> Vec<Fault> {
    let places = document.places().iter();
    let mut faults: Vec<Fault> = places
        .filter(|place| place.kind == Kind::Parameter)
        .filter_map(|place| read_otherwise(document, &place.location))
        .collect();
    let paths = document.root().member("paths");
    for path in document.member_names(&paths) {
        for item in path_items(document, &paths.member(path)) {
            for method in METHODS {
                let operation = item.member(method);
                if document.value(&operation).is_some() {
                    faults.extend(template(document, path, &item, &operation));
                }
            }
        }
    }
    faults
}

fn read_otherwise(document: &Document, location: &Location) -> Option<Fault> {
    let value = document.value(location)?;
    let lacks = |name: &str| value.get(name).is_none();
    let text = match (document.version(), value.get("in")?.as_str()?) {
        (_, "path") if value.get("required") != Some(&Value::Bool(true)) => {
            "A path parameter is always required, and this one is, too. Add `required: true`."
        }
        (Version::Swagger2, "body") if lacks("schema") => {
            "The body has no `schema`, so it accepts every JSON value. Add one."
        }
        (Version::Swagger2, "body") => return None,
        (Version::Swagger2, _) if lacks("type") => {
            "The parameter has no `type`, so it accepts every value. Add one, for example `type: string`."
        }
        (Version::OpenApi30 | Version::OpenApi31, _) if lacks("schema") && lacks("content") => {
            "The parameter has neither `schema` nor `content`, so it accepts every value. \
             Add `schema`, for example with `type: string`."
        }
        _ => return None,
    };
    Some(document.fault(location, text))
}

/// What is wrong with a parameter wherever it is listed.
fn alone(document: &Document, location: &Location) -> Option<Fault> {
    let value = document.value(location)?;
    let written = value.get("in")?.as_str()?;
    let swagger = document.version() == Version::Swagger2;
    let known = Part::of(value).is_some_and(|part| part.is_known(document.version()));
    let is_body = swagger && written == "body";
    if !(known || is_body) {
        let parts = if swagger {
            "`path`, `query`, `header`, `formData` or `body`"
        } else {
            "`path`, `query`, `header` or `cookie`"
        };
        let text = format!(
            "`in` is {parts}, not `{written}`. Write the part of the request that has the parameter."
        );
        return Some(document.fault(&location.member("in"), text));
    }
    None
}

fn listed<'a>(document: &'a Document, owner: &Location) -> Vec<Listed<'a>> {
    let list = owner.member("parameters");
    let entries = document.elements(&list);
    entries
        .filter_map(|entry| {
            Some(Listed {
                value: document.resolved(&entry)?.1,
                entry,
            })
        })
        .collect()
}

/// Two parameters of one name in one place of the request.
fn repeated(document: &Document, owner: &Location) -> Vec<Fault> {
    let list = listed(document, owner);
    let same = |one: &Listed, other: &Listed| {
        let same_name = match one.part() {
            "header" => one.name().eq_ignore_ascii_case(other.name()),
            _ => one.name() == other.name(),
        };
        same_name && one.part() == other.part()
    };
    let is_repeated = |index: &usize| {
        list[..*index]
            .iter()
            .any(|earlier| same(earlier, &list[*index]))
    };
    let text = |index: usize| {
        let (name, part) = (list[index].name(), list[index].part());
        format!("The {part} parameter `{name}` is declared twice. Remove one of the two.")
    };
    (0..list.len())
        .filter(is_repeated)
        .map(|index| document.fault(&list[index].entry, text(index)))
        .collect()
}

/// The path parameters are those in the template.
fn template(document: &Document, path: &str, item: &Location, operation: &Location) -> Vec<Fault> {
    // A broken template is a fault of its own.
    let Some(names) = path::names(sent_path(path)) else {
        return Vec::new();
    };
    let mut list = listed(document, item);
    list.extend(listed(document, operation));
    list.retain(|parameter| parameter.part() == "path");
    let undeclared = names
        .iter()
        .filter(|name| !list.iter().any(|parameter| parameter.name() == **name));
    let missing = undeclared.map(|name| {
        let text = format!(
            "The path has `{{{name}}}`, but no parameter `{name}` with `in: path` is declared, so any text matches \
             and the handler does not get it. Declare it, or remove it from the path."
        );
        document.fault(operation, text)
    });
    let unused = list.iter().filter(|parameter| !names.contains(&parameter.name())).map(|parameter| {
        let name = parameter.name();
        let text = format!("The path parameter `{name}` is ignored: it is not in the path `{path}`. Write `{{{name}}}` into it, or remove it.");
        document.fault(&parameter.entry, text)
    });
    missing.chain(unused).collect()
}

/// Swagger 2.0 has one body: a parameter `in: body`, or a form.
fn bodies(document: &Document, operation: &Location) -> Vec<Fault> {
    if document.version() != Version::Swagger2 {
        return Vec::new();
    }
    let list = listed(document, operation);
    let bodies = list.iter().filter(|parameter| parameter.part() == "body");
    let has_form = list.iter().any(|parameter| parameter.part() == "formData");
    let extra = bodies.skip(usize::from(!has_form));
    let text = "The request has a body already. Describe it either by one parameter `in: body` or by `formData`.";
    extra
        .map(|parameter| document.fault(&parameter.entry, text))
        .collect()
}
