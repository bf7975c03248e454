//! Requests with right, missing, wrong and expired credentials, to each kind of scheme and each way to combine them: what the
//! methods of an application receive, and what the others are told.

use serde_json::{Value, json};

use crate::server::Server;

type Headers = &'static [(&'static str, &'static str)];

/// What is answered: what the method received, or a status, what is wrong, and the challenges.
type Answer = Result<&'static str, (u16, &'static str, &'static [&'static str])>;

const KEY: (&str, &str) = ("X-Key", "key-7");
const WRONG_KEY: (&str, &str) = ("X-Key", "key-8");
const ANN: (&str, &str) = ("Authorization", "Basic YW5uOnNlY3JldA==");
const EVE: (&str, &str) = ("Authorization", "Basic ZXZlOnNlY3JldA==");
const BOB: (&str, &str) = ("Authorization", "Bearer bob");
const WRONG_TOKEN: (&str, &str) = ("Authorization", "Bearer eve");

const BASIC: &str = r#"Basic realm="Secured", charset="UTF-8""#;
const BEARER: &str = r#"Bearer realm="Secured""#;
const INVALID: &str = r#"Bearer realm="Secured", error="invalid_token""#;
const DIGEST: &str = r#"digest realm="Secured""#;
const HEADER: &str = r#"ApiKey realm="Secured", in="header", name="x-key""#;
const QUERY: &str = r#"ApiKey realm="Secured", in="query", name="key""#;
const COOKIE: &str = r#"ApiKey realm="Secured", in="cookie", name="session""#;
const CERTIFICATE: &str = r#"MutualTLS realm="Secured""#;
const READ: &str = r#"Bearer realm="Secured", error="insufficient_scope", scope="notes:read""#;
const EMAIL: &str = r#"Bearer realm="Secured", error="insufficient_scope", scope="email""#;

const OTHER: &str = "the header Authorization has none of the schemes of the operation";
const MALFORMED: &str = "the header Authorization is malformed";
const UNKNOWN_KEY: &str = "the key is unknown";
const UNKNOWN_TOKEN: &str = "the token is unknown";
const PASSWORD: &str = "the password is wrong";

/// One scheme.
const KINDS: &[(&str, Headers, Answer)] = &[
    ("header", &[KEY], Ok("client 7")),
    (
        "header",
        &[],
        Err((401, "credentials are required: api-key", &[HEADER])),
    ),
    ("header", &[WRONG_KEY], Err((401, UNKNOWN_KEY, &[HEADER]))),
    (
        "header",
        &[("X-Key", "old")],
        Err((401, "the key has expired", &[HEADER])),
    ),
    (
        "header",
        &[("X-Key", "locked")],
        Err((403, "the account is locked", &[])),
    ),
    (
        "header",
        &[("X-Key", "down")],
        Err((503, "credentials cannot be checked now", &[])),
    ),
    (
        "header",
        &[KEY, KEY],
        Err((400, r#"the header "x-key" occurs more than once"#, &[])),
    ),
    (
        "header?key=key-7",
        &[],
        Err((401, "credentials are required: api-key", &[HEADER])),
    ),
    ("query?key=12", &[], Ok("number 12")),
    ("query?key=1%32", &[], Ok("number 12")),
    (
        "query",
        &[("key", "12")],
        Err((401, "credentials are required: query-key", &[QUERY])),
    ),
    ("query?key=x", &[], Err((401, UNKNOWN_KEY, &[QUERY]))),
    ("query?key=", &[], Err((401, "the key is empty", &[QUERY]))),
    (
        "query?key=12&key=12",
        &[],
        Err((
            400,
            r#"the query parameter "key" occurs more than once"#,
            &[],
        )),
    ),
    ("cookie", &[("Cookie", "a=b; session=of ann")], Ok("ann")),
    (
        "cookie",
        &[("Cookie", "a=b")],
        Err((401, "credentials are required: session", &[COOKIE])),
    ),
    (
        "cookie",
        &[("Cookie", "session=x")],
        Err((401, "the session has ended", &[COOKIE])),
    ),
    (
        "cookie",
        &[("Cookie", "session=of ann; session=of eve")],
        Err((400, r#"the cookie "session" occurs more than once"#, &[])),
    ),
    ("basic", &[ANN], Ok("ann")),
    (
        "basic",
        &[],
        Err((401, "credentials are required: basic", &[BASIC])),
    ),
    ("basic", &[EVE], Err((401, PASSWORD, &[BASIC]))),
    ("basic", &[BOB], Err((401, OTHER, &[BASIC]))),
    (
        "basic",
        &[("Authorization", "Basic ?")],
        Err((401, MALFORMED, &[BASIC])),
    ),
    (
        "basic",
        &[ANN, BOB],
        Err((
            400,
            r#"the header "authorization" occurs more than once"#,
            &[],
        )),
    ),
    ("bearer", &[BOB], Ok("bob")),
    (
        "bearer",
        &[],
        Err((401, "credentials are required: token", &[BEARER])),
    ),
    (
        "bearer",
        &[WRONG_TOKEN],
        Err((401, UNKNOWN_TOKEN, &[INVALID])),
    ),
    (
        "bearer",
        &[("Authorization", "Bearer old")],
        Err((401, "the token has expired", &[INVALID])),
    ),
    ("bearer", &[ANN], Err((401, OTHER, &[BEARER]))),
    (
        "bearer",
        &[("Authorization", "Bearer bob, Basic YW5uOnNlY3JldA==")],
        Err((401, MALFORMED, &[INVALID])),
    ),
    (
        "oauth",
        &[("Authorization", "Bearer read")],
        Ok("kinds.by_oauth"),
    ),
    (
        "oauth",
        &[("Authorization", "Bearer write.read")],
        Ok("kinds.by_oauth"),
    ),
    (
        "oauth",
        &[],
        Err((401, "credentials are required: oauth", &[BEARER])),
    ),
    (
        "oauth",
        &[("Authorization", "Bearer write")],
        Err((403, r#"these scopes are required: "notes:read""#, &[READ])),
    ),
    ("oidc", &[("Authorization", "Bearer ann.email")], Ok("ann")),
    (
        "oidc",
        &[("Authorization", "Bearer ann.phone")],
        Err((403, r#"these scopes are required: "email""#, &[EMAIL])),
    ),
    (
        "oidc",
        &[("Authorization", "Bearer ann")],
        Err((401, UNKNOWN_TOKEN, &[INVALID])),
    ),
    (
        "oidc",
        &[],
        Err((401, "credentials are required: oidc", &[BEARER])),
    ),
    (
        "digest",
        &[("Authorization", "Digest a=\"1\", b=2")],
        Ok("a=\\\"1\\\", b=2"),
    ),
    (
        "digest",
        &[("Authorization", "DIGEST a=b")],
        Err((401, "the nonce has expired", &[DIGEST])),
    ),
    (
        "digest",
        &[],
        Err((401, "credentials are required: digest", &[DIGEST])),
    ),
    ("certificate", &[("Client-Cert", "ann")], Ok("ann")),
    (
        "certificate",
        &[("Client-Cert", "old")],
        Err((401, "the certificate has expired", &[CERTIFICATE])),
    ),
    (
        "certificate",
        &[],
        Err((401, "credentials are required: certificate", &[CERTIFICATE])),
    ),
];

const BOTH: &str = "credentials are required: token and api-key";
const EITHER: &str = "credentials are required: basic, or api-key, or token and basic";

/// Several schemes, and none.
const COMBINATIONS: &[(&str, Headers, Answer)] = &[
    ("public", &[], Ok("anybody")),
    ("public", &[EVE, WRONG_KEY], Ok("anybody")),
    ("inherited", &[BOB], Ok("bob")),
    (
        "inherited",
        &[],
        Err((401, "credentials are required: token", &[BEARER])),
    ),
    (
        "inherited",
        &[KEY],
        Err((401, "credentials are required: token", &[BEARER])),
    ),
    // Together.
    ("both", &[BOB, KEY], Ok("7 bob None None")),
    ("both", &[], Err((401, BOTH, &[BEARER, HEADER]))),
    ("both", &[BOB], Err((401, BOTH, &[BEARER, HEADER]))),
    ("both", &[KEY], Err((401, BOTH, &[BEARER, HEADER]))),
    (
        "both",
        &[WRONG_TOKEN, KEY],
        Err((401, UNKNOWN_TOKEN, &[INVALID, HEADER])),
    ),
    (
        "both",
        &[BOB, WRONG_KEY],
        Err((401, UNKNOWN_KEY, &[BEARER, HEADER])),
    ),
    ("both", &[ANN, KEY], Err((401, OTHER, &[BEARER, HEADER]))),
    // One of several.
    ("either", &[ANN], Ok("ann")),
    ("either", &[KEY], Ok("7")),
    ("either", &[ANN, KEY], Ok("ann")),
    ("either", &[EVE, KEY], Ok("7")),
    ("either", &[ANN, WRONG_KEY], Ok("ann")),
    ("either", &[], Err((401, EITHER, &[BASIC, HEADER, BEARER]))),
    (
        "either",
        &[EVE],
        Err((401, PASSWORD, &[BASIC, HEADER, BEARER])),
    ),
    (
        "either",
        &[EVE, WRONG_KEY],
        Err((401, PASSWORD, &[BASIC, HEADER, BEARER])),
    ),
    (
        "either",
        &[BOB],
        Err((401, EITHER, &[BASIC, HEADER, BEARER])),
    ),
    (
        "levels",
        &[("Authorization", "Bearer read")],
        Ok("security.levels"),
    ),
    (
        "levels",
        &[("Authorization", "Bearer admin")],
        Ok("security.levels"),
    ),
    (
        "levels",
        &[("Authorization", "Bearer write")],
        Err((403, r#"these scopes are required: "notes:read""#, &[READ])),
    ),
    // Or nothing; but wrong credentials are not nothing.
    ("optional", &[], Ok("None")),
    ("optional", &[KEY], Ok("None")),
    ("optional", &[BOB], Ok("Some(\\\"bob\\\")")),
    (
        "optional",
        &[WRONG_TOKEN],
        Err((401, UNKNOWN_TOKEN, &[INVALID])),
    ),
    (
        "optional",
        &[("Authorization", "Bearer old")],
        Err((401, "the token has expired", &[INVALID])),
    ),
    (
        "optional",
        &[("Authorization", "Bearer")],
        Err((401, MALFORMED, &[INVALID])),
    ),
    (
        "optional",
        &[("Authorization", "")],
        Err((401, OTHER, &[BEARER])),
    ),
    ("optional", &[ANN], Err((401, OTHER, &[BEARER]))),
];

/// Sends all of them.
pub fn are_told_apart(server: &Server) {
    let kinds = KINDS
        .iter()
        .map(|(path, headers, answer)| (format!("/v1/kinds/{path}"), headers, answer));
    let combinations = COMBINATIONS.iter();
    let combinations =
        combinations.map(|(path, headers, answer)| (format!("/v1/{path}"), headers, answer));
    for (path, headers, answer) in kinds.chain(combinations) {
        let (status, body, challenges) = server.challenged(&path, headers);
        let case = format!("{path} {headers:?}");
        assert_ne!(status, 501, "{case}");
        match answer {
            Ok(received) => assert_eq!((status, body), (200, format!("\"{received}\"")), "{case}"),
            Err((expected, detail, expected_challenges)) => {
                assert_eq!(status, *expected, "{case}: {body}");
                let body: Value = serde_json::from_str(&body).expect("a problem");
                assert_eq!(body["detail"], json!(detail), "{case}");
                assert_eq!(challenges, *expected_challenges, "{case}");
            }
        }
    }
}

/// Whether the log has all requests, and no credentials of any.
pub fn are_not_in(log: &str) {
    for mark in [
        "/v1/kinds/query",
        "kinds.by_query",
        "the database is down",
        "TRACE",
    ] {
        assert!(log.contains(mark), "{mark}");
    }
    let rows = KINDS.iter().chain(COMBINATIONS);
    let headers = rows.flat_map(|(_, headers, _)| headers.iter().copied());
    let values = headers.map(|(_, value)| value.split_once(' ').map_or(value, |(_, rest)| rest));
    // Shorter ones are words of the log, too.
    let values = values.filter(|value| value.len() > 5 || *value == KEY.1);
    for secret in values.chain(["key=", "session=", "secret", "Bearer ", "Basic "]) {
        let line = log.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{secret}");
    }
}
