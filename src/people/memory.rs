//! A store that forgets everything when the process ends.

mod kept;
mod names;
mod sorted;

use std::collections::BTreeSet;
use std::mem;
use std::ops::Bound;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

pub use self::kept::Kept;
use self::names::Names;
use self::sorted::Sorted;
use super::condition::Condition;
use super::store::{Change, Error, Page, Part, Person, Store};

/// People in memory, by last name. Each is kept as a row `R` that is made of the person once, and that a list has a clone of.
pub struct Memory<R = Person> {
    // A std lock, since nothing awaits while it is held.
    people: RwLock<People<R>>,
}

struct People<R> {
    by_last_name: Sorted<R>,
    first_names: Names,
    last_names: Names,
}

impl<R: Kept> Memory<R> {
    /// A store that holds these people.
    pub fn new(people: Vec<Person>) -> Self {
        let mut kept = People {
            by_last_name: Sorted::default(),
            first_names: Names::default(),
            last_names: Names::default(),
        };
        for person in people {
            kept.add(person);
        }
        Self {
            people: RwLock::new(kept),
        }
    }

    // Each change is one step, so that a panic elsewhere cannot have left half of one behind.

    fn read(&self) -> RwLockReadGuard<'_, People<R>> {
        self.people.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, People<R>> {
        self.people.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<R: Kept + Send + Sync + 'static> Store for Memory<R> {
    type Row = R;

    async fn list(&self, part: Part) -> Result<Page<R>, Error> {
        let people = self.read();
        Ok(if part.prefix.is_empty() {
            people.list_all(&part)
        } else {
            people.list_found(&part)
        })
    }

    async fn add(&self, person: Person) -> Result<R, Error> {
        self.write().add(person).ok_or(Error::AlreadyExists)
    }

    async fn find(&self, last_name: &str) -> Result<R, Error> {
        let people = self.read();
        let kept = people.by_last_name.get(last_name);
        kept.cloned().ok_or(Error::NotFound)
    }

    async fn update(
        &self,
        last_name: &str,
        change: Change,
        condition: Condition,
    ) -> Result<R, Error> {
        self.write().update(last_name, change, &condition)
    }

    async fn remove(&self, last_name: &str, condition: Condition) -> Result<(), Error> {
        self.write().remove(last_name, &condition)
    }

    async fn check(&self) -> Result<(), Error> {
        Ok(())
    }
}

impl<R: Kept> People<R> {
    fn list_all(&self, part: &Part) -> Page<R> {
        let start = match part.after.as_deref() {
            None => (0, 0),
            Some(after) => match self.by_last_name.position(after) {
                Ok((row, place)) => (row, place + 1),
                Err(next) => next,
            },
        };
        let people = self.by_last_name.from(start, clamp(part.offset));
        Page {
            people: people.take(part.length.into()).cloned().collect(),
            total: self.by_last_name.count() as u64,
        }
    }

    fn list_found(&self, part: &Part) -> Page<R> {
        let [first, last] =
            [&self.first_names, &self.last_names].map(|names| names.beginning_with(&part.prefix));
        let found: BTreeSet<&str> = first.chain(last).collect();
        let after = part
            .after
            .as_deref()
            .map_or(Bound::Unbounded, Bound::Excluded);
        let names = found.range::<str, _>((after, Bound::Unbounded));
        let names = names.skip(clamp(part.offset)).take(part.length.into());
        let people = names.filter_map(|name| self.by_last_name.get(name));
        Page {
            people: people.cloned().collect(),
            total: found.len() as u64,
        }
    }

    /// Adds a person; none if the last name is taken.
    fn add(&mut self, person: Person) -> Option<R> {
        let row = R::from(person);
        self.by_last_name.insert(row.clone()).then(|| {
            let last_name = row.last_name();
            self.first_names.insert(row.first_name(), last_name);
            self.last_names.insert(last_name, last_name);
            row
        })
    }

    fn update(
        &mut self,
        last_name: &str,
        change: Change,
        condition: &Condition,
    ) -> Result<R, Error> {
        let kept = self.by_last_name.get_mut(last_name);
        let kept = kept.ok_or(Error::NotFound)?;
        if !condition.accepts(kept.version()) {
            return Err(Error::NotAccepted);
        }
        let row = R::from(Person {
            last_name: last_name.to_owned(),
            first_name: change.first_name,
            changed: change.changed,
            version: change.version,
        });
        let old = mem::replace(kept, row.clone());
        if old.first_name() != row.first_name() {
            self.first_names.remove(old.first_name(), last_name);
            self.first_names.insert(row.first_name(), last_name);
        }
        Ok(row)
    }

    fn remove(&mut self, last_name: &str, condition: &Condition) -> Result<(), Error> {
        let kept = self.by_last_name.get(last_name).ok_or(Error::NotFound)?;
        if !condition.accepts(kept.version()) {
            return Err(Error::NotAccepted);
        }
        self.first_names.remove(kept.first_name(), last_name);
        self.last_names.remove(last_name, last_name);
        self.by_last_name.remove(last_name);
        Ok(())
    }
}

/// An offset beyond what memory can hold skips everybody.
fn clamp(offset: u64) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::store_cases;

    #[actix_web::test]
    async fn memory_does_what_every_store_does() {
        store_cases::run(async |people| Memory::<Person>::new(people)).await;
    }
}
