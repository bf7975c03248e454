//! The names of members, as `serde_json` writes the keys of maps.

use serde::Serializer;
use serde::ser::{Impossible, Serialize};
use serde_json::Value;

use super::Tape;
use super::unwritten::Unwritten;

/// Writes the name that a key is written as.
///
/// # Errors
/// It has none.
pub(super) fn push<K: Serialize + ?Sized>(tape: &mut Tape, key: &K) -> Result<(), Unwritten> {
    if key.serialize(TextWriter(tape)).is_ok() {
        return Ok(());
    }
    // Of the numbers and booleans as `serde_json` has them.
    let Value::Object(object) = serde_json::to_value(Entry(key))? else {
        return Err(Unwritten);
    };
    let name = object.keys().next().ok_or(Unwritten)?;
    tape.push_text(name)
}

/// A map of one key.
struct Entry<'k, K: ?Sized>(&'k K);

impl<K: Serialize + ?Sized> Serialize for Entry<'_, K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([(self.0, ())])
    }
}

/// Writes a text, and nothing else.
struct TextWriter<'t>(&'t mut Tape);

/// Methods that all write no text.
macro_rules! no_texts {
    ($($method:ident($($type:ty),*) -> $result:ty;)*) => {
        $(fn $method(self, $(_: $type),*) -> Result<$result, Unwritten> {
            Err(Unwritten)
        })*
    };
}

type No = Impossible<(), Unwritten>;

impl Serializer for TextWriter<'_> {
    type Ok = ();
    type Error = Unwritten;
    type SerializeSeq = No;
    type SerializeTuple = No;
    type SerializeTupleStruct = No;
    type SerializeTupleVariant = No;
    type SerializeMap = No;
    type SerializeStruct = No;
    type SerializeStructVariant = No;

    fn serialize_str(self, text: &str) -> Result<(), Unwritten> {
        self.0.push_text(text)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, _: &T) -> Result<(), Unwritten> {
        Err(Unwritten)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: &T,
    ) -> Result<(), Unwritten> {
        Err(Unwritten)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Unwritten> {
        Err(Unwritten)
    }

    no_texts! {
        serialize_bool(bool) -> ();
        serialize_i8(i8) -> ();
        serialize_i16(i16) -> ();
        serialize_i32(i32) -> ();
        serialize_i64(i64) -> ();
        serialize_u8(u8) -> ();
        serialize_u16(u16) -> ();
        serialize_u32(u32) -> ();
        serialize_u64(u64) -> ();
        serialize_f32(f32) -> ();
        serialize_f64(f64) -> ();
        serialize_char(char) -> ();
        serialize_bytes(&[u8]) -> ();
        serialize_none() -> ();
        serialize_unit() -> ();
        serialize_unit_struct(&'static str) -> ();
        serialize_unit_variant(&'static str, u32, &'static str) -> ();
        serialize_seq(Option<usize>) -> No;
        serialize_tuple(usize) -> No;
        serialize_tuple_struct(&'static str, usize) -> No;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> No;
        serialize_map(Option<usize>) -> No;
        serialize_struct(&'static str, usize) -> No;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> No;
    }
}
