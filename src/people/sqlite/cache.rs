//! What was read of a file, in memory for as long as the file stays as it was.

use std::collections::HashMap;

use crate::people::store::{Page, Part};

/// How many pages of the list a connection keeps, how many rows in all of them, and how many people that were asked for alone.
const PAGES: usize = 16;
const ROWS: usize = 2000;
const PEOPLE: usize = 1000;

/// What was read of one version of the file.
pub struct Cache<R> {
    /// What SQLite calls the data version, which a connection sees change with each commit of another, of any process.
    version: i64,
    /// Those that were asked for last, the latest first.
    pages: Vec<(Part, Page<R>)>,
    people: HashMap<String, R>,
}

impl<R> Default for Cache<R> {
    fn default() -> Self {
        Self {
            version: 0,
            pages: Vec::new(),
            people: HashMap::new(),
        }
    }
}

impl<R: Clone> Cache<R> {
    /// The page of this part in this version, if it is kept.
    pub fn page(&mut self, version: i64, part: &Part) -> Option<Page<R>> {
        if self.version != version {
            return None;
        }
        let place = self.pages.iter().position(|(kept, _)| kept == part)?;
        self.pages[..=place].rotate_right(1);
        Some(self.pages[0].1.clone())
    }

    /// Keeps a page, which is of this version or newer, and drops all of other versions.
    pub fn keep_page(&mut self, version: i64, part: &Part, page: &Page<R>) {
        self.turn_to(version);
        if page.people.len() > ROWS {
            return;
        }
        self.pages.insert(0, (part.clone(), page.clone()));
        self.pages.truncate(PAGES);
        while self.rows() > ROWS {
            self.pages.pop();
        }
    }

    /// The person of this last name in this version, if it is kept.
    pub fn person(&self, version: i64, last_name: &str) -> Option<R> {
        let people = (self.version == version).then_some(&self.people)?;
        people.get(last_name).cloned()
    }

    /// Keeps a person, as [`Self::keep_page`] does a page.
    pub fn keep_person(&mut self, version: i64, last_name: &str, person: &R) {
        self.turn_to(version);
        if self.people.len() == PEOPLE {
            self.people.clear();
        }
        self.people.insert(last_name.to_owned(), person.clone());
    }

    fn turn_to(&mut self, version: i64) {
        if self.version != version {
            self.version = version;
            self.pages.clear();
            self.people.clear();
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
        let mut cache = Cache::default();
        assert_eq!(cache.page(0, &part(3, 0)), None);
        cache.keep_page(1, &part(3, 0), &page(3));
        assert_eq!(cache.page(1, &part(3, 0)), Some(page(3)));
        let after = Part {
            after: Some("a".to_owned()),
            ..part(3, 0)
        };
        let found = Part {
            prefix: "a".to_owned(),
            ..part(3, 0)
        };
        for other in [part(2, 0), part(3, 1), after, found] {
            assert_eq!(cache.page(1, &other), None);
        }
        assert_eq!(cache.page(2, &part(3, 0)), None);
        cache.keep_page(2, &part(2, 0), &page(2));
        assert_eq!(cache.page(2, &part(3, 0)), None);
        assert_eq!(cache.page(2, &part(2, 0)), Some(page(2)));
    }

    #[test]
    fn those_that_were_asked_for_last_are_kept() {
        let mut cache = Cache::default();
        for offset in 0..16 {
            cache.keep_page(1, &part(1, offset), &page(1));
        }
        assert_eq!(cache.page(1, &part(1, 0)), Some(page(1)));
        cache.keep_page(1, &part(1, 16), &page(1));
        assert_eq!(cache.page(1, &part(1, 1)), None);
        for offset in [0, 2, 16] {
            assert_eq!(cache.page(1, &part(1, offset)), Some(page(1)));
        }
    }

    #[test]
    fn no_more_rows_are_kept_than_allowed() {
        let mut cache = Cache::default();
        for offset in 0..3 {
            cache.keep_page(1, &part(1000, offset), &page(1000));
        }
        assert_eq!(cache.page(1, &part(1000, 0)), None);
        assert_eq!(cache.page(1, &part(1000, 1)), Some(page(1000)));
        cache.keep_page(1, &part(u16::MAX, 0), &page(2001));
        assert_eq!(cache.page(1, &part(u16::MAX, 0)), None);
        assert_eq!(cache.rows(), 2000);
    }

    #[test]
    fn a_person_is_kept_for_one_version() {
        let mut cache = Cache::default();
        assert_eq!(cache.person(0, "a"), None);
        cache.keep_person(1, "a", &1);
        assert_eq!(cache.person(1, "a"), Some(1));
        assert_eq!(cache.person(1, "b"), None);
        assert_eq!(cache.person(2, "a"), None);
        cache.keep_page(2, &part(3, 0), &page(3));
        assert_eq!(cache.person(2, "a"), None);
        cache.keep_person(3, "a", &2);
        assert_eq!(cache.person(3, "a"), Some(2));
        assert_eq!(cache.page(3, &part(3, 0)), None);
    }

    #[test]
    fn no_more_people_are_kept_than_allowed() {
        let mut cache = Cache::default();
        for number in 0..=1000 {
            cache.keep_person(1, &number.to_string(), &number);
        }
        assert_eq!(cache.person(1, "999"), None);
        assert_eq!(cache.person(1, "1000"), Some(1000));
        assert_eq!(cache.people.len(), 1);
    }
}
