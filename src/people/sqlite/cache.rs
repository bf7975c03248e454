//! Pages of the list in memory, each for as long as the file stays as it was.

use crate::people::store::{Page, Part};

/// How many pages a connection keeps, and how many rows in all of them.
const PAGES: usize = 16;
const ROWS: usize = 2000;

/// The pages of one version of the file that were asked for last, the latest first.
pub struct Pages<R> {
    /// What SQLite calls the data version, which a connection sees change with each commit of another, of any process.
    version: i64,
    pages: Vec<(Part, Page<R>)>,
}

impl<R> Default for Pages<R> {
    fn default() -> Self {
        Self {
            version: 0,
            pages: Vec::new(),
        }
    }
}

impl<R: Clone> Pages<R> {
    /// The page of this part in this version, if it is kept.
    pub fn get(&mut self, version: i64, part: &Part) -> Option<Page<R>> {
        if self.version != version {
            return None;
        }
        let place = self.pages.iter().position(|(kept, _)| kept == part)?;
        self.pages[..=place].rotate_right(1);
        Some(self.pages[0].1.clone())
    }

    /// Keeps a page, which is of this version or newer, and drops all of other versions.
    pub fn keep(&mut self, version: i64, part: &Part, page: &Page<R>) {
        if self.version != version {
            self.version = version;
            self.pages.clear();
        }
        if page.people.len() > ROWS {
            return;
        }
        self.pages.insert(0, (part.clone(), page.clone()));
        self.pages.truncate(PAGES);
        while self.rows() > ROWS {
            self.pages.pop();
        }
    }

    fn rows(&self) -> usize {
        self.pages.iter().map(|(_, page)| page.people.len()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::store_cases::part;

    fn page(rows: u32) -> Page<u32> {
        Page {
            people: (0..rows).collect(),
            total: rows.into(),
        }
    }

    #[test]
    fn a_page_is_kept_for_one_part_of_one_version() {
        let mut pages = Pages::default();
        assert_eq!(pages.get(0, &part(3, 0)), None);
        pages.keep(1, &part(3, 0), &page(3));
        assert_eq!(pages.get(1, &part(3, 0)), Some(page(3)));
        let after = Part {
            after: Some("a".to_owned()),
            ..part(3, 0)
        };
        let found = Part {
            prefix: "a".to_owned(),
            ..part(3, 0)
        };
        for other in [part(2, 0), part(3, 1), after, found] {
            assert_eq!(pages.get(1, &other), None);
        }
        assert_eq!(pages.get(2, &part(3, 0)), None);
        pages.keep(2, &part(2, 0), &page(2));
        assert_eq!(pages.get(2, &part(3, 0)), None);
        assert_eq!(pages.get(2, &part(2, 0)), Some(page(2)));
    }

    #[test]
    fn those_that_were_asked_for_last_are_kept() {
        let mut pages = Pages::default();
        for offset in 0..16 {
            pages.keep(1, &part(1, offset), &page(1));
        }
        assert_eq!(pages.get(1, &part(1, 0)), Some(page(1)));
        pages.keep(1, &part(1, 16), &page(1));
        assert_eq!(pages.get(1, &part(1, 1)), None);
        for offset in [0, 2, 16] {
            assert_eq!(pages.get(1, &part(1, offset)), Some(page(1)));
        }
    }

    #[test]
    fn no_more_rows_are_kept_than_allowed() {
        let mut pages = Pages::default();
        for offset in 0..3 {
            pages.keep(1, &part(1000, offset), &page(1000));
        }
        assert_eq!(pages.get(1, &part(1000, 0)), None);
        assert_eq!(pages.get(1, &part(1000, 1)), Some(page(1000)));
        pages.keep(1, &part(u16::MAX, 0), &page(2001));
        assert_eq!(pages.get(1, &part(u16::MAX, 0)), None);
        assert_eq!(pages.rows(), 2000);
    }
}
