//! Tables in `docs/performance.md`, each between two comments.

use std::fs;
use std::path::{Path, PathBuf};

/// Rows and columns with names, and a text for each cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    pub columns: Vec<String>,
    pub rows: Vec<(String, Vec<String>)>,
}

/// Where the tables are.
#[must_use]
pub fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/performance.md")
}

impl Table {
    /// The table with this name.
    ///
    /// # Errors
    /// A sentence: the document cannot be read, or has no such table.
    pub fn read(name: &str) -> Result<Self, String> {
        let text = document()?;
        let (start, end) = place(&text, name)?;
        Ok(Self::parse(&text[start..end]))
    }

    /// Writes the table in place of the one with this name.
    ///
    /// # Errors
    /// As [`Self::read`], or the document cannot be written.
    pub fn write(&self, name: &str) -> Result<(), String> {
        let mut text = document()?;
        let (start, end) = place(&text, name)?;
        text.replace_range(start..end, &format!("\n{}", self.markdown()));
        fs::write(file(), text).map_err(|error| format!("cannot write the table: {error}"))
    }

    /// The table as Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let row = |name: &str, cells: &[String]| format!("| {name} | {} |\n", cells.join(" | "));
        let line = vec!["---".to_owned(); self.columns.len()];
        let rows = self.rows.iter().map(|(name, cells)| row(name, cells));
        row("", &self.columns) + &row("---", &line) + &rows.collect::<String>()
    }

    fn parse(markdown: &str) -> Self {
        let rows = markdown.lines().filter_map(|line| {
            let cells = line.strip_prefix("| ")?.strip_suffix(" |")?;
            let mut cells = cells.split(" | ").map(|cell| cell.trim().to_owned());
            Some((cells.next()?, cells.collect::<Vec<_>>()))
        });
        let mut rows = rows.filter(|(name, _)| name != "---");
        let columns = rows.next().map(|(_, cells)| cells).unwrap_or_default();
        Self {
            columns,
            rows: rows.collect(),
        }
    }
}

fn document() -> Result<String, String> {
    let file = file();
    fs::read_to_string(&file).map_err(|error| format!("cannot read {}: {error}", file.display()))
}

/// What is between the two comments.
fn place(text: &str, name: &str) -> Result<(usize, usize), String> {
    let comment = format!("<!-- {name}: written by a command -->\n");
    let start = text.find(&comment).map(|start| start + comment.len());
    let place =
        start.and_then(|start| Some((start, start + text[start..].find("\n<!-- end -->")?)));
    place.ok_or_else(|| format!("{} has no table {name}", file().display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_as_it_is_written() {
        let texts = |texts: &[&str]| texts.iter().map(|it| (*it).to_owned()).collect();
        let table = Table {
            columns: texts(&["one", "list of 3"]),
            rows: vec![
                ("hand-written".to_owned(), texts(&["1", "2"])),
                ("ours".to_owned(), texts(&["3 (3.00)", "4 (2.00)"])),
            ],
        };
        let markdown = table.markdown();
        assert_eq!(
            markdown,
            "|  | one | list of 3 |\n| --- | --- | --- |\n| hand-written | 1 | 2 |\n| ours | 3 (3.00) | 4 (2.00) |\n"
        );
        assert_eq!(Table::parse(&markdown), table);
    }

    #[test]
    fn the_tables_of_the_document_are_found() {
        for name in ["instructions", "time"] {
            assert_ne!(Table::read(name), Ok(Table::default()), "{name}");
        }
        let missing = Table::read("nothing").expect_err("no such table");
        assert!(missing.ends_with("has no table nothing"), "{missing}");
    }
}
