//! Writes a tape, of each value what `serde_json` makes a tree of.

use std::collections::HashSet;

use serde::ser::{self, Serialize, Serializer};
use serde_json::Number;

use super::unwritten::Unwritten;
use super::{Children, Entry, Parts, Tape, key};

/// Up to so many names are compared with each other.
const MAX_COMPARED: usize = 16;

/// Writes one value to the end of a tape.
pub(super) struct Writer<'t>(pub &'t mut Tape);

impl<'t> Writer<'t> {
    fn push(self, entry: Entry) -> Result<(), Unwritten> {
        self.0.entries.push(entry);
        Ok(())
    }

    fn number(self, number: impl Into<Number>) -> Result<(), Unwritten> {
        self.push(Entry::Number(number.into()))
    }

    /// Begins a list or an object. The value of an enum's variant is the only member of an object.
    fn begin(
        self,
        variant: Option<&str>,
        entry: fn(Parts) -> Entry,
    ) -> Result<Compound<'t>, Unwritten> {
        let outer = match variant {
            Some(variant) => {
                let outer = self.0.open(Entry::Object);
                self.0.push_text(variant)?;
                Some(outer)
            }
            None => None,
        };
        Ok(Compound {
            at: self.0.open(entry),
            tape: self.0,
            count: 0,
            outer,
        })
    }
}

/// Methods that all write a number.
macro_rules! numbers {
    ($($method:ident: $type:ty)*) => {
        $(fn $method(self, number: $type) -> Result<(), Unwritten> {
            self.number(number)
        })*
    };
}

impl<'t> Serializer for Writer<'t> {
    type Ok = ();
    type Error = Unwritten;
    type SerializeSeq = Compound<'t>;
    type SerializeTuple = Compound<'t>;
    type SerializeTupleStruct = Compound<'t>;
    type SerializeTupleVariant = Compound<'t>;
    type SerializeMap = Compound<'t>;
    type SerializeStruct = Compound<'t>;
    type SerializeStructVariant = Compound<'t>;

    numbers! {
        serialize_i8: i8 serialize_i16: i16 serialize_i32: i32 serialize_i64: i64
        serialize_u8: u8 serialize_u16: u16 serialize_u32: u32 serialize_u64: u64
    }

    fn serialize_i128(self, number: i128) -> Result<(), Unwritten> {
        match u64::try_from(number) {
            Ok(number) => self.number(number),
            Err(_) => self.number(i64::try_from(number)?),
        }
    }

    fn serialize_u128(self, number: u128) -> Result<(), Unwritten> {
        self.number(u64::try_from(number)?)
    }

    fn serialize_f32(self, number: f32) -> Result<(), Unwritten> {
        self.serialize_f64(f64::from(number))
    }

    fn serialize_f64(self, number: f64) -> Result<(), Unwritten> {
        self.push(Number::from_f64(number).map_or(Entry::Null, Entry::Number))
    }

    fn serialize_bool(self, flag: bool) -> Result<(), Unwritten> {
        self.push(Entry::Bool(flag))
    }

    fn serialize_char(self, character: char) -> Result<(), Unwritten> {
        self.serialize_str(character.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Result<(), Unwritten> {
        self.0.push_text(text)
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), Unwritten> {
        self.collect_seq(bytes)
    }

    fn serialize_none(self) -> Result<(), Unwritten> {
        self.push(Entry::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Unwritten> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Unwritten> {
        self.push(Entry::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Unwritten> {
        self.push(Entry::Null)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Unwritten> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Unwritten> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Unwritten> {
        let mut object = self.begin(None, Entry::Object)?;
        object.member(variant, value)?;
        object.close()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Compound<'t>, Unwritten> {
        self.begin(None, Entry::List)
    }

    fn serialize_tuple(self, _: usize) -> Result<Compound<'t>, Unwritten> {
        self.begin(None, Entry::List)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Compound<'t>, Unwritten> {
        self.begin(None, Entry::List)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Compound<'t>, Unwritten> {
        self.begin(Some(variant), Entry::List)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Compound<'t>, Unwritten> {
        self.begin(None, Entry::Object)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Compound<'t>, Unwritten> {
        self.begin(None, Entry::Object)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Compound<'t>, Unwritten> {
        self.begin(Some(variant), Entry::Object)
    }
}

/// A list or an object that is being written.
pub(super) struct Compound<'t> {
    tape: &'t mut Tape,
    at: usize,
    count: usize,
    /// The object whose only member it is.
    outer: Option<usize>,
}

impl Compound<'_> {
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritten> {
        self.count += 1;
        value.serialize(Writer(self.tape))
    }

    fn member<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Unwritten> {
        self.tape.push_text(name)?;
        self.item(value)
    }

    fn close(self) -> Result<(), Unwritten> {
        self.tape.close(self.at, self.count)?;
        match self.outer {
            Some(outer) => self.tape.close(outer, 1),
            None => Ok(()),
        }
    }

    /// Ends a map, whose names may not be distinct.
    fn close_map(self) -> Result<(), Unwritten> {
        let members = Children {
            tape: self.tape,
            next: self.at + 1,
            left: self.count,
        };
        match are_distinct(members) {
            true => self.close(),
            false => Err(Unwritten),
        }
    }
}

fn are_distinct(members: Children<'_>) -> bool {
    if members.len() > MAX_COMPARED {
        let mut known = HashSet::with_capacity(members.len());
        return members.members().all(|(name, _)| known.insert(name));
    }
    let mut rest = members;
    while let Some((name, _)) = rest.next_member() {
        if rest.members().any(|(other, _)| other == name) {
            return false;
        }
    }
    true
}

/// Traits of lists, each with the method that writes an item.
macro_rules! lists {
    ($($name:ident: $method:ident)*) => {
        $(impl ser::$name for Compound<'_> {
            type Ok = ();
            type Error = Unwritten;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritten> {
                self.item(value)
            }

            fn end(self) -> Result<(), Unwritten> {
                self.close()
            }
        })*
    };
}

lists! {
    SerializeSeq: serialize_element
    SerializeTuple: serialize_element
    SerializeTupleStruct: serialize_field
    SerializeTupleVariant: serialize_field
}

/// Traits of objects whose members are the fields of a type.
macro_rules! structs {
    ($($name:ident)*) => {
        $(impl ser::$name for Compound<'_> {
            type Ok = ();
            type Error = Unwritten;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), Unwritten> {
                self.member(name, value)
            }

            fn end(self) -> Result<(), Unwritten> {
                self.close()
            }
        })*
    };
}

structs!(SerializeStruct SerializeStructVariant);

impl ser::SerializeMap for Compound<'_> {
    type Ok = ();
    type Error = Unwritten;

    fn serialize_key<K: Serialize + ?Sized>(&mut self, key: &K) -> Result<(), Unwritten> {
        key::push(self.tape, key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritten> {
        self.item(value)
    }

    fn end(self) -> Result<(), Unwritten> {
        self.close_map()
    }
}
