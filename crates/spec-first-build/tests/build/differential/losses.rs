//! What the types may drop of a value and what they may add to it: undeclared members of an object that leaves them open, and
//! defaults. Everything else has to come back as it was sent.

use chrono::DateTime;
use serde_json::Value;

use super::reference::Reference;

/// Compares values with the schemas that their author wrote.
pub struct Losses<'a> {
    pub document: &'a Value,
    pub reference: &'a mut Reference,
}

impl Losses<'_> {
    /// What should have come back otherwise; `places` are pointers to the schemas that say what the value is.
    pub fn find(&mut self, places: &[String], sent: &Value, back: &Value) -> Vec<String> {
        let places = self.all(places, sent);
        match (sent, back) {
            (Value::Object(sent), Value::Object(back)) => {
                let names = sent
                    .keys()
                    .chain(back.keys().filter(|name| !sent.contains_key(*name)));
                let faults = names
                    .flat_map(|name| self.member(&places, name, sent.get(name), back.get(name)));
                faults.collect()
            }
            (Value::Array(sent), Value::Array(back)) if sent.len() == back.len() => {
                let items = |index: usize| {
                    let place = |place: &String| self.element(place, index);
                    places.iter().filter_map(place).collect::<Vec<_>>()
                };
                let items: Vec<_> = (0..sent.len()).map(items).collect();
                let pairs = items.iter().zip(sent.iter().zip(back));
                pairs
                    .flat_map(|(places, (sent, back))| self.find(places, sent, back))
                    .collect()
            }
            (Value::Number(sent), Value::Number(back)) if self.is_single(&places) => {
                let [sent, back] = [sent, back].map(|it| it.as_f64().map(|it| it as f32));
                let is_same = sent == back;
                let fault = (!is_same).then(|| format!("{sent:?} came back as {back:?}"));
                fault.into_iter().collect()
            }
            _ if is_same(sent, back) => Vec::new(),
            _ => vec![format!("{sent} came back as {back}")],
        }
    }

    fn member(
        &mut self,
        places: &[String],
        name: &str,
        sent: Option<&Value>,
        back: Option<&Value>,
    ) -> Vec<String> {
        let declared = self.declarations(places, name);
        match (sent, back) {
            (Some(sent), Some(back)) => self.find(&declared, sent, back),
            (Some(_), None) if declared.is_empty() => Vec::new(),
            (Some(sent), None) => vec![format!("{name}: {sent} is lost")],
            (None, Some(back)) => {
                let has_default =
                    |place: &String| self.followed(place).get("default") == Some(back);
                match declared.iter().any(has_default) {
                    true => Vec::new(),
                    false => vec![format!("{name}: {back} is added")],
                }
            }
            (None, None) => Vec::new(),
        }
    }

    /// The schemas of a member, wherever the object's own schemas speak of it.
    fn declarations(&self, places: &[String], name: &str) -> Vec<String> {
        let declaration = |place: &String| {
            let schema = self.schema(place);
            let token = name.replace('~', "~0").replace('/', "~1");
            let own = schema.get("properties").and_then(|all| all.get(name));
            match (own, schema.get("additionalProperties")) {
                (Some(_), _) => Some(format!("{place}/properties/{token}")),
                (None, Some(_)) => Some(format!("{place}/additionalProperties")),
                (None, None) => None,
            }
        };
        places.iter().filter_map(declaration).collect()
    }

    fn element(&self, place: &str, index: usize) -> Option<String> {
        let schema = self.schema(place);
        let prefix = schema.get("prefixItems").and_then(Value::as_array);
        if prefix.is_some_and(|prefix| index < prefix.len()) {
            return Some(format!("{place}/prefixItems/{index}"));
        }
        schema.get("items").map(|_| format!("{place}/items"))
    }

    /// The schemas, and all that they lead to for this value: of `oneOf` and `anyOf` the first branch that accepts it.
    fn all(&mut self, places: &[String], value: &Value) -> Vec<String> {
        let mut ahead = places.to_vec();
        let mut all = Vec::new();
        while let Some(place) = ahead.pop() {
            let schema = self.schema(&place).clone();
            if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
                ahead.push(target.trim_start_matches('#').to_owned());
            }
            let count = |keyword: &str| schema.get(keyword)?.as_array().map(Vec::len);
            let parts = count("allOf").unwrap_or(0);
            ahead.extend((0..parts).map(|index| format!("{place}/allOf/{index}")));
            for keyword in ["oneOf", "anyOf"] {
                let mut branches = (0..count(keyword).unwrap_or(0))
                    .map(|index| format!("{place}/{keyword}/{index}"));
                ahead.extend(branches.find(|branch| {
                    self.reference.knows(branch) && self.reference.accepts(branch, value)
                }));
            }
            all.push(place);
        }
        all
    }

    /// Whether one of the schemas asks for no more than the precision of `f32`.
    fn is_single(&self, places: &[String]) -> bool {
        let mut schemas = places.iter().map(|place| self.schema(place));
        schemas.any(|schema| schema.get("format").is_some_and(|format| format == "float"))
    }

    fn schema(&self, place: &str) -> &Value {
        self.document.pointer(place).unwrap_or(&Value::Null)
    }

    /// The schema at the end of a chain of references.
    fn followed(&self, place: &str) -> &Value {
        let schema = self.schema(place);
        match schema.get("$ref").and_then(Value::as_str) {
            Some(target) if schema.get("default").is_none() => {
                self.followed(target.trim_start_matches('#'))
            }
            _ => schema,
        }
    }
}

/// Whether it is the same value, and not only the same text: `1.0` is `1`, an instant may be in any time zone,
/// and a UUID in either case.
fn is_same(sent: &Value, back: &Value) -> bool {
    match (sent, back) {
        (Value::Number(sent), Value::Number(back)) => {
            sent == back || sent.as_f64() == back.as_f64()
        }
        (Value::String(sent), Value::String(back)) => {
            let instant = |text: &str| DateTime::parse_from_rfc3339(text).ok();
            sent == back
                || instant(sent).is_some() && instant(sent) == instant(back)
                || is_uuid(back) && sent.eq_ignore_ascii_case(back)
        }
        _ => sent == back,
    }
}

/// Whether the text is a UUID as RFC 9562 writes it.
fn is_uuid(text: &str) -> bool {
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    let bytes = text.bytes().enumerate();
    text.len() == 36
        && bytes.into_iter().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => is_digit(byte),
        })
}
