//! Places in a text.

/// Line and column, both from 1, the column in characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Position {
    pub line: u32,
    pub column: u32,
}

impl Position {
    /// The position in this line and column; no file that could be read has more of them than fit.
    pub fn new(line: usize, column: usize) -> Position {
        let number = |count| u32::try_from(count).unwrap_or(u32::MAX);
        Position {
            line: number(line),
            column: number(column),
        }
    }
}
