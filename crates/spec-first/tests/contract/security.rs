//! Who may call an operation: schemes and their combinations, with right, wrong and hostile credentials.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::{Value, json};
use spec_first::RequestHead;
use spec_first::contract::{Call, Routes, Settings, no_rules};
use spec_first::problem::Problem;
use spec_first::security::{
    ApiKey, Authenticated, Authorization, Basic, Bearer, Connection, Credentials, Rejection,
};

use crate::client::Answer;
use crate::files::{contract, operation, with};
use crate::log;
use crate::server::{Application, Server, application};

const SCHEMES: [&str; 7] = [
    "header",
    "query",
    "cookie",
    "basic",
    "token",
    "digest",
    "certificate",
];

/// The operations, by their paths: the alternatives of each, and the scopes in them.
const OPERATIONS: [(&str, &str); 14] = [
    ("public", "[]"),
    ("header", r#"[{"header":[]}]"#),
    ("query", r#"[{"query":[]}]"#),
    ("cookie", r#"[{"cookie":[]}]"#),
    ("basic", r#"[{"basic":[]}]"#),
    ("token", r#"[{"token":[]}]"#),
    ("digest", r#"[{"digest":[]}]"#),
    ("certificate", r#"[{"certificate":[]}]"#),
    ("scopes", r#"[{"token":["read","write"]}]"#),
    ("and", r#"[{"header":[],"token":["read"]}]"#),
    (
        "or",
        r#"[{"header":[]},{"token":["write"]},{"token":[],"query":[]}]"#,
    ),
    ("optional", r#"[{},{"token":["read"]},{"header":[]}]"#),
    ("certified", r#"[{"certificate":[]},{}]"#),
    (
        "anybody",
        r#"[{"header":[]},{"query":[]},{"cookie":[]},{"basic":[]},{"token":[]},{"digest":[]},{"certificate":[]},{}]"#,
    ),
];

fn alternatives(text: &str) -> Value {
    let alternatives: Value = serde_json::from_str(text).expect("a list");
    let alternatives = alternatives.as_array().into_iter().flatten();
    let requirements = alternatives.map(|alternative| {
        let schemes = alternative.as_object().into_iter().flatten();
        let requirements =
            schemes.map(|(name, scopes)| json!({ "scheme": name, "scopes": scopes }));
        requirements.collect::<Value>()
    });
    requirements.collect()
}

fn secured() -> Value {
    let operations = OPERATIONS.map(|(id, security)| {
        let operation = operation(id, "GET", &format!("/{id}"));
        with(operation, "security", alternatives(security))
    });
    let required = with(
        operation("checked", "POST", "/checked"),
        "security",
        alternatives(r#"[{"token":[]}]"#),
    );
    let age = json!([{ "name": "age", "in": "query", "required": true, "schema": "api.yml#/schemas/age", "style": "form", "explode": true, "shape": { "types": ["integer"] } }]);
    let required = with(required, "parameters", age);
    let required = with(required, "body", crate::files::body("age"));
    let operations: Vec<_> = operations.into_iter().chain([required]).collect();
    let schemas = json!({ "age": { "type": "integer" } });
    let mut contract = contract(schemas, operations.into());
    contract["security"] = json!({ "realm": "The \"API\"", "schemes": [
        { "name": "header", "kind": "api_key", "in": "header", "parameter": "X-Key" },
        { "name": "query", "kind": "api_key", "in": "query", "parameter": "the key" },
        { "name": "cookie", "kind": "api_key", "in": "cookie", "parameter": "session" },
        { "name": "basic", "kind": "basic" },
        { "name": "token", "kind": "bearer" },
        { "name": "digest", "kind": "http", "scheme": "Digest" },
        { "name": "certificate", "kind": "mutual_tls" },
    ] });
    contract
}

fn server_with(settings: Settings) -> Server {
    Server::start(&secured(), settings, mount)
}

pub fn server() -> Server {
    server_with(Settings::default())
}

fn mount(routes: &mut Routes) {
    let app = application();
    for (id, _) in OPERATIONS {
        routes.add(id, &app, show);
    }
    routes.add("checked", &app, show);
    add::<ApiKey>(routes, "header", |key| key.expose().to_owned());
    add::<ApiKey>(routes, "query", |key| key.expose().to_owned());
    add::<ApiKey>(routes, "cookie", |key| key.expose().to_owned());
    add::<Basic>(routes, "basic", |basic| {
        format!("{}/{}", basic.name(), basic.expose_password())
    });
    add::<Bearer>(routes, "token", |token| token.expose().to_owned());
    add::<Authorization>(routes, "digest", |value| value.expose().to_owned());
    routes.authenticate(
        "certificate",
        &app,
        async |_: &Application, connection, head| {
            let _: &Connection = &connection;
            assert_eq!(connection.get::<u8>(), None);
            match head.headers().get("Client-Cert") {
                Some(certificate) => decide(certificate.to_str().unwrap_or("wrong")),
                None => Err(Rejection::missing()),
            }
        },
    );
}

fn add<C: Credentials + 'static>(
    routes: &mut Routes,
    scheme: &'static str,
    text: fn(&C) -> String,
) {
    let authenticate = async move |_: &Application, credentials: C, head: &RequestHead| {
        assert_eq!(head.uri().path(), format!("/api/{}", head.operation()));
        decide(&text(&credentials))
    };
    routes.authenticate(scheme, &application(), authenticate);
}

/// Decides by what the credentials contain.
fn decide(text: &str) -> Result<Authenticated<String>, Rejection> {
    let authenticated = Authenticated::new(text.to_owned());
    match text {
        _ if text.contains("wrong") => Err(Rejection::invalid("the credentials are wrong")),
        _ if text.contains("locked") => Err(Rejection::forbidden("the account is locked")),
        _ if text.contains("down") => Err(Rejection::unavailable("the database is down")),
        _ if text.contains("reader") => Ok(authenticated.with_scopes(["read"])),
        _ if text.contains("writer") => Ok(authenticated.with_scopes(["write", "read"])),
        _ if text.contains("root") => Ok(authenticated.with_all_scopes()),
        _ => Ok(authenticated),
    }
}

/// Returns what the call knows of its caller.
async fn show(_: Arc<Application>, call: Call) -> Result<HttpResponse, Problem> {
    let singles = SCHEMES.iter().map(std::slice::from_ref);
    let pairs: [&[&str]; 2] = [&["token", "header"], &["query", "token"]];
    let mut candidates = singles.chain(pairs);
    let met = candidates
        .find(|schemes| call.meets(schemes))
        .map(<[_]>::len);
    assert_eq!(met.is_none(), call.is_anonymous());
    let principals = SCHEMES.iter().filter_map(|scheme| {
        let principal: String = call.principal(scheme).ok()?;
        Some(((*scheme).to_owned(), principal.into()))
    });
    let principals: serde_json::Map<String, Value> = principals.collect();
    let body = json!({ "met": met, "principals": principals });
    let outcome = async { Ok(body) };
    call.respond(StatusCode::OK, no_rules, outcome).await
}

/// Asserts what the handler received.
#[track_caller]
pub fn called(answer: &Answer, principals: Value) {
    let count = principals.as_object().map(serde_json::Map::len);
    let met = count.filter(|count| *count > 0);
    let body = json!({ "met": met, "principals": principals });
    answer.is_json(200, &body.to_string());
    assert_eq!(answer.header("WWW-Authenticate"), "");
}

/// Asserts a problem with these challenges.
#[track_caller]
pub fn rejected(answer: &Answer, status: u16, detail: &str, challenges: &[&str]) {
    let title = match status {
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        _ => "Service Unavailable",
    };
    let body = json!({ "type": "about:blank", "title": title, "status": status, "detail": detail });
    answer.is_problem(status, &body.to_string());
    assert_eq!(answer.headers("WWW-Authenticate"), challenges);
}

pub fn get(server: &Server, target: &str, headers: &str) -> Answer {
    server.send("GET", &format!("/api/{target}"), headers, "")
}

pub const BASIC: &str = r#"Basic realm="The \"API\"", charset="UTF-8""#;
pub const TOKEN: &str = r#"Bearer realm="The \"API\"""#;
pub const INVALID_TOKEN: &str = r#"Bearer realm="The \"API\"", error="invalid_token""#;
pub const DIGEST: &str = r#"Digest realm="The \"API\"""#;
pub const HEADER: &str = r#"ApiKey realm="The \"API\"", in="header", name="x-key""#;
pub const QUERY: &str = r#"ApiKey realm="The \"API\"", in="query", name="the key""#;
pub const COOKIE: &str = r#"ApiKey realm="The \"API\"", in="cookie", name="session""#;
pub const CERTIFICATE: &str = r#"MutualTLS realm="The \"API\"""#;
pub const MALFORMED: &str = "the header Authorization is malformed";

#[test]
fn a_public_operation_reads_no_credentials() {
    let server = server();
    for headers in [
        "",
        "Authorization: Bearer wrong\r\nAuthorization: \u{e4}\r\n",
    ] {
        called(&get(&server, "public", headers), json!({}));
    }
}

#[test]
fn the_handler_receives_who_has_the_right_credentials() {
    let server = server();
    for (target, headers, principal) in [
        ("header", "X-Key: k1\r\n", "k1"),
        ("header", "x-kEY:   k 1 \r\n", "k 1"),
        ("header", "X-Key: \u{e4}\u{20ac}\r\n", "\u{e4}\u{20ac}"),
        ("query?the%20key=a%2Bb+c", "", "a+b c"),
        ("query?a=1&the+key=%C3%A4", "", "ä"),
        ("cookie", "Cookie: a=1; session=k=1; b=2\r\n", "k=1"),
        // ann:secret, ann:se:cret, ":", "ä:ö", without padding
        (
            "basic",
            "Authorization: Basic YW5uOnNlY3JldA==\r\n",
            "ann/secret",
        ),
        (
            "basic",
            "Authorization: bAsIc YW5uOnNlOmNyZXQ=\r\n",
            "ann/se:cret",
        ),
        ("basic", "Authorization: Basic Og==\r\n", "/"),
        ("basic", "Authorization: Basic w6Q6w7Y=\r\n", "ä/ö"),
        (
            "basic",
            "Authorization: Basic YW5uOnNlY3JldA\r\n",
            "ann/secret",
        ),
        (
            "token",
            "Authorization: Bearer a.b-c_d~e+f/g==\r\n",
            "a.b-c_d~e+f/g==",
        ),
        ("token", "Authorization: BEARER   t \r\n", "t"),
        (
            "digest",
            "Authorization: digest a=\"1\", b=2\r\n",
            "a=\"1\", b=2",
        ),
        ("certificate", "Client-Cert: c\r\n", "c"),
    ] {
        let scheme = target.split('?').next().expect("a path");
        let answer = get(&server, target, headers);
        called(&answer, json!({ scheme: principal }));
    }
}

#[test]
fn a_request_without_credentials_is_401_with_a_challenge() {
    let server = server();
    for (id, challenge) in [
        ("header", HEADER),
        ("query", QUERY),
        ("cookie", COOKIE),
        ("basic", BASIC),
        ("token", TOKEN),
        ("digest", DIGEST),
        ("certificate", CERTIFICATE),
    ] {
        let detail = format!("credentials are required: {id}");
        rejected(&get(&server, id, ""), 401, &detail, &[challenge]);
    }
    let answer = get(&server, "scopes", "");
    rejected(&answer, 401, "credentials are required: token", &[TOKEN]);
    let answer = get(&server, "and", "");
    let detail = "credentials are required: header and token";
    rejected(&answer, 401, detail, &[HEADER, TOKEN]);
    let answer = get(&server, "or", "");
    let detail = "credentials are required: header, or token, or token and query";
    rejected(&answer, 401, detail, &[HEADER, TOKEN, QUERY]);
}

#[test]
fn wrong_credentials_are_401() {
    let server = server();
    let wrong = "the credentials are wrong";
    for (target, headers, challenge) in [
        ("header", "X-Key: wrong\r\n", HEADER),
        ("query?the%20key=wrong", "", QUERY),
        ("cookie", "Cookie: session=wrong\r\n", COOKIE),
        ("basic", "Authorization: Basic d3Jvbmc6d3Jvbmc=\r\n", BASIC),
        ("token", "Authorization: Bearer wrong\r\n", INVALID_TOKEN),
        ("digest", "Authorization: Digest wrong\r\n", DIGEST),
        ("certificate", "Client-Cert: wrong\r\n", CERTIFICATE),
    ] {
        rejected(&get(&server, target, headers), 401, wrong, &[challenge]);
    }
}

#[test]
fn malformed_credentials_are_401_and_never_reach_the_application() {
    let server = server();
    let none = "the header Authorization has none of the schemes of the operation";
    for (target, headers, detail, challenge) in [
        ("header", "X-Key:\r\n", "the key is empty", HEADER),
        ("query?the+key", "", "the key is empty", QUERY),
        (
            "query?the+key=%FF",
            "",
            "the key is not encoded as a query is",
            QUERY,
        ),
        (
            "query?the+key=%",
            "",
            "the key is not encoded as a query is",
            QUERY,
        ),
        ("cookie", "Cookie: session=\r\n", "the key is empty", COOKIE),
        ("basic", "Authorization: Basic\r\n", MALFORMED, BASIC),
        ("basic", "Authorization: Basic !!!!\r\n", MALFORMED, BASIC),
        ("basic", "Authorization: Basic YW5u\r\n", MALFORMED, BASIC),
        (
            "basic",
            "Authorization: Basic YW5uOnMAZQ==\r\n",
            MALFORMED,
            BASIC,
        ),
        ("basic", "Authorization: Basic /zr/\r\n", MALFORMED, BASIC),
        (
            "basic",
            "Authorization: Basic YW5uOnNlY3JldA== x\r\n",
            MALFORMED,
            BASIC,
        ),
        (
            "token",
            "Authorization: Bearer\r\n",
            MALFORMED,
            INVALID_TOKEN,
        ),
        (
            "token",
            "Authorization: Bearer =\r\n",
            MALFORMED,
            INVALID_TOKEN,
        ),
        (
            "token",
            "Authorization: Bearer a b\r\n",
            MALFORMED,
            INVALID_TOKEN,
        ),
        (
            "token",
            "Authorization: Bearer a,b\r\n",
            MALFORMED,
            INVALID_TOKEN,
        ),
        (
            "token",
            "Authorization: Bearer \u{e4}\r\n",
            MALFORMED,
            INVALID_TOKEN,
        ),
        ("digest", "Authorization: Digest\r\n", MALFORMED, DIGEST),
        ("token", "Authorization:\r\n", none, TOKEN),
        ("token", "Authorization: Bearerx\r\n", none, TOKEN),
        (
            "token",
            "Authorization: Basic YW5uOnNlY3JldA==\r\n",
            none,
            TOKEN,
        ),
        ("token", "Authorization: \u{e4}\r\n", none, TOKEN),
        ("basic", "Authorization: Bearer t\r\n", none, BASIC),
    ] {
        rejected(&get(&server, target, headers), 401, detail, &[challenge]);
    }
    for (path, header) in [
        ("header", "X-Key"),
        ("cookie", "Cookie"),
        ("token", "Authorization"),
    ] {
        let head =
            format!("GET /api/{path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{header}: ");
        let request = [head.as_bytes(), b"session=\xff\xfe\r\n\r\n"].concat();
        assert_eq!(server.raw(request).status, 401, "{header}");
    }
}

#[test]
fn repeated_credentials_are_400() {
    let server = server();
    for (target, headers, detail) in [
        (
            "header",
            "X-Key: a\r\nx-key: a\r\n",
            r#"the header "x-key" occurs more than once"#,
        ),
        (
            "query?the+key=a&the%20key=a",
            "",
            r#"the query parameter "the key" occurs more than once"#,
        ),
        (
            "cookie",
            "Cookie: session=a\r\nCookie: session=b\r\n",
            r#"the cookie "session" occurs more than once"#,
        ),
        (
            "token",
            "Authorization: Bearer a\r\nAuthorization: Bearer a\r\n",
            r#"the header "authorization" occurs more than once"#,
        ),
        (
            "optional",
            "Authorization: Basic a\r\nAuthorization: Bearer reader\r\n",
            r#"the header "authorization" occurs more than once"#,
        ),
    ] {
        rejected(&get(&server, target, headers), 400, detail, &[]);
    }
}

#[test]
fn oversized_credentials_are_rejected() {
    let server = server();
    let long = "a".repeat(1024 * 1024);
    for (target, headers) in [
        ("token", format!("Authorization: Bearer {long}\r\n")),
        ("header", format!("X-Key: {long}\r\n")),
        (&*format!("query?the+key={long}"), String::new()),
    ] {
        let status = get(&server, target, &headers).status;
        assert!((400..500).contains(&status), "{status}");
    }
    // The longest head is what bounds the credentials.
    let long = "a".repeat(60 * 1024);
    let answer = get(
        &server,
        "token",
        &format!("Authorization: Bearer {long}\r\n"),
    );
    called(&answer, json!({ "token": long }));
}

#[test]
fn scopes_are_those_of_the_spec() {
    let server = server();
    let insufficient =
        r#"Bearer realm="The \"API\"", error="insufficient_scope", scope="read write""#;
    let detail = r#"these scopes are required: "read", "write""#;
    for token in ["nobody", "reader"] {
        let answer = get(
            &server,
            "scopes",
            &format!("Authorization: Bearer {token}\r\n"),
        );
        rejected(&answer, 403, detail, &[insufficient]);
    }
    for token in ["writer", "root"] {
        let answer = get(
            &server,
            "scopes",
            &format!("Authorization: Bearer {token}\r\n"),
        );
        called(&answer, json!({ "token": token }));
    }
}

#[test]
fn all_schemes_of_an_alternative_have_to_be_met() {
    let server = server();
    let answer = get(
        &server,
        "and",
        "X-Key: k\r\nAuthorization: Bearer reader\r\n",
    );
    called(&answer, json!({ "header": "k", "token": "reader" }));
    let required = "credentials are required: header and token";
    let (key, wrong) = ("X-Key: k\r\n", "the credentials are wrong");
    rejected(&get(&server, "and", key), 401, required, &[HEADER, TOKEN]);
    // A wrong key alone is not even looked at.
    let answer = get(&server, "and", "X-Key: wrong\r\n");
    rejected(&answer, 401, required, &[HEADER, TOKEN]);
    let answer = get(
        &server,
        "and",
        &format!("{key}Authorization: Bearer wrong\r\n"),
    );
    rejected(&answer, 401, wrong, &[HEADER, INVALID_TOKEN]);
    let answer = get(
        &server,
        "and",
        "X-Key: wrong\r\nAuthorization: Bearer reader\r\n",
    );
    rejected(&answer, 401, wrong, &[HEADER, TOKEN]);
    let answer = get(
        &server,
        "and",
        &format!("{key}Authorization: Bearer nobody\r\n"),
    );
    let insufficient = r#"Bearer realm="The \"API\"", error="insufficient_scope", scope="read""#;
    rejected(
        &answer,
        403,
        r#"these scopes are required: "read""#,
        &[insufficient],
    );
}

#[test]
fn the_first_alternative_that_is_met_counts() {
    let server = server();
    for (target, headers, principals) in [
        ("or", "X-Key: k\r\n", json!({ "header": "k" })),
        (
            "or",
            "Authorization: Bearer writer\r\n",
            json!({ "token": "writer" }),
        ),
        (
            "or?the+key=q",
            "Authorization: Bearer nobody\r\n",
            json!({ "query": "q", "token": "nobody" }),
        ),
        (
            "or",
            "X-Key: k\r\nAuthorization: Bearer writer\r\n",
            json!({ "header": "k" }),
        ),
        (
            "or",
            "X-Key: wrong\r\nAuthorization: Bearer writer\r\n",
            json!({ "token": "writer" }),
        ),
    ] {
        called(&get(&server, target, headers), principals);
    }
    let insufficient = r#"Bearer realm="The \"API\"", error="insufficient_scope", scope="write""#;
    let answer = get(
        &server,
        "or",
        "X-Key: wrong\r\nAuthorization: Bearer reader\r\n",
    );
    rejected(
        &answer,
        403,
        r#"these scopes are required: "write""#,
        &[insufficient],
    );
}

#[test]
fn a_problem_of_the_server_precedes_one_of_the_caller() {
    log::keep();
    let server = server();
    let answer = get(
        &server,
        "or",
        "X-Key: down\r\nAuthorization: Bearer locked\r\n",
    );
    rejected(&answer, 503, "credentials cannot be checked now", &[]);
    assert_eq!(answer.header("Retry-After"), "5");
    let causes = log::lines("the database is down");
    assert!(
        !causes.is_empty() && !causes[0].contains("locked"),
        "{causes:?}"
    );
    let answer = get(
        &server,
        "or",
        "X-Key: locked\r\nAuthorization: Bearer wrong\r\n",
    );
    rejected(&answer, 403, "the account is locked", &[]);
}

#[test]
fn wrong_credentials_are_never_taken_for_none() {
    let server = server();
    called(&get(&server, "optional", ""), json!({}));
    called(
        &get(&server, "optional?the+key=wrong", "Cookie: session=a\r\n"),
        json!({}),
    );
    let answer = get(&server, "optional", "Authorization: Bearer reader\r\n");
    called(&answer, json!({ "token": "reader" }));
    let answer = get(&server, "optional", "X-Key: k\r\n");
    called(&answer, json!({ "header": "k" }));
    let none = "the header Authorization has none of the schemes of the operation";
    for (headers, detail, token) in [
        (
            "Authorization: Bearer wrong\r\n",
            "the credentials are wrong",
            INVALID_TOKEN,
        ),
        ("Authorization: Bearer\r\n", MALFORMED, INVALID_TOKEN),
        ("Authorization: Basic YW5uOnNlY3JldA==\r\n", none, TOKEN),
        ("Authorization:\r\n", none, TOKEN),
        ("X-Key: wrong\r\n", "the credentials are wrong", TOKEN),
        ("X-Key:\r\n", "the key is empty", TOKEN),
    ] {
        rejected(
            &get(&server, "optional", headers),
            401,
            detail,
            &[token, HEADER],
        );
    }
    let answer = get(&server, "optional", "Authorization: Bearer nobody\r\n");
    assert_eq!(answer.status, 403);
    called(&get(&server, "certified", ""), json!({}));
    let answer = get(&server, "certified", "Client-Cert: wrong\r\n");
    rejected(&answer, 401, "the credentials are wrong", &[CERTIFICATE]);
}

#[test]
fn credentials_are_checked_before_parameters_and_body() {
    let server = server();
    let post = |headers: &str| server.send("POST", "/api/checked?age=old", headers, "x");
    let answer = post("Content-Type: text/plain\r\n");
    rejected(&answer, 401, "credentials are required: token", &[TOKEN]);
    assert_eq!(post("Authorization: Bearer reader\r\n").status, 400);
    let expecting = "POST /api/checked HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 9999\r\n\r\n";
    assert_eq!(server.raw(expecting).status, 401);
    assert_eq!(server.send("PUT", "/api/checked", "", "").status, 405);
    assert_eq!(server.send("OPTIONS", "/api/checked", "", "").status, 204);
}

#[test]
fn a_key_in_the_query_is_declared() {
    let server = server_with(Settings {
        strict: true,
        ..Settings::default()
    });
    called(
        &get(&server, "query?the+key=k", ""),
        json!({ "query": "k" }),
    );
    assert_eq!(get(&server, "query?the+key=k&other=1", "").status, 400);
    assert_eq!(get(&server, "header?the+key=k", "X-Key: k\r\n").status, 400);
}

#[test]
fn credentials_are_never_logged() {
    log::keep();
    let server = server();
    let answers = [
        get(&server, "token", "Authorization: Bearer hidden-wrong\r\n"),
        get(&server, "token", "Authorization: Bearer hidden-down\r\n"),
        get(&server, "query?the+key=hidden-wrong", ""),
        get(&server, "token", "Authorization: Bearer hidden wrong\r\n"),
    ];
    assert_eq!(answers.each_ref().map(|it| it.status), [401, 503, 401, 401]);
    assert!(answers.iter().all(|answer| !answer.body.contains("hidden")));
    assert_eq!(log::lines("hidden"), [""; 0]);
}

#[test]
fn a_scheme_without_an_authentication_is_an_error_at_the_start() {
    let api = spec_first::Api::new(crate::server::spec(&secured()), |routes| {
        for (id, _) in OPERATIONS {
            routes.add(id, &application(), show);
        }
        routes.add("checked", &application(), show);
        add::<ApiKey>(routes, "other", |key| key.expose().to_owned());
    });
    let error = spec_first::Service::new(&api, Settings::default()).err();
    let expected = "generated code and contract.json differ: no handler for [header, query, cookie, basic, token, digest, \
                    certificate], and no operation [other]; build again";
    assert_eq!(error.as_deref(), Some(expected));
}
