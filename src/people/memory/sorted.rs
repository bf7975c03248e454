//! People in the order of their last names, any of whom is found quickly by name or by position.

use super::kept::Kept;

/// How many people are in a row at most. Rows are short enough to insert into, and few enough to count through: a million
/// people are some 1,500 rows.
const ROW: usize = 1024;

/// People in rows, each of which goes on where the one before ends. No row is empty.
pub struct Sorted<R> {
    rows: Vec<Vec<Kept<R>>>,
    count: usize,
}

/// Where a person is, or would be: the row, and the place in it.
pub type Position = (usize, usize);

impl<R> Default for Sorted<R> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            count: 0,
        }
    }
}

impl<R> Sorted<R> {
    pub fn count(&self) -> usize {
        self.count
    }

    pub fn get(&self, last_name: &str) -> Option<&Kept<R>> {
        let (row, place) = self.position(last_name).ok()?;
        Some(&self.rows[row][place])
    }

    pub fn get_mut(&mut self, last_name: &str) -> Option<&mut Kept<R>> {
        let (row, place) = self.position(last_name).ok()?;
        Some(&mut self.rows[row][place])
    }

    /// Adds a person, unless the last name is taken.
    pub fn insert(&mut self, person: Kept<R>) -> bool {
        let Err((row, place)) = self.position(person.last_name()) else {
            return false;
        };
        if self.rows.is_empty() {
            self.rows.push(Vec::new());
        }
        self.rows[row].insert(place, person);
        self.count += 1;
        if self.rows[row].len() > ROW {
            let second = self.rows[row].split_off(ROW / 2);
            self.rows.insert(row + 1, second);
        }
        true
    }

    pub fn remove(&mut self, last_name: &str) -> Option<Kept<R>> {
        let (row, place) = self.position(last_name).ok()?;
        let person = self.rows[row].remove(place);
        self.count -= 1;
        if self.rows[row].is_empty() {
            self.rows.remove(row);
        }
        Some(person)
    }

    /// Where somebody with this last name is, or else would be.
    pub fn position(&self, last_name: &str) -> Result<Position, Position> {
        let begun = self
            .rows
            .partition_point(|row| row[0].last_name() <= last_name);
        let row = begun.saturating_sub(1);
        let Some(people) = self.rows.get(row) else {
            return Err((row, 0));
        };
        people
            .binary_search_by(|person| person.last_name().cmp(last_name))
            .map(|place| (row, place))
            .map_err(|place| (row, place))
    }

    /// Everybody from a position on, without the first `offset` of them.
    pub fn from(&self, (row, place): Position, offset: usize) -> impl Iterator<Item = &Kept<R>> {
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
    use crate::people::first_people;
    use crate::people::store::Person;

    fn person(number: usize) -> Kept<Person> {
        Kept::new(Person {
            last_name: name(number),
            ..first_people().remove(0)
        })
    }

    fn name(number: usize) -> String {
        format!("{number:06}")
    }

    #[test]
    fn everybody_is_where_the_position_says() {
        const PEOPLE: usize = 10_007;
        let mut sorted = Sorted::default();
        assert_eq!(sorted.from((0, 0), 0).count(), 0);
        for number in 0..PEOPLE {
            assert!(sorted.insert(person(number * 7919 % PEOPLE)));
            assert!(!sorted.insert(person(number * 7919 % PEOPLE)));
        }
        assert_eq!(sorted.count(), PEOPLE);
        for offset in [
            0,
            1,
            511,
            512,
            513,
            1024,
            5000,
            PEOPLE - 1,
            PEOPLE,
            usize::MAX,
        ] {
            let found = sorted.from((0, 0), offset).next();
            let expected = (offset < PEOPLE).then(|| name(offset));
            assert_eq!(found.map(|it| it.last_name().to_owned()), expected);
        }
        for number in (0..PEOPLE).filter(|number| number % 3 != 0) {
            assert!(sorted.remove(&name(number)).is_some());
            assert!(sorted.remove(&name(number)).is_none());
        }
        assert_eq!(sorted.count(), PEOPLE.div_ceil(3));
        let left: Vec<_> = sorted.from((0, 0), 100).map(Kept::last_name).collect();
        assert_eq!(left.len(), PEOPLE.div_ceil(3) - 100);
        assert_eq!(left[0], "000300");
        assert!(left.is_sorted());
        let position = sorted.position("000301").expect_err("gone");
        let next = sorted.from(position, 0).next().expect("a person");
        assert_eq!(next.last_name(), "000303");
    }
}
