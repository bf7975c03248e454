//! Paths begin with a slash, and their templates are whole.

use percent_encoding::percent_decode_str;

use crate::document::{Document, Kind, encoded, is_extension, sent_path};
use crate::text::Fault;

pub(super) fn check(document: &Document) -> Vec<Fault> {
    let paths = document.root().member("paths");
    let names = document.member_names(&paths);
    let names = names.filter(|name| !is_extension(name, Kind::PathItem));
    let wrong = names.filter_map(|path| {
        let text = wrong(sent_path(path))?;
        Some(document.fault(&paths.member(path), text))
    });
    wrong.collect()
}

/// What is wrong with a path.
fn wrong(path: &str) -> Option<String> {
    if !path.starts_with('/') {
        return Some(format!(
            "The path `{path}` does not begin with a slash. Write `/{path}`."
        ));
    }
    if percent_decode_str(&encoded(path)).decode_utf8().is_err() {
        return Some(format!(
            "The escapes in the path `{path}` are no UTF-8, so no request matches it. Write the characters themselves."
        ));
    }
    let Some(names) = names(path) else {
        return Some(format!(
            "The braces in the path `{path}` are not paired. Write each parameter as `{{name}}`."
        ));
    };
    let twice = names
        .iter()
        .enumerate()
        .find(|(index, name)| names[..*index].contains(name));
    twice.map(|(_, name)| format!("The path has `{{{name}}}` twice. Give the two different names."))
}

/// The names of the parameters in a path template; none if its braces do not pair.
pub(super) fn names(path: &str) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        if before.contains('}') || name.is_empty() || name.contains(['{', '/']) {
            return None;
        }
        names.push(name);
        rest = after;
    }
    (!rest.contains('}')).then_some(names)
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn templates_are_taken_apart() {
        assert_eq!(names("/a/{b}/{c}.{d}"), Some(vec!["b", "c", "d"]));
        assert_eq!(names("/a"), Some(vec![]));
        for broken in ["/{", "/}", "/{}", "/{a", "/a}", "/{{a}}", "/{a/b}"] {
            assert_eq!(names(broken), None, "{broken}");
        }
    }
}
