//! Security schemes and requirements, as the server reads them.

use serde_json::{Value, json};

use crate::api::{Api, Operation, Scheme, SchemeKind};

/// The schemes that operations require, and the realm of their challenges; none if all operations are public.
pub(super) fn schemes(api: &Api) -> Option<Value> {
    if api.schemes.is_empty() {
        return None;
    }
    let schemes: Vec<_> = api.schemes.iter().map(scheme).collect();
    Some(json!({ "realm": api.title, "schemes": schemes }))
}

fn scheme(scheme: &Scheme) -> Value {
    let mut value = match &scheme.kind {
        SchemeKind::ApiKey { part, name } => {
            json!({ "kind": "api_key", "in": part.name(), "parameter": name })
        }
        SchemeKind::Basic => json!({ "kind": "basic" }),
        SchemeKind::Bearer { .. } | SchemeKind::OAuth2 | SchemeKind::OpenIdConnect => {
            json!({ "kind": "bearer" })
        }
        SchemeKind::Http { scheme } => json!({ "kind": "http", "scheme": scheme }),
        SchemeKind::MutualTls => json!({ "kind": "mutual_tls" }),
    };
    value["name"] = json!(scheme.name);
    value
}

/// The alternatives of an operation, each a list of schemes; none if it is public.
pub(super) fn alternatives(operation: &Operation) -> Option<Value> {
    if operation.security.is_empty() {
        return None;
    }
    let alternatives = operation.security.iter().map(|alternative| {
        let requirements = alternative.iter();
        requirements
            .map(|it| json!({ "scheme": it.scheme, "scopes": it.scopes }))
            .collect::<Vec<_>>()
    });
    Some(alternatives.collect::<Vec<_>>().into())
}
