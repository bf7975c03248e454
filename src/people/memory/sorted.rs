//! Values in the order of their keys, any of which is found quickly by key or by position.

/// How many values are in a row at most. Rows are short enough to insert into, and few enough to count through: a million values
/// are some 1,500 rows.
const ROW: usize = 1024;

/// What is kept in order.
pub trait Keyed {
    type Key: Ord + ?Sized;

    fn key(&self) -> &Self::Key;
}

/// Values in rows, each of which goes on where the one before ends. No row is empty, and no key there twice.
pub struct Sorted<T> {
    rows: Vec<Vec<T>>,
    count: usize,
}

/// Where a value is, or would be: the row, and the place in it.
pub type Position = (usize, usize);

impl<T> Default for Sorted<T> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            count: 0,
        }
    }
}

impl<T: Keyed> Sorted<T> {
    pub fn count(&self) -> usize {
        self.count
    }

    pub fn get(&self, key: &T::Key) -> Option<&T> {
        let (row, place) = self.position(key).ok()?;
        Some(&self.rows[row][place])
    }

    pub fn get_mut(&mut self, key: &T::Key) -> Option<&mut T> {
        let (row, place) = self.position(key).ok()?;
        Some(&mut self.rows[row][place])
    }

    /// Adds a value, unless the key is taken.
    pub fn insert(&mut self, value: T) -> bool {
        let Err((row, place)) = self.position(value.key()) else {
            return false;
        };
        if self.rows.is_empty() {
            self.rows.push(Vec::new());
        }
        self.rows[row].insert(place, value);
        self.count += 1;
        if self.rows[row].len() > ROW {
            let second = self.rows[row].split_off(ROW / 2);
            self.rows.insert(row + 1, second);
        }
        true
    }

    pub fn remove(&mut self, key: &T::Key) -> Option<T> {
        let (row, place) = self.position(key).ok()?;
        let value = self.rows[row].remove(place);
        self.count -= 1;
        if self.rows[row].is_empty() {
            self.rows.remove(row);
        }
        Some(value)
    }

    /// Where the value with this key is, or else would be.
    pub fn position(&self, key: &T::Key) -> Result<Position, Position> {
        let begun = self.rows.partition_point(|row| row[0].key() <= key);
        let row = begun.saturating_sub(1);
        let Some(values) = self.rows.get(row) else {
            return Err((row, 0));
        };
        values
            .binary_search_by(|value| value.key().cmp(key))
            .map(|place| (row, place))
            .map_err(|place| (row, place))
    }

    /// All values from a position on, without the first `offset` of them.
    pub fn from(&self, (row, place): Position, offset: usize) -> impl Iterator<Item = &T> {
        let mut offset = offset.saturating_add(place);
        let mut rows = self.rows.get(row..).unwrap_or_default();
        while let Some((first, others)) = rows.split_first()
            && offset >= first.len()
        {
            offset -= first.len();
            rows = others;
        }
        rows.iter().flatten().skip(offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Keyed for usize {
        type Key = Self;

        fn key(&self) -> &Self {
            self
        }
    }

    #[test]
    fn every_value_is_where_the_position_says() {
        const COUNT: usize = 10_007;
        let mut sorted = Sorted::default();
        assert_eq!(sorted.from((0, 0), 0).count(), 0);
        for number in 0..COUNT {
            assert!(sorted.insert(number * 7919 % COUNT));
            assert!(!sorted.insert(number * 7919 % COUNT));
        }
        assert_eq!(sorted.count(), COUNT);
        for offset in [
            0,
            1,
            511,
            512,
            513,
            1024,
            5000,
            COUNT - 1,
            COUNT,
            usize::MAX,
        ] {
            let found = sorted.from((0, 0), offset).next();
            let expected = (offset < COUNT).then_some(offset);
            assert_eq!(found.copied(), expected);
        }
        for number in (0..COUNT).filter(|number| number % 3 != 0) {
            assert_eq!(sorted.remove(&number), Some(number));
            assert_eq!(sorted.remove(&number), None);
        }
        assert_eq!(sorted.count(), COUNT.div_ceil(3));
        let left: Vec<_> = sorted.from((0, 0), 100).copied().collect();
        assert_eq!(left.len(), COUNT.div_ceil(3) - 100);
        assert_eq!(left[0], 300);
        assert!(left.is_sorted());
        let position = sorted.position(&301).expect_err("gone");
        assert_eq!(sorted.from(position, 0).next(), Some(&303));
    }
}
