//! Plain YAML scalars by the core schema of YAML 1.2 (section 10.3.2): `on`, `yes` and dates are strings.

use serde_json::{Number, Value};

/// The value of a plain scalar.
///
/// # Errors
/// A number that JSON cannot carry: infinite, not a number, or too large.
pub(super) fn plain(text: &str) -> Result<Value, String> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Ok(Value::Null),
        "true" | "True" | "TRUE" => return Ok(Value::Bool(true)),
        "false" | "False" | "FALSE" => return Ok(Value::Bool(false)),
        ".nan" | ".NaN" | ".NAN" => return Err(no_number(text)),
        _ => {}
    }
    if matches!(
        text.trim_start_matches(['-', '+']),
        ".inf" | ".Inf" | ".INF"
    ) {
        return Err(no_number(text));
    }
    if let Some(whole) = based(text) {
        return whole;
    }
    match decimal(text) {
        Some(number) => number,
        None => Ok(Value::String(text.to_owned())),
    }
}

/// `0x1F` and `0o17`.
fn based(text: &str) -> Option<Result<Value, String>> {
    let (digits, base) = match (text.strip_prefix("0x"), text.strip_prefix("0o")) {
        (Some(digits), _) => (digits, 16),
        (_, Some(digits)) => (digits, 8),
        _ => return None,
    };
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(base)) {
        return None;
    }
    Some(
        u64::from_str_radix(digits, base)
            .map(Value::from)
            .map_err(|_| no_number(text)),
    )
}

fn decimal(text: &str) -> Option<Result<Value, String>> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
        return None;
    }
    if unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
        let whole = text.strip_prefix('+').unwrap_or(text);
        let small = whole
            .parse::<i64>()
            .map(Value::from)
            .or_else(|_| whole.parse::<u64>().map(Value::from));
        return Some(small.or_else(|_| float(text)));
    }
    is_float(unsigned).then(|| float(text))
}

/// `[0-9]* ( \. [0-9]* )? ( [eE] [-+]? [0-9]+ )?` with a digit before the exponent.
fn is_float(unsigned: &str) -> bool {
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (
            mantissa,
            Some(exponent.strip_prefix(['-', '+']).unwrap_or(exponent)),
        ),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole)
        && digits(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && exponent.is_none_or(|exponent| !exponent.is_empty() && digits(exponent))
}

fn float(text: &str) -> Result<Value, String> {
    let number = text.parse().ok().and_then(Number::from_f64);
    number.map(Value::Number).ok_or_else(|| no_number(text))
}

fn no_number(text: &str) -> String {
    format!(
        "JSON has no number `{text}`. Write a finite number of at most 1.8e308, or quote it as a string."
    )
}

#[cfg(test)]
mod tests {
    use super::plain;
    use serde_json::json;

    #[test]
    fn scalars_follow_the_core_schema() {
        for (text, value) in [
            ("~", json!(null)),
            ("", json!(null)),
            ("True", json!(true)),
            ("yes", json!("yes")),
            ("on", json!("on")),
            ("2018-05-10", json!("2018-05-10")),
            ("12:30:45", json!("12:30:45")),
            ("0x1F", json!(31)),
            ("0o17", json!(15)),
            ("017", json!(17)),
            ("+5", json!(5)),
            ("-5", json!(-5)),
            ("+-5", json!("+-5")),
            (
                "18446744073709551615",
                json!(18_446_744_073_709_551_615_u64),
            ),
            ("100000000000000000000", json!(1e20)),
            ("1.0", json!(1.0)),
            (".5", json!(0.5)),
            ("5.", json!(5.0)),
            ("1e3", json!(1000.0)),
            ("1e", json!("1e")),
            (".", json!(".")),
            ("1.2.3", json!("1.2.3")),
            ("1_000", json!("1_000")),
        ] {
            assert_eq!(plain(text), Ok(value), "{text}");
        }
    }

    #[test]
    fn numbers_that_json_lacks_are_faults() {
        for text in [".inf", "-.inf", ".nan", "1e400"] {
            assert!(plain(text).is_err(), "{text}");
        }
    }
}
