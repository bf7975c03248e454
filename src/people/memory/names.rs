//! An index of people by names as they are searched for.

use super::sorted::{Keyed, Sorted};
use crate::people::search;

/// Folded names, each with the last name of whom it belongs to.
#[derive(Default)]
pub struct Names(Sorted<Entry>);

/// One text, so that each step on the way to its place compares one: the folded name, and after it the last name.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    text: Box<str>,
    /// Where the last name starts.
    last_name: usize,
}

impl Names {
    pub fn insert(&mut self, name: &str, last_name: &str) {
        self.0.insert(Entry::new(name, last_name));
    }

    pub fn remove(&mut self, name: &str, last_name: &str) {
        self.0.remove(&Entry::new(name, last_name));
    }

    /// The last names of those whose folded name begins with `prefix`.
    pub fn beginning_with<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a str> {
        let first = Entry {
            text: prefix.into(),
            last_name: 0,
        };
        let (Ok(start) | Err(start)) = self.0.position(&first);
        let found = self.0.from(start, 0);
        found
            .take_while(move |entry| entry.text.starts_with(prefix))
            // The beginning of a short name and its last name together is no beginning of the name.
            .filter(|entry| entry.last_name >= prefix.len())
            .map(Entry::last_name)
    }
}

impl Keyed for Entry {
    type Key = Self;

    fn key(&self) -> &Self {
        self
    }
}

impl Entry {
    fn new(name: &str, last_name: &str) -> Self {
        let mut text = String::with_capacity(name.len() + last_name.len());
        search::fold_into(&mut text, name);
        let start = text.len();
        text.push_str(last_name);
        Self {
            text: text.into_boxed_str(),
            last_name: start,
        }
    }

    fn last_name(&self) -> &str {
        &self.text[self.last_name..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_found_by_the_beginning_of_a_folded_name() {
        let mut names = Names::default();
        let people = [
            ("Ann", "Bell"),
            ("A", "nnan"),
            ("ANNE", "Bell"),
            ("an", "Nbell"),
            ("Bob", "Ann"),
            ("\u{10ffff}", "Last"),
        ];
        for (name, last_name) in people {
            names.insert(name, last_name);
        }
        let found = |names: &Names, prefix| {
            let found = names.beginning_with(prefix).map(str::to_owned);
            found.collect::<Vec<_>>()
        };
        assert_eq!(found(&names, "ann"), ["Bell", "Bell"]);
        assert_eq!(found(&names, "an"), ["Nbell", "Bell", "Bell"]);
        assert_eq!(found(&names, "\u{10ffff}"), ["Last"]);
        assert_eq!(found(&names, "").len(), people.len());
        assert_eq!(found(&names, "c"), [""; 0]);
        // The same text, of another name.
        names.remove("AnnB", "ell");
        names.remove("ANNE", "Bell");
        assert_eq!(found(&names, "ann"), ["Bell"]);
    }
}
