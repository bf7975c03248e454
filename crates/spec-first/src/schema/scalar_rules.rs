//! The rules of a schema for texts or for integers, if it has no others. What they accept the schema accepts, without a JSON value
//! and without a walk over keywords; what they reject the schema decides, and explains.

use std::sync::LazyLock;

use serde_json::{Map, Value};

use super::format;
use super::pattern::TextPattern;
use super::registry::{Files, follow, look_up};

/// Keywords that accept every value.
const ANNOTATIONS: [&str; 8] = [
    "$comment",
    "default",
    "deprecated",
    "description",
    "example",
    "examples",
    "externalDocs",
    "title",
];

/// The keywords of the schema at a reference that are rules for a text or an integer, and its type; none if it has others.
#[must_use]
pub fn scalar_rules(files: &Files, reference: &str) -> Option<Map<String, Value>> {
    let schema = look_up(files, &follow(files, reference))?.as_object()?;
    ScalarRules::read(schema, true)?;
    let keywords = schema.iter();
    let rules = keywords.filter(|(keyword, _)| *keyword == "type" || !is_annotation(keyword));
    Some(
        rules
            .map(|(keyword, value)| (keyword.clone(), value.clone()))
            .collect(),
    )
}

/// Rules that are read when the first value is compared with them, since a pattern takes a while to be compiled.
#[derive(Debug)]
pub struct LazyRules(LazyLock<Option<ScalarRules>, Read>);

type Read = Box<dyn FnOnce() -> Option<ScalarRules> + Send>;

impl LazyRules {
    /// Those of what [`scalar_rules`] returns. Formats are rules if `formats` are checked.
    #[must_use]
    pub fn new(schema: Map<String, Value>, formats: bool) -> Self {
        let read = move || ScalarRules::read(&schema, formats);
        Self(LazyLock::new(Box::new(read)))
    }

    /// The rules; none if the keywords have others.
    #[must_use]
    pub fn get(&self) -> Option<&ScalarRules> {
        self.0.as_ref()
    }
}

/// The rules of a schema of one type.
#[derive(Debug)]
pub enum ScalarRules {
    /// For a text.
    Text(Box<TextRules>),
    /// For an integer.
    Integer(IntegerRules),
}

/// The rules for a text.
#[derive(Debug, Default)]
pub struct TextRules {
    /// In characters.
    least: usize,
    most: Option<usize>,
    pattern: Option<TextPattern>,
    /// The texts that are allowed; any if there are none.
    allowed: Option<Vec<String>>,
    /// Accepts nothing but texts of the format.
    format: Option<fn(&str) -> bool>,
}

/// The rules for an integer.
#[derive(Debug)]
pub struct IntegerRules {
    least: i128,
    most: i128,
}

impl ScalarRules {
    /// The rules of a schema; none if it has a keyword that they do not cover. Formats are rules if `formats` are checked.
    #[must_use]
    pub fn read(schema: &Map<String, Value>, formats: bool) -> Option<Self> {
        match schema.get("type")?.as_str()? {
            "string" => {
                let rules = TextRules::read(schema, formats);
                rules.map(Box::new).map(Self::Text)
            }
            "integer" => IntegerRules::read(schema, formats).map(Self::Integer),
            _ => None,
        }
    }

    /// Whether a value is a text or an integer that follows the rules.
    #[must_use]
    pub fn accepts(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Text(rules), Value::String(text)) => rules.accepts(text),
            (Self::Integer(rules), Value::Number(number)) => {
                let integer = number.as_i128().filter(|_| !number.is_f64());
                integer.is_some_and(|integer| rules.accepts(integer))
            }
            _ => false,
        }
    }
}

/// Whether a keyword accepts every value, or is `type`.
pub(super) fn is_annotation(keyword: &str) -> bool {
    keyword == "type" || keyword.starts_with("x-") || ANNOTATIONS.contains(&keyword)
}

impl TextRules {
    fn read(schema: &Map<String, Value>, formats: bool) -> Option<Self> {
        let mut rules = Self::default();
        for (keyword, value) in schema {
            match keyword.as_str() {
                "minLength" => rules.least = length(value)?,
                "maxLength" => rules.most = Some(length(value)?),
                "pattern" => {
                    rules.pattern = Some(TextPattern::without_backtracking(value.as_str()?)?)
                }
                "enum" => {
                    let texts = value.as_array()?.iter();
                    let texts = texts.map(|text| text.as_str().map(str::to_owned));
                    rules.allowed = Some(texts.collect::<Option<_>>()?);
                }
                "format" => {
                    let format = format::quick_check(value.as_str()?)?;
                    rules.format = formats.then_some(format);
                }
                other if is_annotation(other) => {}
                _ => return None,
            }
        }
        Some(rules)
    }

    /// Whether a text follows the rules.
    #[must_use]
    pub fn accepts(&self, text: &str) -> bool {
        let is_allowed = |allowed: &Vec<String>| allowed.iter().any(|other| other == text);
        self.has_length(text)
            && self
                .pattern
                .as_ref()
                .is_none_or(|pattern| pattern.is_match(text))
            && self.allowed.as_ref().is_none_or(is_allowed)
            && self.format.is_none_or(|is_of_format| is_of_format(text))
    }

    /// A text has at most as many characters as bytes, and at least a quarter of them.
    fn has_length(&self, text: &str) -> bool {
        let bytes = text.len();
        let is_certain =
            bytes.div_ceil(4) >= self.least && self.most.is_none_or(|most| bytes <= most);
        is_certain || {
            let count = text.chars().count();
            count >= self.least && self.most.is_none_or(|most| count <= most)
        }
    }
}

fn length(value: &Value) -> Option<usize> {
    usize::try_from(value.as_u64()?).ok()
}

impl IntegerRules {
    fn read(schema: &Map<String, Value>, formats: bool) -> Option<Self> {
        let mut rules = Self {
            least: i128::MIN,
            most: i128::MAX,
        };
        for (keyword, value) in schema {
            match keyword.as_str() {
                "minimum" => rules.at_least(integer(value)?),
                "maximum" => rules.at_most(integer(value)?),
                // Of the others, which are numbers themselves since draft 6, `true` excludes the bound beside it.
                "exclusiveMinimum" if value.is_boolean() => {
                    let excluded = schema.get("minimum").filter(|_| *value == true);
                    let bound = excluded.map(|bound| integer(bound).map(|it| it + 1));
                    rules.at_least(bound.unwrap_or(Some(i128::MIN))?);
                }
                "exclusiveMaximum" if value.is_boolean() => {
                    let excluded = schema.get("maximum").filter(|_| *value == true);
                    let bound = excluded.map(|bound| integer(bound).map(|it| it - 1));
                    rules.at_most(bound.unwrap_or(Some(i128::MAX))?);
                }
                "exclusiveMinimum" => rules.at_least(integer(value)? + 1),
                "exclusiveMaximum" => rules.at_most(integer(value)? - 1),
                "format" => rules.format(value.as_str()?, formats)?,
                other if is_annotation(other) => {}
                _ => return None,
            }
        }
        Some(rules)
    }

    fn at_least(&mut self, bound: i128) {
        self.least = self.least.max(bound);
    }

    fn at_most(&mut self, bound: i128) {
        self.most = self.most.min(bound);
    }

    fn format(&mut self, format: &str, is_checked: bool) -> Option<()> {
        let (least, most) = match format {
            "int32" => (i32::MIN.into(), i32::MAX.into()),
            "int64" => (i64::MIN.into(), i64::MAX.into()),
            _ => return None,
        };
        if is_checked {
            self.at_least(least);
            self.at_most(most);
        }
        Some(())
    }

    /// Whether an integer follows the rules.
    #[must_use]
    pub fn accepts(&self, integer: i128) -> bool {
        (self.least..=self.most).contains(&integer)
    }
}

fn integer(value: &Value) -> Option<i128> {
    let signed = value.as_i64().map(i128::from);
    signed.or_else(|| value.as_u64().map(i128::from))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::schema::{Checks, Dialect, Schema};

    /// The rules of a schema, as the build embeds them.
    fn rules(schema: &Value) -> Option<ScalarRules> {
        let files = Files::from_iter([("api.yml".to_owned(), schema.clone())]);
        let embedded = scalar_rules(&files, "api.yml#");
        let rules = embedded.and_then(|it| ScalarRules::read(&it, true));
        let read = schema
            .as_object()
            .and_then(|it| ScalarRules::read(it, true));
        assert_eq!(rules.is_some(), read.is_some(), "{schema}");
        rules
    }

    /// Whether the rules of a schema accept a value, where the schema itself does the same.
    fn accepts(schema: &Value, value: &Value) -> bool {
        let accepts = rules(schema).expect("there are rules").accepts(value);
        for dialect in [Dialect::Draft4, Dialect::Draft202012] {
            if let Ok(schema) = Schema::compile(schema, dialect, Checks::default()) {
                assert_eq!(schema.validate(value.clone()).is_ok(), accepts, "{value}");
            }
        }
        accepts
    }

    #[test]
    fn rules_accept_what_the_schema_accepts() {
        let cases = [
            (
                json!({ "type": "string", "minLength": 2 }),
                json!("éa"),
                json!("é"),
            ),
            (
                json!({ "type": "string", "maxLength": 2 }),
                json!("éé"),
                json!("abc"),
            ),
            (
                json!({ "type": "string", "maxLength": 0 }),
                json!(""),
                json!("a"),
            ),
            (
                json!({ "type": "string", "pattern": "^a.$" }),
                json!("aé"),
                json!("a"),
            ),
            (
                json!({ "type": "string", "pattern": "^(?!b)." }),
                json!("a"),
                json!("b"),
            ),
            (
                json!({ "type": "string", "enum": ["a", "b"] }),
                json!("b"),
                json!("c"),
            ),
            (
                json!({ "type": "string", "format": "byte", "minLength": 1 }),
                json!("YQ=="),
                json!("YQ="),
            ),
            (
                json!({ "type": "integer", "minimum": 1 }),
                json!(1),
                json!(0),
            ),
            (
                json!({ "type": "integer", "maximum": 1 }),
                json!(1),
                json!(2),
            ),
            (
                json!({ "type": "integer", "maximum": 1, "exclusiveMaximum": true }),
                json!(0),
                json!(1),
            ),
            (
                json!({ "type": "integer", "minimum": 1, "exclusiveMinimum": true }),
                json!(2),
                json!(1),
            ),
            (
                json!({ "type": "integer", "minimum": 1, "exclusiveMinimum": false }),
                json!(1),
                json!(0),
            ),
            (
                json!({ "type": "integer", "exclusiveMinimum": 1 }),
                json!(2),
                json!(1),
            ),
            (
                json!({ "type": "integer", "exclusiveMaximum": -1 }),
                json!(-2),
                json!(-1),
            ),
            (
                json!({ "type": "integer", "format": "int32" }),
                json!(i32::MAX),
                json!(1_u64 << 31),
            ),
            (
                json!({ "type": "integer", "format": "int64", "title": "A", "x-a": 1 }),
                json!(i64::MIN),
                json!(u64::MAX),
            ),
        ];
        for (schema, good, bad) in cases {
            assert!(accepts(&schema, &good), "{schema} {good}");
            assert!(!accepts(&schema, &bad), "{schema} {bad}");
        }
    }

    #[test]
    fn formats_that_are_not_checked_are_no_rules() {
        for (schema, value) in [
            (
                json!({ "type": "integer", "format": "int32" }),
                json!(1_u32 << 31),
            ),
            (json!({ "type": "string", "format": "uuid" }), json!("1")),
        ] {
            let schema = schema.as_object().expect("an object");
            let rules = ScalarRules::read(schema, false).expect("there are rules");
            assert!(rules.accepts(&value), "{value}");
        }
    }

    #[test]
    fn a_schema_with_another_keyword_has_no_rules() {
        for schema in [
            json!({}),
            json!(true),
            json!({ "type": ["string", "null"] }),
            json!({ "type": "number" }),
            json!({ "type": "string", "format": "date" }),
            json!({ "type": "string", "pattern": r"(a)\1" }),
            json!({ "type": "string", "enum": ["a", null] }),
            json!({ "type": "integer", "multipleOf": 2 }),
            json!({ "type": "integer", "minimum": 0.5 }),
            json!({ "type": "integer", "format": "float" }),
            json!({ "type": "integer", "not": {} }),
        ] {
            assert!(rules(&schema).is_none(), "{schema}");
        }
    }
}
