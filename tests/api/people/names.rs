//! Last names that are hard to write in a URL.

use serde_json::json;

use super::{path_of, person, refusal, seen, unlike};
use crate::support::{Server, assert_problem};

#[test]
fn a_last_name_in_the_path_is_checked() {
    let server = Server::start(&[]);
    let long = "x".repeat(65);
    let refused = |value| unlike(&server, value, "lname");
    for (path, keyword, detail) in [
        (
            long.as_str(),
            Some("maxLength"),
            format!("\"{long}\" is longer than 64 characters"),
        ),
        ("%0A", Some("pattern"), refused("\"\\n\"")),
        ("%2E%2e", Some("pattern"), refused("\"..\"")),
        (".", Some("pattern"), refused("\".\"")),
        ("%FF", None, "the bytes are not UTF-8".to_owned()),
        (
            "%zz",
            None,
            "a % is not followed by two hexadecimal digits".to_owned(),
        ),
    ] {
        let schema = |keyword| {
            format!(
                r#","keyword":"{keyword}","schema":"/paths/~1people~1{{lname}}/get/parameters/0/{keyword}""#
            )
        };
        let error = format!(
            r#""in":"path","name":"lname"{}"#,
            keyword.map_or_else(String::new, schema)
        );
        // A client would tidy such a path.
        let reply = server.exchange(&format!(
            "GET /api/people/{path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Request-Id: path\r\n\r\n"
        ));
        let (_, body) = reply.split_once("\r\n\r\n").expect("a body");
        let body = body.replace(",\"request_id\":\"path\"", "");
        assert_eq!(
            (400, body),
            refusal("path parameter \"lname\"", &error, &detail),
            "{path}"
        );
    }
}

#[test]
fn any_last_name_is_addressable() {
    let server = Server::start(&[]);
    let long = "😀".repeat(64);
    for lname in [
        "%",
        "%2F",
        "100%",
        "a?b=c",
        "a#b",
        "\"quoted\"",
        "'",
        "<b>&amp;<b>",
        "a b",
        "+",
        "a+b",
        "..a",
        "a..",
        ".a .b.",
        "J. R.",
        "Sammy Davis Jr.",
        "a;b=1",
        ":",
        "@",
        "ui",
        "李",
        "Müller",
        "שלום",
        "山田\u{3000}花子",
        "q\u{323}\u{307}",
        "葛\u{e0100}",
        "👩",
        &long,
        "null",
        "true",
        "0",
        "{lname}",
    ] {
        let body = json!({ "fname": lname, "lname": lname }).to_string();
        let (path, same) = (path_of(lname), person(lname, lname));
        assert_eq!(
            seen(&server.send_json("POST", "/api/people", &body)),
            (201, same.clone()),
            "{lname}"
        );
        assert_eq!(seen(&server.get(&path)), (200, same), "{lname}");
        let updated = server.send_json("PUT", &path, r#"{"fname":"New"}"#);
        assert_eq!(seen(&updated), (200, person("New", lname)), "{lname}");
        let again = server.send_json("POST", "/api/people", &body);
        assert_problem(
            &again,
            409,
            "Conflict",
            &format!("Person with last name {lname} already exists"),
        );
        assert_eq!(server.send("DELETE", &path, &[], "").status, 204, "{lname}");
        assert_problem(
            &server.get(&path),
            404,
            "Not Found",
            &format!("Person with last name {lname} not found"),
        );
    }
}

/// What neither name may have, each with what stands around it.
const REFUSED: [&str; 44] = [
    " ",
    " a",
    "a ",
    "\u{3000}a",
    "a\u{3000}",
    "\n",
    "a\nb",
    "\t",
    "\0",
    "a\u{1f}",
    "\u{7f}",
    "\u{80}",
    "\u{9f}",
    "a\u{a0}b",
    "a\u{ad}b",
    "a\u{34f}",
    "\u{61c}a",
    "\u{115f}",
    "\u{1160}",
    "a\u{1680}b",
    "\u{17b4}",
    "\u{180e}",
    "a\u{2000}b",
    "a\u{200a}b",
    "a\u{200b}b",
    "a\u{200c}b",
    "👩\u{200d}👩",
    "\u{200e}a",
    "\u{200f}a",
    "a\u{2028}b",
    "a\u{2029}b",
    "\u{202a}a",
    "\u{202e}evil",
    "a\u{202f}b",
    "a\u{205f}b",
    "a\u{2060}b",
    "\u{2066}a",
    "a\u{2069}",
    "\u{206f}",
    "\u{3164}",
    "\u{feff}a",
    "\u{ffa0}",
    "a\u{fffb}",
    "🏴\u{e0067}",
];

/// What a last name may not be besides.
const REFUSED_LAST: [&str; 13] = [
    "/",
    "//",
    "a/b",
    "/a",
    "a/",
    "x/../Farrell",
    "\\",
    "a\\b",
    ".",
    "..",
    "...",
    "... ",
    ". a",
];

#[test]
fn names_that_look_like_others_or_break_urls_are_refused() {
    let server = Server::start(&[]);
    let refused = |fname: &str, lname: &str, pointer: &str| {
        let body = json!({ "fname": fname, "lname": lname }).to_string();
        let reply = server.send_json("POST", "/api/people", &body);
        assert_eq!(reply.status, 400, "{body}");
        let errors = reply.json()["errors"].clone();
        assert_eq!(errors.as_array().map(Vec::len), Some(1), "{errors}");
        assert_eq!(
            (&errors[0]["pointer"], &errors[0]["keyword"]),
            (&json!(pointer), &json!("pattern"))
        );
    };
    for name in REFUSED {
        refused(name, "Lovelace", "/fname");
        refused("Ada", name, "/lname");
        let update = json!({ "fname": name }).to_string();
        let reply = server.send_json("PUT", "/api/people/Farrell", &update);
        assert_eq!(reply.status, 400, "{name:?}");
    }
    for name in REFUSED_LAST {
        refused("Ada", name, "/lname");
    }
    for name in REFUSED.iter().chain(&REFUSED_LAST) {
        if [".", ".."].contains(name) {
            continue;
        }
        for method in ["GET", "DELETE"] {
            let reply = server.send(method, &path_of(name), &[], "");
            assert_eq!(reply.status, 400, "{method} {name:?}");
        }
    }
    for fname in ["a/b", "\\", ".", "...", "J. R."] {
        let body = json!({ "fname": fname }).to_string();
        let reply = server.send_json("PUT", "/api/people/Farrell", &body);
        assert_eq!(seen(&reply), (200, person(fname, "Farrell")));
    }
}

#[test]
fn a_name_is_the_same_in_every_normal_form() {
    let server = Server::start(&[]);
    let body = json!({ "fname": "Zoe\u{308}", "lname": "Mu\u{308}ller" }).to_string();
    let reply = server.send_json("POST", "/api/people", &body);
    assert_eq!(seen(&reply), (201, person("Zoë", "Müller")));
    let again = json!({ "fname": "Zoë", "lname": "Müller" }).to_string();
    assert_problem(
        &server.send_json("POST", "/api/people", &again),
        409,
        "Conflict",
        "Person with last name Müller already exists",
    );
    let decomposed = path_of("Mu\u{308}ller");
    for path in [decomposed.as_str(), &path_of("Müller")] {
        assert_eq!(seen(&server.get(path)), (200, person("Zoë", "Müller")));
        for lname in ["Müller", "Mu\u{308}ller"] {
            let body = json!({ "fname": "Zoe\u{308}", "lname": lname }).to_string();
            let reply = server.send_json("PUT", path, &body);
            assert_eq!(seen(&reply), (200, person("Zoë", "Müller")));
        }
    }
    assert_eq!(server.send("DELETE", &decomposed, &[], "").status, 204);
    assert_eq!(server.get(&decomposed).status, 404);
}

#[test]
fn a_name_that_form_c_makes_too_long_is_refused() {
    let server = Server::start(&[]);
    let name = "\u{fb2c}".repeat(22);
    let letters = "\u{5e9}\u{5bc}\u{5c1}".repeat(22);
    let detail = format!("{letters:?} is longer than 64 characters in normalization form C");
    let body = json!({ "fname": name, "lname": "Lovelace" }).to_string();
    let reply = server.send_json("POST", "/api/people", &body);
    let expected = json!({
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": detail,
        "errors": [{"in": "body", "pointer": "/fname", "detail": detail}],
    });
    assert_eq!((reply.status, reply.json()), (400, expected));
    assert_eq!(server.get(&path_of(&name)).status, 400);
}

#[test]
fn a_plus_in_a_path_is_a_plus() {
    let server = Server::start(&[]);
    assert_problem(
        &server.get("/api/people/a+b"),
        404,
        "Not Found",
        "Person with last name a+b not found",
    );
}
