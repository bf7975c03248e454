//! Reads JSON as a type, and refuses whatever the type alone would let through: arrays for structs, objects for enums, members that
//! the type does not have, members that occur twice, dates in other notations than RFC 3339's.
//!
//! `serde_json` itself refuses byte order marks, invalid UTF-8, lone surrogates, numbers beyond a double, and nesting deeper than 127
//! levels.

mod access;
mod scalar;
mod set;

use std::cell::Cell;

use serde::de::{DeserializeOwned, Deserializer, Error, Visitor};
use serde_json::Value;

use self::access::{Elements, Members, Optional};
use self::scalar::{Anything, Double, Notation, Scalar, Single, Variant};
use super::during::During;

thread_local! {
    static IS_READING: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread is reading a body that no schema has accepted as a whole.
pub(crate) fn is_reading() -> bool {
    IS_READING.get()
}

/// The value of a type that the bytes contain; none if they have to be validated by a schema.
pub(crate) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    let _reading = During::new(&IS_READING, true);
    read_whole(bytes).ok()
}

/// The value of a type that a part of such a body is, which has been read as a tree by [`Reader`].
///
/// # Errors
/// The type refuses it.
pub(crate) fn read_value<T: DeserializeOwned>(value: Value) -> serde_json::Result<T> {
    T::deserialize(Reader(value))
}

fn read_whole<T: DeserializeOwned>(bytes: &[u8]) -> serde_json::Result<T> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = T::deserialize(Reader(&mut deserializer))?;
    deserializer.end()?;
    Ok(value)
}

/// A deserializer that refuses more than the one in it.
struct Reader<D>(D);

/// Methods for values without parts. The deserializer in it would put into words that a value is of another type.
macro_rules! scalars {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
            self.0.deserialize_any(Scalar(visitor))
        })*
    };
}

/// Methods for values that no generated type has.
macro_rules! refused {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, _: V) -> Result<V::Value, D::Error> {
            Err(D::Error::custom("only a schema decides about this value"))
        })*
    };
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Reader<D> {
    type Error = D::Error;

    // Of 128 bits only those are read that a JSON value holds.
    scalars! {
        deserialize_bool
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
        deserialize_string deserialize_unit
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_identifier(visitor)
    }

    // `deserialize_ignored_any` is for members that a struct does not have: they may be invalid, hidden or twice there.
    refused! { deserialize_char deserialize_bytes deserialize_byte_buf deserialize_ignored_any }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_any(Anything(visitor))
    }

    /// A number is read with the precision of a double, as it is where a schema validates it.
    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_f64(Single(visitor))
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_f64(Double(visitor))
    }

    /// Strings are read by `deserialize_string`; what is read from a borrowed text is a date, a moment or a UUID.
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_str(Notation(visitor))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_option(Optional(visitor))
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_seq(Elements::new(visitor))
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_tuple(length, Elements::new(visitor))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_tuple(length, Elements::new(visitor))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(Members::of_map(visitor))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(Members::of_struct(visitor))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_str(Variant {
            name,
            variants,
            visitor,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use chrono::{DateTime, NaiveDate, Utc};
    use indexmap::IndexSet;
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Pet {
        name: String,
        #[serde(default)]
        kind: Option<Kind>,
        #[serde(default)]
        friends: Vec<Pet>,
    }

    #[derive(Debug, PartialEq, Eq, Hash, Deserialize)]
    enum Kind {
        #[serde(rename = "cat")]
        Cat,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Open {
        name: String,
        #[serde(flatten)]
        additional: BTreeMap<String, Value>,
    }

    fn reads<T: DeserializeOwned>(text: &str) -> bool {
        read::<T>(text.as_bytes()).is_some()
    }

    #[test]
    fn structs_are_read_from_objects_and_enums_from_strings() {
        let pet = read::<Pet>(br#"{"name":"Rex","kind":"cat","friends":[{"name":"Tom"}]}"#);
        let tom = |name: &str, kind, friends| Pet {
            name: name.to_owned(),
            kind,
            friends,
        };
        let friends = vec![tom("Tom", None, vec![])];
        assert_eq!(pet, Some(tom("Rex", Some(Kind::Cat), friends)));
        for text in [
            r#"["Rex",null,[]]"#,
            r#"{"name":"Rex","kind":{"cat":null}}"#,
            r#"{"name":"Rex","friends":[["Tom"]]}"#,
        ] {
            assert!(!reads::<Pet>(text), "{text}");
        }
    }

    #[test]
    fn members_twice_and_unknown_members_of_structs_are_refused() {
        assert!(!reads::<Pet>(r#"{"name":"Rex","name":"Tom"}"#));
        assert!(!reads::<Pet>(r#"{"name":"Rex","age":1}"#));
        assert!(!reads::<BTreeMap<String, u8>>(r#"{"a":1,"\u0061":2}"#));
        assert!(!reads::<Value>(r#"[{"a":{"b":1,"b":1}}]"#));
        assert!(!reads::<Open>(r#"{"name":"Rex","a":1,"a":1}"#));
        assert!(!reads::<Open>(r#"{"name":"Rex","a":{"b":1,"b":1}}"#));
        let open = read::<Open>(r#"{"name":"Rex","a":[1.5],"é":{"b":-1}}"#.as_bytes());
        let additional = open.expect("it is read").additional;
        assert_eq!(json!(additional), json!({ "a": [1.5], "é": { "b": -1 } }));
    }

    #[test]
    fn numbers_are_read_only_where_every_reader_has_the_same() {
        assert_eq!(read::<i64>(b"-9223372036854775808"), Some(i64::MIN));
        assert_eq!(read::<u64>(b"18446744073709551615"), Some(u64::MAX));
        assert_eq!(read::<i128>(b"18446744073709551615"), Some(u64::MAX.into()));
        assert_eq!(read::<f64>(b"-9007199254740992"), Some(-9007199254740992.0));
        assert_eq!(read::<f64>(b"10.0"), Some(10.0));
        assert_eq!(read::<f32>(b"3.4"), Some(3.4));
        for text in ["1.0", "1e2", "-0", "256", "-1", "\"1\"", "null"] {
            assert!(!reads::<u8>(text), "{text}");
        }
        for text in [
            "1e400",
            "-0",
            "-0.0",
            "NaN",
            "true",
            // Both are rounded.
            "9007199254740993",
            "-9007199254740993",
        ] {
            assert!(!reads::<f64>(text), "{text}");
        }
        assert!(!reads::<i128>("18446744073709551616"));
        assert!(!reads::<f32>("3.5e38"));
        // A schema of 3.1 takes them for integers.
        for text in ["1.0", "1e2", "-0", "1e400"] {
            assert!(!reads::<Value>(text), "{text}");
        }
    }

    #[test]
    fn sets_have_no_two_elements_alike() {
        let read_set = |text: &str| read::<IndexSet<i64>>(text.as_bytes());
        assert_eq!(read_set("[2,-1,1]"), Some(IndexSet::from([2, -1, 1])));
        assert!(reads::<IndexSet<Kind>>(r#"["cat"]"#) && reads::<IndexSet<String>>("[]"));
        assert!(reads::<Vec<IndexSet<String>>>(r#"[["a","b"],["a"]]"#));
        for text in ["[1,1]", "[-1,2,-1]", "[1,1.0]", "[-0]", "[null]", "[[]]"] {
            assert!(read_set(text).is_none(), "{text}");
        }
        for text in [r#"["a","\u0061"]"#, r#"["\u0061","a"]"#, "[1]"] {
            assert!(!reads::<IndexSet<String>>(text), "{text}");
        }
        assert!(!reads::<IndexSet<Kind>>(r#"["cat","cat"]"#));
        assert!(!reads::<Vec<IndexSet<String>>>(r#"[["a","a"]]"#));
    }

    #[test]
    fn dates_are_read_in_one_notation() {
        assert!(reads::<NaiveDate>("\"2024-02-29\""));
        assert!(reads::<DateTime<Utc>>("\"2024-02-29T12:00:00.5+01:00\""));
        for text in ["\"2023-02-29\"", "\"2024-2-29\"", "\"+12024-02-29\"", "5"] {
            assert!(!reads::<NaiveDate>(text), "{text}");
        }
        for text in [
            "\"2024-02-29 12:00:00Z\"",
            "\"2024-02-29T12:00:60Z\"",
            "\"2024-02-29\"",
        ] {
            assert!(!reads::<DateTime<Utc>>(text), "{text}");
        }
    }

    #[test]
    fn what_is_not_json_is_refused() {
        let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(reads::<Value>(&deep(127)));
        assert!(!reads::<Value>(&deep(128)));
        for text in ["", "\u{feff}\"a\"", "\"\\ud800\"", "\"a\" \"b\"", "[1,]"] {
            assert!(!reads::<Value>(text), "{text}");
        }
        assert!(read::<String>(b"\"\xff\"").is_none());
        assert_eq!(
            read::<String>(br#" "\ud83d\ude00" "#).as_deref(),
            Some("😀")
        );
    }
}
