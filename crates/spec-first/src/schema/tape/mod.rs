//! A value as serde writes it, in one list of entries and one text, to be validated without a tree of JSON values: nothing is
//! hashed, and nothing is allocated for each part.

mod key;
mod unwritten;
mod write;

use std::cell::Cell;

use serde::Serialize;
use serde_json::{Map, Number, Value};

use self::write::Writer;

/// How much memory a thread keeps for its next tape, in bytes.
const MAX_SPARE: usize = 256 * 1024;

thread_local! {
    /// The memory of this thread's last tape.
    static SPARE: Cell<Option<Tape>> = const { Cell::new(None) };
}

/// A value, its first entry.
#[derive(Debug, Default)]
pub(super) struct Tape {
    entries: Vec<Entry>,
    /// All strings and names of members, one after the other.
    text: String,
}

/// The start of a value. The parts of a list follow it, and those of an object, each after its name.
#[derive(Clone, Debug)]
enum Entry {
    Null,
    Bool(bool),
    Number(Number),
    /// Where it is in the text.
    Text(u32, u32),
    List(Parts),
    Object(Parts),
}

/// How many parts there are, and which entry is the first behind them.
#[derive(Clone, Copy, Debug)]
struct Parts {
    count: u32,
    end: u32,
}

impl Tape {
    /// Calls `read` with the tape of what serde writes of `value`, which is the member `member` of an object if there is one. None
    /// if it cannot be written, or if it has a name twice, so that it is another value as a tree.
    pub fn with<T: Serialize, R>(
        value: &T,
        member: Option<&str>,
        read: impl FnOnce(&Self) -> R,
    ) -> Option<R> {
        let mut tape = SPARE.take().unwrap_or_default();
        tape.entries.clear();
        tape.text.clear();
        let read = tape.write(value, member).map(|()| read(&tape));
        let size = tape.entries.capacity() * size_of::<Entry>() + tape.text.capacity();
        if size <= MAX_SPARE {
            SPARE.set(Some(tape));
        }
        read
    }

    fn write<T: Serialize>(&mut self, value: &T, member: Option<&str>) -> Option<()> {
        let Some(member) = member else {
            return value.serialize(Writer(self)).ok();
        };
        let object = self.open(Entry::Object);
        self.push_text(member).ok()?;
        value.serialize(Writer(self)).ok()?;
        self.close(object, 1).ok()
    }

    /// The first value.
    pub fn root(&self) -> Node<'_> {
        Node { tape: self, at: 0 }
    }

    /// Begins a list or an object, which [`Tape::close`] ends.
    fn open(&mut self, entry: fn(Parts) -> Entry) -> usize {
        self.entries.push(entry(Parts { count: 0, end: 0 }));
        self.entries.len() - 1
    }

    fn close(&mut self, at: usize, count: usize) -> Result<(), unwritten::Unwritten> {
        let end = u32::try_from(self.entries.len())?;
        let whole = Parts {
            count: u32::try_from(count)?,
            end,
        };
        if let Entry::List(parts) | Entry::Object(parts) = &mut self.entries[at] {
            *parts = whole;
        }
        Ok(())
    }

    fn push_text(&mut self, text: &str) -> Result<(), unwritten::Unwritten> {
        let start = u32::try_from(self.text.len())?;
        self.text.push_str(text);
        self.entries
            .push(Entry::Text(start, u32::try_from(self.text.len())?));
        Ok(())
    }

    fn text(&self, at: usize) -> Option<&str> {
        match self.entries.get(at)? {
            Entry::Text(start, end) => self.text.get(*start as usize..*end as usize),
            _ => None,
        }
    }

    /// The entry behind the value at `at`.
    fn behind(&self, at: usize) -> usize {
        match &self.entries[at] {
            Entry::List(parts) | Entry::Object(parts) => parts.end as usize,
            _ => at + 1,
        }
    }
}

/// A value in a tape.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node<'t> {
    tape: &'t Tape,
    at: usize,
}

/// What a value in a tape is.
pub(super) enum Kind<'t> {
    Null,
    Bool(bool),
    Number(&'t Number),
    Text(&'t str),
    List(Children<'t>),
    Object(Children<'t>),
}

impl<'t> Node<'t> {
    pub fn kind(self) -> Kind<'t> {
        let children = |parts: &Parts| Children {
            tape: self.tape,
            next: self.at + 1,
            left: parts.count as usize,
        };
        match &self.tape.entries[self.at] {
            Entry::Null => Kind::Null,
            Entry::Bool(flag) => Kind::Bool(*flag),
            Entry::Number(number) => Kind::Number(number),
            Entry::Text(..) => Kind::Text(self.tape.text(self.at).unwrap_or_default()),
            Entry::List(parts) => Kind::List(children(parts)),
            Entry::Object(parts) => Kind::Object(children(parts)),
        }
    }

    /// What no other value in any tape has, as long as this one is there.
    pub fn identity(self) -> (usize, u32) {
        (std::ptr::from_ref(self.tape) as usize, self.at as u32)
    }

    /// The same as a tree.
    pub fn to_value(self) -> Value {
        match self.kind() {
            Kind::Null => Value::Null,
            Kind::Bool(flag) => Value::Bool(flag),
            Kind::Number(number) => Value::Number(number.clone()),
            Kind::Text(text) => Value::from(text),
            Kind::List(items) => items.items().map(Node::to_value).collect(),
            Kind::Object(members) => {
                let members = members.members();
                let members = members.map(|(name, value)| (name.to_owned(), value.to_value()));
                Value::Object(members.collect::<Map<_, _>>())
            }
        }
    }
}

/// The parts of a list or of an object.
#[derive(Clone, Copy, Debug)]
pub(super) struct Children<'t> {
    tape: &'t Tape,
    next: usize,
    left: usize,
}

impl<'t> Children<'t> {
    pub fn len(self) -> usize {
        self.left
    }

    /// The items of a list.
    pub fn items(mut self) -> impl Iterator<Item = Node<'t>> {
        std::iter::from_fn(move || self.next_item())
    }

    /// The members of an object.
    pub fn members(mut self) -> impl Iterator<Item = (&'t str, Node<'t>)> {
        std::iter::from_fn(move || self.next_member())
    }

    pub fn next_item(&mut self) -> Option<Node<'t>> {
        self.left = self.left.checked_sub(1)?;
        let node = Node {
            tape: self.tape,
            at: self.next,
        };
        self.next = self.tape.behind(self.next);
        Some(node)
    }

    pub fn next_member(&mut self) -> Option<(&'t str, Node<'t>)> {
        let name = self.tape.text(self.next).filter(|_| self.left > 0)?;
        self.next += 1;
        self.next_item().map(|value| (name, value))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, HashMap};

    use serde::ser::SerializeMap;
    use serde::{Serialize, Serializer};
    use serde_json::json;

    use super::*;

    /// The tree of a value by way of a tape, which is the one that `serde_json` makes.
    #[track_caller]
    fn assert_same(value: &impl Serialize) {
        let tree = Tape::with(value, None, |tape| tape.root().to_value());
        assert_eq!(tree, serde_json::to_value(value).ok());
    }

    #[derive(Serialize)]
    struct Unit;

    #[derive(Serialize)]
    struct Wrapped(u8);

    #[derive(Serialize)]
    struct Pair(u8, &'static str);

    #[derive(Serialize)]
    enum Shape {
        Point,
        Circle(f32),
        Line(i8, i8),
        Box { width: u16, height: Option<u16> },
    }

    #[derive(Serialize)]
    struct Outer<T> {
        name: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        absent: Option<u8>,
        #[serde(flatten)]
        rest: T,
    }

    #[test]
    fn a_tape_has_what_a_tree_has() {
        assert_same(
            &json!({ "a": [1, -2, 2.5, "é\"", true, null, [], {}], "b": { "c": { "d": [[1]] } } }),
        );
        assert_same(&(
            u64::MAX,
            i64::MIN,
            u128::from(u64::MAX),
            i128::from(i64::MIN),
            'x',
            (),
        ));
        assert_same(&(f64::NAN, f32::INFINITY, 0.1_f32, 1e300, -0.0));
        assert_same(&(Unit, Wrapped(1), Pair(2, "b"), Some(3), None::<u8>));
        assert_same(&[Shape::Point, Shape::Circle(1.5), Shape::Line(1, -1)]);
        assert_same(&Shape::Box {
            width: 1,
            height: None,
        });
        let rest = BTreeMap::from([("x", 1), ("y", 2)]);
        assert_same(&Outer {
            name: "n".to_owned(),
            absent: None,
            rest,
        });
    }

    #[test]
    fn names_are_texts() {
        assert_same(&BTreeMap::from([(1_u8, "a"), (2, "b")]));
        assert_same(&BTreeMap::from([(-1_i64, "a")]));
        assert_same(&BTreeMap::from([(true, "a")]));
        assert_same(&BTreeMap::from([('x', "a")]));
        assert_same(&HashMap::from([(Some("x"), 1)]));
    }

    #[test]
    fn what_cannot_be_written_has_no_tape() {
        assert_same(&BTreeMap::from([((1, 2), 1)]));
        assert_same(&u128::MAX);
        assert_same(&i128::MIN);
    }

    struct Twice;

    impl Serialize for Twice {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut map = serializer.serialize_map(None)?;
            map.serialize_entry("a", &1)?;
            map.serialize_entry("b", &2)?;
            map.serialize_entry("a", &3)?;
            map.end()
        }
    }

    #[test]
    fn a_value_with_a_name_twice_has_no_tape() {
        assert!(Tape::with(&Twice, None, |_| ()).is_none());
        let rest = BTreeMap::from([("name", 1)]);
        let outer = Outer {
            name: String::new(),
            absent: None,
            rest,
        };
        assert!(Tape::with(&outer, None, |_| ()).is_none());
    }

    #[test]
    fn a_value_may_be_a_member() {
        let tree = Tape::with(&[1], Some("m"), |tape| tape.root().to_value());
        assert_eq!(tree, Some(json!({ "m": [1] })));
    }
}
