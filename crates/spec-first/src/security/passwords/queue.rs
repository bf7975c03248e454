//! Who may wait for a hash: a bounded number of requests in all, and with the same name.

use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Into how many groups names are divided. Two names may have the same group by chance, which nobody can foresee.
const GROUPS: usize = 64;

/// The places of a queue.
pub(super) struct Queue {
    /// Of all names, whether somebody has them or not, so that nobody learns from an answer which ones exist.
    groups: [AtomicUsize; GROUPS],
    all: AtomicUsize,
    group_of: RandomState,
    most: usize,
    most_of_group: usize,
}

impl Queue {
    pub fn new(most: usize, most_of_group: usize) -> Self {
        Self {
            groups: [const { AtomicUsize::new(0) }; GROUPS],
            all: AtomicUsize::new(0),
            group_of: RandomState::new(),
            most,
            most_of_group,
        }
    }

    /// A place for a request with this name, if one is free.
    pub fn place(&self, name: &str) -> Option<Place<'_>> {
        let digest = self.group_of.hash_one(name);
        let group = usize::try_from(digest % GROUPS as u64).unwrap_or_default();
        let group = take(&self.groups[group], self.most_of_group)?;
        Some(Place(group, take(&self.all, self.most)?))
    }
}

/// A place in the queue, until it is dropped.
pub(super) struct Place<'q>(
    #[expect(dead_code, reason = "held until it is dropped")] Counted<'q>,
    #[expect(dead_code, reason = "held until it is dropped")] Counted<'q>,
);

struct Counted<'q>(&'q AtomicUsize);

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn take(counter: &AtomicUsize, most: usize) -> Option<Counted<'_>> {
    let counted = Counted(counter);
    (counter.fetch_add(1, Ordering::Relaxed) < most).then_some(counted)
}

#[cfg(test)]
mod tests {
    use super::Queue;

    #[test]
    fn a_name_has_no_more_than_its_share() {
        let queue = Queue::new(8, 2);
        let places: Vec<_> = (0..5).filter_map(|_| queue.place("ann")).collect();
        assert_eq!(places.len(), 2);
        let names = (0..1000).map(|number| number.to_string());
        let others: Vec<_> = names.filter_map(|name| queue.place(&name)).collect();
        assert_eq!(others.len(), 6);
        drop((places, others));
        assert!(queue.place("ann").is_some() && queue.place("bob").is_some());
    }
}
