//! Credentials of those who try what servers have got wrong before, as bytes on a socket.

use serde_json::json;

use crate::client::Answer;
use crate::security::{
    BASIC, CERTIFICATE, COOKIE, DIGEST, HEADER, INVALID_TOKEN, MALFORMED, QUERY, TOKEN, called,
    get, rejected, server,
};
use crate::server::Server;

const NONE: &str = "the header Authorization has none of the schemes of the operation";
const WRONG: &str = "the credentials are wrong";

fn raw(server: &Server, target: &str, headers: &[u8]) -> Answer {
    let start = format!("GET /api/{target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n");
    server.raw([start.as_bytes(), headers, b"\r\n"].concat())
}

#[test]
fn a_header_that_is_no_credentials_is_401() {
    let server = server();
    for (target, headers, detail, challenge) in [
        ("token", &b"Authorization: \r\n"[..], NONE, TOKEN),
        (
            "token",
            b"Authorization: Bearer\t\r\n",
            MALFORMED,
            INVALID_TOKEN,
        ),
        ("token", b"Authorization: Bearer\tt\r\n", NONE, TOKEN),
        (
            "token",
            b"Authorization: Bearer t\tt\r\n",
            MALFORMED,
            INVALID_TOKEN,
        ),
        (
            "token",
            b"Authorization: Bearer Bearer t\r\n",
            MALFORMED,
            INVALID_TOKEN,
        ),
        (
            "token",
            b"Authorization: Bearer t, Bearer t\r\n",
            MALFORMED,
            INVALID_TOKEN,
        ),
        (
            "token",
            b"Authorization: Bearer \"t\"\r\n",
            MALFORMED,
            INVALID_TOKEN,
        ),
        (
            "token",
            b"Authorization: Bearer =t\r\n",
            MALFORMED,
            INVALID_TOKEN,
        ),
        (
            "token",
            b"Authorization: Bearer t%00\r\n",
            MALFORMED,
            INVALID_TOKEN,
        ),
        (
            "token",
            b"Authorization: Bearer \xff\r\n",
            MALFORMED,
            INVALID_TOKEN,
        ),
        ("token", b"Authorization: \xffBearer t\r\n", NONE, TOKEN),
        ("token", b"Authorization: Bearer,t\r\n", NONE, TOKEN),
        ("token", b"Authorization: Bearer:t\r\n", NONE, TOKEN),
        ("token", b"Authorization: t\r\n", NONE, TOKEN),
        (
            "token",
            b"Authorization: Basic YW5uOg==, Bearer t\r\n",
            NONE,
            TOKEN,
        ),
        ("basic", b"Authorization: Basic\r\n", MALFORMED, BASIC),
        (
            "basic",
            b"Authorization: Basic ann:secret\r\n",
            MALFORMED,
            BASIC,
        ),
        (
            "basic",
            b"Authorization: Basic YW5uOnNlY3JldA===\r\n",
            MALFORMED,
            BASIC,
        ),
        (
            "basic",
            b"Authorization: Basic YW5uOnNlY3JldB==\r\n",
            MALFORMED,
            BASIC,
        ),
        (
            "basic",
            b"Authorization: Basic YW5u OnNlY3JldA==\r\n",
            MALFORMED,
            BASIC,
        ),
        (
            "basic",
            b"Authorization: Basic YW5uOnNlY3JldA==, Basic YW5uOg==\r\n",
            MALFORMED,
            BASIC,
        ),
        (
            "basic",
            b"Authorization: Basic \xc3\xa4\r\n",
            MALFORMED,
            BASIC,
        ),
        // Without a colon; in Latin-1; the alphabet of URLs.
        (
            "basic",
            b"Authorization: Basic YW5uc2VjcmV0\r\n",
            MALFORMED,
            BASIC,
        ),
        (
            "basic",
            b"Authorization: Basic 5DpzZWNyZXQ=\r\n",
            MALFORMED,
            BASIC,
        ),
        (
            "basic",
            b"Authorization: Basic YW5uOn4_Pw==\r\n",
            MALFORMED,
            BASIC,
        ),
        ("header", b"X-Key:\t\r\n", "the key is empty", HEADER),
        (
            "header",
            b"X-Key: \xff\r\n",
            "the key is not in UTF-8",
            HEADER,
        ),
        (
            "cookie",
            b"Cookie: session=\xff\r\n",
            "the cookies are not in UTF-8",
            COOKIE,
        ),
        (
            "cookie",
            b"Cookie: session\r\n",
            "credentials are required: cookie",
            COOKIE,
        ),
        (
            "cookie",
            b"Cookie: SESSION=k\r\n",
            "credentials are required: cookie",
            COOKIE,
        ),
        (
            "cookie",
            b"Cookie: ; ;=;session\xff\r\n",
            "the cookies are not in UTF-8",
            COOKIE,
        ),
    ] {
        let answer = raw(&server, target, headers);
        let case = String::from_utf8_lossy(headers);
        assert_eq!(answer.status, 401, "{case}");
        rejected(&answer, 401, detail, &[challenge]);
    }
}

/// They never get as far as the check of credentials.
#[test]
fn a_head_that_is_no_http_is_400() {
    let server = server();
    for headers in [
        &b"Authorization: Bearer t\0\r\n"[..],
        b"Authorization: Bearer t\x01\r\n",
        b"Authorization : Bearer t\r\n",
        b"Authorization\r\n",
        b"Authorization: Bearer\r\n t\r\n",
        b"X-Key: \x7f\r\n",
    ] {
        let status = raw(&server, "token", headers).status;
        assert_eq!(status, 400, "{}", String::from_utf8_lossy(headers));
    }
}

#[test]
fn of_two_credentials_neither_is_chosen() {
    let server = server();
    let repeated = r#"the header "authorization" occurs more than once"#;
    for target in [
        "token", "basic", "digest", "and", "or", "optional", "anybody",
    ] {
        for headers in [
            "Authorization: Basic YW5uOg==\r\nAuthorization: Bearer t\r\n",
            "Authorization: Bearer t\r\nauthorization: Bearer t\r\n",
            "Authorization: \r\nAuthorization: Bearer t\r\n",
        ] {
            rejected(&get(&server, target, headers), 400, repeated, &[]);
        }
    }
    for (target, headers, detail) in [
        (
            "cookie",
            "Cookie: session=a; session=a\r\n",
            r#"the cookie "session" occurs more than once"#,
        ),
        (
            "cookie",
            "Cookie: session=a\r\nCookie: session=\r\n",
            r#"the cookie "session" occurs more than once"#,
        ),
        (
            "anybody?the+key=a&the+key=",
            "",
            r#"the query parameter "the key" occurs more than once"#,
        ),
        (
            "anybody",
            "X-Key: a\r\nX-Key: b\r\n",
            r#"the header "x-key" occurs more than once"#,
        ),
    ] {
        rejected(&get(&server, target, headers), 400, detail, &[]);
    }
    // In two places, each is of a scheme of its own: the first alternative counts.
    let answer = get(
        &server,
        "anybody?the+key=q",
        "X-Key: k\r\nAuthorization: Bearer t\r\n",
    );
    called(&answer, json!({ "header": "k" }));
    let answer = get(
        &server,
        "anybody?the+key=q",
        "X-Key: wrong\r\nAuthorization: Bearer t\r\n",
    );
    called(&answer, json!({ "query": "q" }));
}

/// Although it could have had none.
#[test]
fn wrong_credentials_are_never_nobody() {
    let server = server();
    called(&get(&server, "anybody", ""), json!({}));
    called(
        &get(
            &server,
            "anybody?key=wrong",
            "X-Other: wrong\r\nCookie: a=wrong\r\n",
        ),
        json!({}),
    );
    for (target, headers, detail) in [
        ("anybody", "X-Key: wrong\r\n", WRONG),
        ("anybody", "X-Key:\r\n", "the key is empty"),
        ("anybody?the+key=wrong", "", WRONG),
        ("anybody?the+key", "", "the key is empty"),
        (
            "anybody?the+key=%ff",
            "",
            "the key is not encoded as a query is",
        ),
        ("anybody", "Cookie: session=wrong\r\n", WRONG),
        ("anybody", "Cookie: session=\r\n", "the key is empty"),
        (
            "anybody",
            "Authorization: Basic d3Jvbmc6d3Jvbmc=\r\n",
            WRONG,
        ),
        ("anybody", "Authorization: Basic d3Jvbmc\r\n", MALFORMED),
        ("anybody", "Authorization: Bearer wrong\r\n", WRONG),
        ("anybody", "Authorization: Bearer\r\n", MALFORMED),
        ("anybody", "Authorization: Digest wrong\r\n", WRONG),
        ("anybody", "Authorization: Negotiate t\r\n", NONE),
        ("anybody", "Authorization:\r\n", NONE),
        ("anybody", "Client-Cert: wrong\r\n", WRONG),
    ] {
        let answer = get(&server, target, headers);
        let bearer = match headers {
            "Authorization: Bearer wrong\r\n" | "Authorization: Bearer\r\n" => INVALID_TOKEN,
            _ => TOKEN,
        };
        let challenges = [HEADER, QUERY, COOKIE, BASIC, bearer, DIGEST, CERTIFICATE];
        rejected(&answer, 401, detail, &challenges);
    }
}
