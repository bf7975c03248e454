//! Tables in the documentation, each between two comments.

use std::fs;
use std::path::{Path, PathBuf};

/// Rows and columns with names, and a text for each cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    pub columns: Vec<String>,
    pub rows: Vec<(String, Vec<String>)>,
}

/// Where the tables are.
const DOCUMENTS: [&str; 3] = [
    "../docs/performance.md",
    "../docs/stores.md",
    "../docs/operating.md",
];

impl Table {
    /// The table with this name.
    ///
    /// # Errors
    /// A sentence: a document cannot be read, or none has such a table.
    pub fn read(name: &str) -> Result<Self, String> {
        let place = Place::find(name)?;
        Ok(Self::parse(&place.text[place.start..place.end]))
    }

    /// Writes the table in place of the one with this name.
    ///
    /// # Errors
    /// As [`Self::read`], or the document cannot be written.
    pub fn write(&self, name: &str) -> Result<(), String> {
        let mut place = Place::find(name)?;
        let table = format!("\n{}", self.markdown());
        place.text.replace_range(place.start..place.end, &table);
        fs::write(place.file, place.text)
            .map_err(|error| format!("cannot write the table: {error}"))
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

/// What is between the two comments of a table.
struct Place {
    file: PathBuf,
    text: String,
    start: usize,
    end: usize,
}

impl Place {
    fn find(name: &str) -> Result<Self, String> {
        for document in DOCUMENTS {
            let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(document);
            let text = fs::read_to_string(&file)
                .map_err(|error| format!("cannot read {}: {error}", file.display()))?;
            if let Some((start, end)) = place(&text, name) {
                return Ok(Self {
                    file,
                    text,
                    start,
                    end,
                });
            }
        }
        Err(format!("no document has a table {name}"))
    }
}

fn place(text: &str, name: &str) -> Option<(usize, usize)> {
    let comment = format!("<!-- {name}: written by a command -->\n");
    let start = text.find(&comment)? + comment.len();
    let end = start + text[start..].find("\n<!-- end -->")?;
    Some((start, end))
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
        for name in [
            "bodies",
            "instructions",
            "others",
            "overload",
            "throughput",
            "time",
        ] {
            assert_ne!(Table::read(name), Ok(Table::default()), "{name}");
        }
        let missing = Table::read("nothing").expect_err("no such table");
        assert_eq!(missing, "no document has a table nothing");
    }
}
