//! The keyword `format` as a check: what JSON Schema defines, and what OpenAPI adds to it. Unknown formats accept everything.

use jsonschema::json::Node;
use jsonschema::{Draft, Keyword, ValidationError, Validator, paths::Location};
use serde_json::{Map, Number, Value};

use super::instance::Options;
use super::instance::{Instance, Instances};
use super::truncate::truncate_value;

/// What a compiled `format` is to `jsonschema`.
type Compiled<'a> = Result<Box<dyn for<'i> Keyword<'i, Instances>>, ValidationError<'a>>;

/// The same options, with `format` checked.
pub(super) fn check_formats(options: Options<'_>, draft: Draft) -> Options<'_> {
    options.with_keyword(
        "format",
        move |_: &Map<_, _>, value: &Value, _: Location| compile(value, draft),
    )
}

fn compile(value: &Value, draft: Draft) -> Compiled<'_> {
    let name = value.as_str().unwrap_or_default();
    let check = match name {
        "int32" => Check::Number(|number| is_integer(number, i32::MIN.into(), i32::MAX.into())),
        "int64" => Check::Number(|number| is_integer(number, i64::MIN, i64::MAX)),
        "float" => Check::Number(|number| number.as_f64().is_none_or(is_single)),
        "byte" => Check::Text(is_base64),
        _ => standard(value, draft)?,
    };
    let name = name.to_owned();
    Ok(Box::new(Format { name, check }))
}

/// A format that JSON Schema defines. Those that are newer than the document's draft are as in 2020-12.
fn standard(name: &Value, draft: Draft) -> Result<Check, ValidationError<'static>> {
    let known = jsonschema::options_for::<Instances>();
    let text = name.as_str().unwrap_or_default();
    let draft = [draft, Draft::Draft202012]
        .into_iter()
        .find(|draft| known.is_known_format(*draft, text));
    let Some(draft) = draft else {
        return Ok(Check::Nothing);
    };
    let schema = serde_json::json!({ "format": name });
    let options = known.with_draft(draft).should_validate_formats(true);
    options.build(&schema).map(Box::new).map(Check::Standard)
}

/// One `format` of a schema.
struct Format {
    name: String,
    check: Check,
}

enum Check {
    Nothing,
    Number(fn(&Number) -> bool),
    Text(fn(&str) -> bool),
    Standard(Box<Validator<Instances>>),
}

impl<'i> Keyword<'i, Instances> for Format {
    fn validate(&self, instance: Instance<'i>) -> Result<(), ValidationError<'i>> {
        if self.is_valid(instance) {
            return Ok(());
        }
        let (value, name) = (truncate_value(&instance.to_value()), &self.name);
        Err(ValidationError::custom(format!(
            "{value} is not a \"{name}\""
        )))
    }

    fn is_valid(&self, instance: Instance<'i>) -> bool {
        match &self.check {
            Check::Nothing => true,
            Check::Number(check) => instance.as_number().is_none_or(check),
            Check::Text(check) => instance.as_str().is_none_or(check),
            Check::Standard(validator) => !instance.is_string() || validator.is_valid(instance),
        }
    }
}

fn is_integer(number: &Number, least: i64, most: i64) -> bool {
    if let Some(integer) = number.as_i64() {
        return (least..=most).contains(&integer);
    }
    // A number that is not an i64 is a double, or beyond the bounds.
    let whole = number.as_f64().filter(|double| double.fract() == 0.0);
    !number.is_u64() && whole.is_some_and(|double| (least as f64..=most as f64).contains(&double))
}

fn is_single(double: f64) -> bool {
    double.abs() <= f64::from(f32::MAX)
}

/// Base64 with padding (RFC 4648, 4).
fn is_base64(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/';
    text.len().is_multiple_of(4) && text.len() - digits.len() <= 2 && digits.bytes().all(is_digit)
}

/// A check of a format by looking at each character once: what it accepts has the format. It may reject what has the format, too, in
/// forms that are seldom used. None if there is no such check.
pub(super) fn quick_check(format: &str) -> Option<fn(&str) -> bool> {
    Some(match format {
        "byte" => is_base64,
        "uri-reference" | "iri-reference" => is_plain_reference,
        "uuid" => |text| is_uuid(text.as_bytes()),
        _ => return None,
    })
}

/// A reference without a scheme, a query and a fragment: segments of unreserved and encoded characters (RFC 3986, 4.2).
fn is_plain_reference(text: &str) -> bool {
    let mut rest = text.as_bytes();
    loop {
        let plain = rest.iter().take_while(|byte| is_in_plain_path(**byte));
        match rest[plain.count()..] {
            [] => return true,
            [b'%', first, second, ref others @ ..]
                if first.is_ascii_hexdigit() && second.is_ascii_hexdigit() =>
            {
                rest = others;
            }
            _ => return false,
        }
    }
}

fn is_in_plain_path(byte: u8) -> bool {
    const PLAIN: [bool; 256] = {
        let mut plain = [false; 256];
        let mut byte = 0;
        while byte < plain.len() {
            let is_other = matches!(byte as u8, b'-' | b'.' | b'/' | b'_' | b'~');
            plain[byte] = is_other || (byte as u8).is_ascii_alphanumeric();
            byte += 1;
        }
        plain
    };
    PLAIN[usize::from(byte)]
}

/// 32 hexadecimal digits in five groups (RFC 9562, 4).
pub(crate) fn is_uuid(text: &[u8]) -> bool {
    let has_place = |(index, byte): (usize, &u8)| match index {
        8 | 13 | 18 | 23 => *byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    };
    text.len() == 36 && text.iter().enumerate().all(has_place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_accepts_good_and_rejects_bad_values() {
        let cases = [
            ("int32", "-2147483648", "2147483648"),
            ("int64", "9223372036854775807", "9223372036854775808"),
            ("int64", "1", "1.5"),
            ("float", "3.4e38", "3.5e38"),
            ("byte", r#""YQ==""#, r#""YQ=""#),
            ("byte", r#""""#, r#""é+/=""#),
            ("date", r#""2024-02-29""#, r#""2023-02-29""#),
            (
                "date-time",
                r#""2024-01-01T00:00:00Z""#,
                r#""2024-01-01 00:00:00""#,
            ),
            ("time", r#""23:59:59Z""#, r#""24:00:00Z""#),
            ("duration", r#""P1DT2H""#, r#""1 day""#),
            ("email", r#""a@example.com""#, r#""a""#),
            ("hostname", r#""example.com""#, r#""-a""#),
            ("ipv4", r#""127.0.0.1""#, r#""256.0.0.1""#),
            ("ipv6", r#""::1""#, r#""1""#),
            ("uri", r#""http://a/""#, r#""a""#),
            ("uri-reference", r#""a""#, r#""\\""#),
            (
                "uuid",
                r#""123e4567-e89b-12d3-a456-426614174000""#,
                r#""123e""#,
            ),
            ("regex", r#""^a""#, r#""(""#),
            ("json-pointer", r#""/a""#, r#""a""#),
        ];
        for draft in [Draft::Draft4, Draft::Draft202012] {
            for (format, good, bad) in cases {
                let schema = serde_json::json!({ "format": format });
                let options = jsonschema::options_for().with_draft(draft);
                let validator = check_formats(options, draft).build(&schema).unwrap();
                let is_valid = |text| {
                    let value = serde_json::from_str(text).unwrap();
                    validator.is_valid(Instance::Tree(&value))
                };
                assert!(is_valid(good), "{format}: {good}");
                assert!(!is_valid(bad), "{format}: {bad}");
            }
        }
    }

    #[test]
    fn a_quick_check_accepts_nothing_but_texts_of_the_format() {
        let uuid = "123e4567-e89b-12d3-a456-426614174000";
        let accepted = [
            ("byte", "YQ=="),
            ("uri-reference", "people/O%27Neil%20%C3%A9"),
            ("uri-reference", "//a/../~b_c-d"),
            ("uri-reference", ""),
            ("iri-reference", "/a.b"),
            ("uuid", uuid),
            ("uuid", "123E4567-E89B-12D3-A456-42661417400f"),
        ];
        let rejected = [
            ("byte", "Y"),
            ("uri-reference", "a%2"),
            ("uri-reference", "a%g0"),
            ("uri-reference", "a b"),
            ("uri-reference", "a\\b"),
            ("uri-reference", "é"),
            ("uuid", ""),
            ("uuid", "123e4567-e89b-12d3-a456-4266141740000"),
            ("uuid", "123e4567e-89b-12d3-a456-426614174000"),
            ("uuid", "123e4567-e89b-12d3-a456-42661417400g"),
        ];
        // References of other forms, which the validator decides.
        let undecided = [
            ("uri-reference", "a?b#c"),
            ("uri-reference", "http://a:80/"),
        ];
        let is_valid = |format: &str, text: &str| {
            let schema = serde_json::json!({ "format": format });
            let options = jsonschema::options_for().with_draft(Draft::Draft202012);
            let validator = check_formats(options, Draft::Draft202012).build(&schema);
            let value = Value::from(text);
            validator.unwrap().is_valid(Instance::Tree(&value))
        };
        let verdict = |(format, text)| {
            let check = quick_check(format).expect("a check");
            (check(text), is_valid(format, text))
        };
        for case in accepted {
            assert_eq!(verdict(case), (true, true), "{case:?}");
        }
        for case in rejected {
            assert_eq!(verdict(case), (false, false), "{case:?}");
        }
        for case in undecided {
            assert_eq!(verdict(case), (false, true), "{case:?}");
        }
        assert!(quick_check("email").is_none());
    }

    #[test]
    fn formats_accept_other_types_and_unknown_formats_accept_everything() {
        for format in ["int32", "double", "binary", "password", "cat", "date"] {
            let schema = serde_json::json!({ "format": format });
            let options = jsonschema::options_for().with_draft(Draft::Draft4);
            let validator = check_formats(options, Draft::Draft4)
                .build(&schema)
                .unwrap();
            assert!(
                validator.is_valid(Instance::Tree(&serde_json::json!([]))),
                "{format}"
            );
        }
    }
}
