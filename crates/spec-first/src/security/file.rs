//! A file of names, each with something that proves it, in a line of its own.

use std::fs;
use std::path::Path;

/// The pairs in the lines of a file, which `split` separates. Empty lines and those that begin with `#` do not count.
///
/// # Errors
/// A sentence: the file cannot be read, or a line is not of the `form`.
pub(super) fn pairs(
    path: &Path,
    form: &str,
    split: impl Fn(&str) -> Option<(&str, &str)>,
) -> Result<Vec<(String, String)>, String> {
    let text = fs::read_to_string(path)
        .map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
    let lines = text.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let pairs = lines.map(|line| {
        let (name, proof) = split(line)?;
        Some((name.to_owned(), proof.to_owned()))
    });
    let pairs: Option<_> = pairs.collect();
    pairs.ok_or_else(|| format!("{} has a line that is not `{form}`", path.display()))
}
