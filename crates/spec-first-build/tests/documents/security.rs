//! The same security in each version: the schemes as the version writes them, and every way to combine them.

use serde_json::{Value, json};
use spec_first_build::document::Document;
use spec_first_build::print::facts;
use spec_first_build::{Front, Model};

/// The flows of `oauth2`, as 2.0 and as 3.x names them.
const FLOWS: [(&str, &str); 4] = [
    ("implicit", "implicit"),
    ("password", "password"),
    ("application", "clientCredentials"),
    ("accessCode", "authorizationCode"),
];

/// Operations by their ids: what each requires, none of its own if it is `null`, and which principals its method receives.
const OPERATIONS: [(&str, &str, &[&str]); 12] = [
    ("inherited", "null", &["principal: Self::Token"]),
    ("public", "[]", &[]),
    ("open", "[{}]", &[]),
    ("by_key", r#"[{"key":[]}]"#, &["principal: Self::Key"]),
    ("by_query", r#"[{"query":[]}]"#, &["principal: Self::Query"]),
    ("by_basic", r#"[{"basic":[]}]"#, &["principal: Self::Basic"]),
    (
        "by_oauth",
        r#"[{"oauth":["read","write"]}]"#,
        &["principal: Self::Oauth"],
    ),
    (
        "all",
        r#"[{"key":[],"oauth":["read"]}]"#,
        &["key: Self::Key", "oauth: Self::Oauth"],
    ),
    (
        "any",
        r#"[{"key":[]},{"oauth":["read"]},{"key":[],"basic":[]}]"#,
        &["principal: security::KeyOrKeyAndBasicOrOauth<Self::Key, Self::Basic, Self::Oauth>"],
    ),
    (
        "levels",
        r#"[{"oauth":["read"]},{"oauth":["write"]}]"#,
        &["principal: Self::Oauth"],
    ),
    (
        "optional",
        r#"[{"token":[]},{}]"#,
        &["principal: Option<Self::Token>"],
    ),
    (
        "optional_all",
        r#"[{},{"key":[],"query":[]}]"#,
        &["principal: Option<(Self::Key, Self::Query)>"],
    ),
];

/// What the schemes of 3.x alone read.
const NEWER: [(&str, &str); 4] = [
    ("session", "ApiKey"),
    ("digest", "Authorization"),
    ("oidc", "Bearer"),
    ("certificate", "Connection"),
];

fn schemes(version: &str, (old, new): (&str, &str)) -> Value {
    let scopes = json!({ "read": "Read.", "write": "Write." });
    let mut flow = json!({ "scopes": scopes, "authorizationUrl": "https://a.test/", "tokenUrl": "https://a.test/token" });
    let needless = match old {
        "implicit" => Some("tokenUrl"),
        "password" | "application" => Some("authorizationUrl"),
        _ => None,
    };
    needless.map(|name| flow.as_object_mut().expect("an object").remove(name));
    let mut schemes = json!({
        "key": { "type": "apiKey", "in": "header", "name": "X-Key" },
        "query": { "type": "apiKey", "in": "query", "name": "key" },
    });
    if version == "2.0" {
        schemes["basic"] = json!({ "type": "basic" });
        flow["type"] = "oauth2".into();
        flow["flow"] = old.into();
        schemes["token"] = flow.clone();
        schemes["oauth"] = flow;
    } else {
        schemes["basic"] = json!({ "type": "http", "scheme": "basic" });
        schemes["token"] = json!({ "type": "http", "scheme": "bearer" });
        schemes["oauth"] = json!({ "type": "oauth2", "flows": { new: flow } });
        schemes["session"] = json!({ "type": "apiKey", "in": "cookie", "name": "session" });
        schemes["digest"] = json!({ "type": "http", "scheme": "digest" });
        schemes["oidc"] = json!({ "type": "openIdConnect", "openIdConnectUrl": "https://a.test/" });
        schemes["certificate"] = json!({ "type": "mutualTLS" });
    }
    schemes
}

fn document(version: &str, flow: (&str, &str)) -> Value {
    let schemes = schemes(version, flow);
    let mut paths = json!({});
    let own = NEWER
        .iter()
        .filter(|(scheme, _)| version != "2.0" && schemes.get(scheme).is_some());
    let own = own.map(|(scheme, _)| (*scheme, format!(r#"[{{"{scheme}":[]}}]"#)));
    let operations = OPERATIONS
        .iter()
        .map(|(id, security, _)| (*id, (*security).to_owned()));
    for (id, security) in operations.chain(own) {
        let security: Value = serde_json::from_str(&security).expect("JSON");
        let mut operation =
            json!({ "operationId": id, "responses": { "204": { "description": "Done." } } });
        if !security.is_null() {
            operation["security"] = security;
        }
        paths[format!("/{id}")] = json!({ "get": operation });
    }
    let mut document = json!({ "info": { "title": "A", "version": "1" }, "security": [{ "token": [] }], "paths": paths });
    match version {
        "2.0" => {
            document["swagger"] = version.into();
            document["securityDefinitions"] = schemes;
        }
        _ => {
            document["openapi"] = version.into();
            document["components"] = json!({ "securitySchemes": schemes });
        }
    }
    document
}

/// What is generated and what the server reads of the operations: for each its principals, its requirements, and whether the
/// server answers it.
struct Found {
    principals: Vec<(String, Vec<String>)>,
    alternatives: Vec<Value>,
    schemes: Vec<(String, String)>,
}

fn find(document: &Value) -> Found {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("swagger.yml");
    std::fs::write(&file, document.to_string()).expect("it is written");
    let document = Document::read(&file).expect("it is a document");
    let front = Front::new(&document).expect("it keeps the rules");
    let unserved = front
        .api
        .operations
        .iter()
        .filter(|it| it.unsupported().is_some());
    assert_eq!(unserved.count(), 0);
    let model = Model::new(&document, &front.api, &front.contract).expect("it has names");
    let facts = facts(&model);
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let mut methods = Vec::new();
    collect(&facts, &mut methods);
    let principals = methods.iter().map(|method| {
        let principals = method["principals"].as_array().expect("a list").iter();
        let principals =
            principals.map(|it| format!("{}: {}", text(&it["name"]), text(&it["type"])));
        (text(&method["name"]), principals.collect())
    });
    let schemes = facts["x-rs-security"]["schemes"]
        .as_array()
        .expect("a list")
        .iter();
    let operations = front.contract["operations"]
        .as_array()
        .expect("a list")
        .iter();
    Found {
        principals: principals.collect(),
        alternatives: operations.map(|it| it["security"].clone()).collect(),
        schemes: schemes
            .map(|it| (text(&it["wire"]), text(&it["credentials"])))
            .collect(),
    }
}

/// The facts of all methods, wherever they are.
fn collect<'f>(facts: &'f Value, methods: &mut Vec<&'f Value>) {
    match facts {
        Value::Object(members) if members.contains_key("principals") => methods.push(facts),
        Value::Object(members) => members.values().for_each(|it| collect(it, methods)),
        Value::Array(elements) => elements.iter().for_each(|it| collect(it, methods)),
        _ => (),
    }
}

#[test]
fn methods_receive_the_same_principals_in_each_version() {
    for version in ["2.0", "3.0.3", "3.1.0"] {
        for flow in FLOWS {
            let found = find(&document(version, flow));
            for (id, _, expected) in OPERATIONS {
                let method = found.principals.iter().find(|(name, _)| name == id);
                let (_, principals) = method.expect("a method");
                assert_eq!(principals, expected, "{version} {id}");
            }
        }
    }
}

#[test]
fn the_server_requires_the_same_in_each_version() {
    let expected = OPERATIONS.map(|(_, security, _)| {
        let security: Value = serde_json::from_str(security).expect("JSON");
        let security = match security {
            Value::Null => json!([{ "token": [] }]),
            other => other,
        };
        let alternatives = security
            .as_array()
            .into_iter()
            .flatten()
            .map(|alternative| {
                let schemes = alternative.as_object().into_iter().flatten();
                let schemes =
                    schemes.map(|(scheme, scopes)| json!({ "scheme": scheme, "scopes": scopes }));
                schemes.collect::<Value>()
            });
        let alternatives: Vec<_> = alternatives.collect();
        match alternatives.iter().all(|it| it == &json!([])) {
            true => Value::Null,
            false => alternatives.into(),
        }
    });
    for version in ["2.0", "3.0.3", "3.1.0"] {
        let found = find(&document(version, FLOWS[0]));
        assert_eq!(found.alternatives[..expected.len()], expected, "{version}");
    }
}

#[test]
fn each_scheme_has_its_credentials() {
    let common = [
        ("key", "ApiKey"),
        ("query", "ApiKey"),
        ("basic", "Basic"),
        ("token", "Bearer"),
        ("oauth", "Bearer"),
    ];
    for version in ["2.0", "3.0.3", "3.1.0"] {
        let newer = NEWER.iter().filter(|_| version != "2.0");
        let mut expected: Vec<_> = common.iter().chain(newer).copied().collect();
        expected.sort_unstable();
        let mut found = find(&document(version, FLOWS[3])).schemes;
        found.sort();
        let found: Vec<_> = found
            .iter()
            .map(|(name, kind)| (name.trim_matches('"'), kind.as_str()))
            .collect();
        assert_eq!(found, expected, "{version}");
    }
}
