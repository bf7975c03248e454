//! What was read of a file, in memory for as long as the file stays as it was.

use std::collections::HashMap;

use super::wal_index::State;
use crate::people::store::{Page, Part};

/// How many pages of the list a connection keeps, how many rows in all of them, and how many names that were asked for.
const PAGES: usize = 16;
const ROWS: usize = 2000;
const NAMES: usize = 1000;

/// What was read of one state of the file.
pub struct Cache<R> {
    state: Option<State>,
    /// Those that were asked for last, the latest first.
    pages: Vec<(Part, Page<R>)>,
    /// Nobody, too, for a name that nobody has.
    people: HashMap<String, Option<R>>,
}

impl<R> Default for Cache<R> {
    fn default() -> Self {
        Self {
            state: None,
            pages: Vec::new(),
            people: HashMap::new(),
        }
    }
}

impl<R: Clone> Cache<R> {
    /// Drops what is kept of another state, or of any if none is known.
    pub fn turn_to(&mut self, state: Option<State>) {
        if state.is_none() || self.state != state {
            self.state = state;
            self.pages.clear();
            self.people.clear();
        }
    }

    /// The page of this part, if it is kept.
    pub fn page(&mut self, part: &Part) -> Option<Page<R>> {
        let place = self.pages.iter().position(|(kept, _)| kept == part)?;
        self.pages[..=place].rotate_right(1);
        Some(self.pages[0].1.clone())
    }

    pub fn keep_page(&mut self, part: &Part, page: &Page<R>) {
        if page.people.len() > ROWS {
            return;
        }
        self.pages.insert(0, (part.clone(), page.clone()));
        self.pages.truncate(PAGES);
        while self.rows() > ROWS {
            self.pages.pop();
        }
    }

    /// The person of this last name, or that there is none, if it is kept.
    pub fn person(&self, last_name: &str) -> Option<Option<R>> {
        self.people.get(last_name).cloned()
    }

    pub fn keep_person(&mut self, last_name: &str, person: &Option<R>) {
        if self.people.len() == NAMES {
            self.people.clear();
        }
        self.people.insert(last_name.to_owned(), person.clone());
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
    fn a_page_is_kept_for_one_part() {
        let mut cache = Cache::default();
        assert_eq!(cache.page(&part(3, 0)), None);
        cache.keep_page(&part(3, 0), &page(3));
        assert_eq!(cache.page(&part(3, 0)), Some(page(3)));
        let after = Part {
            after: Some("a".to_owned()),
            ..part(3, 0)
        };
        let found = Part {
            prefix: "a".to_owned(),
            ..part(3, 0)
        };
        for other in [part(2, 0), part(3, 1), after, found] {
            assert_eq!(cache.page(&other), None);
        }
    }

    #[test]
    fn what_was_read_is_kept_for_one_state_that_is_known() {
        let [one, two] = [State::of(1), State::of(2)].map(Some);
        let mut cache = Cache::default();
        for (kept, state, is_kept) in [
            (one, one, true),
            (one, two, false),
            (two, two, true),
            (two, None, false),
            (None, None, false),
        ] {
            cache.turn_to(kept);
            cache.keep_page(&part(3, 0), &page(3));
            cache.keep_person("a", &Some(1));
            cache.keep_person("b", &None);
            cache.turn_to(state);
            let page = is_kept.then(|| page(3));
            assert_eq!(cache.page(&part(3, 0)), page, "{kept:?} {state:?}");
            assert_eq!(cache.person("a"), is_kept.then_some(Some(1)));
            assert_eq!(cache.person("b"), is_kept.then_some(None));
        }
    }

    #[test]
    fn those_that_were_asked_for_last_are_kept() {
        let mut cache = Cache::default();
        for offset in 0..16 {
            cache.keep_page(&part(1, offset), &page(1));
        }
        assert_eq!(cache.page(&part(1, 0)), Some(page(1)));
        cache.keep_page(&part(1, 16), &page(1));
        assert_eq!(cache.page(&part(1, 1)), None);
        for offset in [0, 2, 16] {
            assert_eq!(cache.page(&part(1, offset)), Some(page(1)));
        }
    }

    #[test]
    fn no_more_rows_are_kept_than_allowed() {
        let mut cache = Cache::default();
        for offset in 0..3 {
            cache.keep_page(&part(1000, offset), &page(1000));
        }
        assert_eq!(cache.page(&part(1000, 0)), None);
        assert_eq!(cache.page(&part(1000, 1)), Some(page(1000)));
        cache.keep_page(&part(u16::MAX, 0), &page(2001));
        assert_eq!(cache.page(&part(u16::MAX, 0)), None);
        assert_eq!(cache.rows(), 2000);
    }

    #[test]
    fn no_more_people_are_kept_than_allowed() {
        let mut cache = Cache::default();
        for number in 0..=1000 {
            cache.keep_person(&number.to_string(), &Some(number));
        }
        assert_eq!(cache.person("999"), None);
        assert_eq!(cache.person("1000"), Some(Some(1000)));
        assert_eq!(cache.people.len(), 1);
    }
}
