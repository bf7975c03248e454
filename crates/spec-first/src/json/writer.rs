//! Writes a value of a type as JSON in one pass, byte for byte as `serde_json` writes it, and refuses what no generated type
//! excludes: numbers that are not finite, dates beyond the year 9999, and members that occur twice. Enums of `oneOf` refuse values
//! that several branches accept.

use std::cell::Cell;
use std::fmt::Display;
use std::io::Write;

use serde::ser::{
    Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple,
    SerializeTupleStruct, Serializer,
};

use super::during::During;
use super::names::Names;
use super::refused::Refused;
use super::{kept, notation, text};

/// How many bytes a body is expected to have at least, so that short ones take one allocation.
const EXPECTED: usize = 256;

thread_local! {
    static IS_WRITING: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread is writing a body that no schema validates as a whole.
pub(crate) fn is_writing() -> bool {
    IS_WRITING.get()
}

/// Whether a schema accepts a part of such a body: what the part holds is not written yet.
pub(crate) fn without_writing<R>(check: impl FnOnce() -> R) -> R {
    let _paused = During::new(&IS_WRITING, false);
    check()
}

/// The JSON of a value, and how many elements it has if it is a list; none if it has to be validated by a schema.
pub(crate) fn write<T: Serialize + ?Sized>(value: &T) -> Option<(Vec<u8>, usize)> {
    let _writing = During::new(&IS_WRITING, true);
    let mut writer = Writer {
        buffer: Vec::with_capacity(EXPECTED),
        count: 0,
    };
    value.serialize(&mut writer).ok()?;
    Some((writer.buffer, writer.count))
}

/// A serializer that appends to a buffer.
struct Writer {
    buffer: Vec<u8>,
    /// How many elements the list has that was written last: the outermost, in the end.
    count: usize,
}

impl Writer {
    /// Appends what `serde_json` writes for a number.
    fn number(&mut self, number: impl Serialize) -> Result<(), Refused> {
        serde_json::to_writer(&mut self.buffer, &number).map_err(|_| Refused)
    }
}

/// Methods for numbers.
macro_rules! numbers {
    ($($method:ident($kind:ty))*) => {
        $(fn $method(self, number: $kind) -> Result<(), Refused> {
            self.number(number)
        })*
    };
}

impl<'w> Serializer for &'w mut Writer {
    type Ok = ();
    type Error = Refused;
    type SerializeSeq = Parts<'w>;
    type SerializeTuple = Parts<'w>;
    type SerializeTupleStruct = Parts<'w>;
    type SerializeTupleVariant = Impossible<(), Refused>;
    type SerializeMap = Map<'w>;
    type SerializeStruct = Parts<'w>;
    type SerializeStructVariant = Impossible<(), Refused>;

    numbers! {
        serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64)
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64)
    }

    /// A JSON value holds numbers of 64 bits.
    fn serialize_i128(self, number: i128) -> Result<(), Refused> {
        match (i64::try_from(number), u64::try_from(number)) {
            (Ok(number), _) => self.number(number),
            (_, Ok(number)) => self.number(number),
            _ => Err(Refused),
        }
    }

    fn serialize_u128(self, number: u128) -> Result<(), Refused> {
        self.number(u64::try_from(number).map_err(|_| Refused)?)
    }

    fn serialize_f32(self, number: f32) -> Result<(), Refused> {
        match number.is_finite() {
            true => self.number(number),
            false => Err(Refused),
        }
    }

    fn serialize_f64(self, number: f64) -> Result<(), Refused> {
        match number.is_finite() {
            true => self.number(number),
            false => Err(Refused),
        }
    }

    fn serialize_bool(self, flag: bool) -> Result<(), Refused> {
        let word: &[u8] = if flag { b"true" } else { b"false" };
        self.buffer.extend_from_slice(word);
        Ok(())
    }

    fn serialize_char(self, character: char) -> Result<(), Refused> {
        self.serialize_str(character.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), Refused> {
        text::write(&mut self.buffer, value);
        Ok(())
    }

    /// Of the types of generated code dates and moments are written so.
    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<(), Refused> {
        self.buffer.push(b'"');
        let start = self.buffer.len();
        write!(self.buffer, "{value}").map_err(|_| Refused)?;
        if !notation::is_plain(&self.buffer[start..]) {
            return Err(Refused);
        }
        self.buffer.push(b'"');
        Ok(())
    }

    /// Of a value whose JSON is kept.
    fn serialize_bytes(self, json: &[u8]) -> Result<(), Refused> {
        self.count = kept::returned().ok_or(Refused)?;
        self.buffer.extend_from_slice(json);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Refused> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Refused> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Refused> {
        self.buffer.extend_from_slice(b"null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Refused> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Refused> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        kept::request(name);
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Refused> {
        Err(Refused)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Parts<'w>, Refused> {
        Ok(Parts::begin(self, b'[', b']'))
    }

    fn serialize_tuple(self, _: usize) -> Result<Parts<'w>, Refused> {
        Ok(Parts::begin(self, b'[', b']'))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Parts<'w>, Refused> {
        Ok(Parts::begin(self, b'[', b']'))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Refused> {
        Err(Refused)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Map<'w>, Refused> {
        Ok(Map {
            parts: Parts::begin(self, b'{', b'}'),
            names: Names::default(),
        })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Parts<'w>, Refused> {
        Ok(Parts::begin(self, b'{', b'}'))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Refused> {
        Err(Refused)
    }
}

/// The elements of an array, or the members of a struct.
struct Parts<'w> {
    writer: &'w mut Writer,
    count: usize,
    end: u8,
}

impl<'w> Parts<'w> {
    fn begin(writer: &'w mut Writer, start: u8, end: u8) -> Self {
        writer.buffer.push(start);
        Self {
            writer,
            count: 0,
            end,
        }
    }

    #[inline]
    fn separate(&mut self) {
        if self.count > 0 {
            self.writer.buffer.push(b',');
        }
        self.count += 1;
    }

    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.separate();
        value.serialize(&mut *self.writer)
    }

    fn close(self) -> Result<(), Refused> {
        self.writer.buffer.push(self.end);
        self.writer.count = self.count;
        Ok(())
    }
}

impl SerializeSeq for Parts<'_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.element(value)
    }

    fn end(self) -> Result<(), Refused> {
        self.close()
    }
}

impl SerializeTuple for Parts<'_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.element(value)
    }

    fn end(self) -> Result<(), Refused> {
        self.close()
    }
}

impl SerializeTupleStruct for Parts<'_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.element(value)
    }

    fn end(self) -> Result<(), Refused> {
        self.close()
    }
}

impl SerializeStruct for Parts<'_> {
    type Ok = ();
    type Error = Refused;

    #[inline(always)]
    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        self.separate();
        text::write_name(&mut self.writer.buffer, name);
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Result<(), Refused> {
        self.close()
    }
}

/// The members of a map, or of a struct with additional members.
struct Map<'w> {
    parts: Parts<'w>,
    /// As they are written.
    names: Names<'static>,
}

impl SerializeMap for Map<'_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<(), Refused> {
        self.parts.separate();
        let start = self.parts.writer.buffer.len();
        name.serialize(&mut *self.parts.writer)?;
        let written = &self.parts.writer.buffer[start..];
        let name = std::str::from_utf8(written).map_err(|_| Refused)?;
        let is_new = name.starts_with('"') && self.names.insert(name.to_owned().into());
        self.parts.writer.buffer.push(b':');
        is_new.then_some(()).ok_or(Refused)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        value.serialize(&mut *self.parts.writer)
    }

    fn end(self) -> Result<(), Refused> {
        self.parts.close()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
    use serde::Serialize;
    use serde_json::{Value, json};

    use super::*;

    #[derive(Serialize)]
    struct Pet {
        name: &'static str,
        #[serde(rename = "a\"b")]
        quoted: Option<f64>,
        #[serde(flatten)]
        additional: BTreeMap<String, Value>,
    }

    fn pet(quoted: f64, name: &str) -> Pet {
        Pet {
            name: "Rex\n",
            quoted: Some(quoted),
            additional: BTreeMap::from([(name.to_owned(), json!([1, null, { "b": true }]))]),
        }
    }

    fn assert_same(value: &impl Serialize) {
        let expected = serde_json::to_string(value).expect("a value");
        let written = write(value).map(|(bytes, _)| String::from_utf8(bytes).expect("text"));
        assert_eq!(written, Some(expected));
    }

    #[test]
    fn values_are_written_as_serde_json_writes_them() {
        assert_same(&pet(0.1, "é"));
        assert_same(&json!({ "a": [], "b": {}, "c": [1.5e300, -1, u64::MAX, "\u{1f}"] }));
        assert_same(&(
            1u8,
            -2i64,
            3.4f32,
            i128::from(u64::MAX),
            'x',
            (),
            Some(false),
        ));
        for number in [0.0, -0.0, 1.0, 1e16, 1e-7, f64::MAX, f64::MIN_POSITIVE] {
            assert_same(&number);
        }
        let moment = DateTime::<Utc>::from_timestamp(1_525_975_962, 5_000_000);
        assert_same(&(moment, NaiveDate::from_ymd_opt(2024, 2, 29)));
    }

    #[test]
    fn what_no_type_excludes_is_refused() {
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(write(&vec![number]).is_none());
            assert!(write(&(number as f32)).is_none());
        }
        assert!(write(&pet(0.1, "name")).is_none());
        assert!(write(&i128::MAX).is_none());
        assert!(write(&BTreeMap::from([(1, 1)])).is_none());
        let last = NaiveDate::from_ymd_opt(9999, 12, 31).expect("a day");
        assert_same(&last);
        assert!(write(&(last + TimeDelta::days(1))).is_none());
        let year_10000 = DateTime::<Utc>::from_timestamp(253_402_300_800, 0);
        assert!(write(&year_10000).is_none());
    }
}
