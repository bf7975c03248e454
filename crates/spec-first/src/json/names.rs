//! The names of the members of one object, each of which may occur once.

use std::borrow::Cow;
use std::collections::HashSet;

/// Up to so many names are compared one by one.
const FEW: usize = 16;

/// The names that an object has had so far.
#[derive(Default)]
pub(super) struct Names<'n> {
    few: Vec<Cow<'n, str>>,
    /// All of them, if they are more than [`FEW`].
    many: HashSet<Cow<'n, str>>,
}

impl<'n> Names<'n> {
    /// Adds a name; whether it is new.
    pub fn insert(&mut self, name: Cow<'n, str>) -> bool {
        if self.few.len() < FEW {
            let is_new = !self.few.contains(&name);
            self.few.push(name);
            return is_new;
        }
        if self.many.is_empty() {
            self.many.extend(self.few.iter().cloned());
        }
        self.many.insert(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_new_once() {
        let mut names = Names::default();
        for number in 0..3 * FEW {
            assert!(names.insert(number.to_string().into()), "{number}");
        }
        for number in 0..3 * FEW {
            assert!(!names.insert(number.to_string().into()), "{number}");
        }
    }
}
