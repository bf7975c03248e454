//! Requests that no good client sends: each is answered with a success or a 4xx, and soon.

use spec_first::contract::Settings;

use super::random::Random;
use super::served::serve;
use crate::server::Server;

const NAMES: [&str; 16] = [
    "ids", "words", "color", "R", "tags", "either", "maybe", "rows", "filter", "list", "free",
    "pets", "node", "counts", "some", "mixed",
];

const PIECES: [&str; 40] = [
    "=",
    "&",
    ",",
    ";",
    ".",
    "|",
    "+",
    "%20",
    "%7C",
    "%2C",
    "%",
    "%G",
    "%FF",
    "%00",
    "%5B",
    "%5D",
    "[",
    "]",
    "[]",
    "[0]",
    "[4294967295]",
    "[99999999999999999999]",
    "[a]",
    "[b][c]",
    "{",
    "}",
    "1",
    "-1",
    "1e999",
    "99999999999999999999",
    "null",
    "true",
    "a",
    "%C3%A9",
    "==",
    "&&",
    "[[",
    "]]",
    "?",
    "\\",
];

const QUERIES: [&str; 13] = [
    "form",
    "form-exploded",
    "space",
    "space-exploded",
    "pipe",
    "pipe-exploded",
    "deep",
    "map",
    "free",
    "content",
    "required",
    "limits",
    "union",
];

const PATHS: [&str; 14] = [
    "simple/word/",
    "simple/ids/",
    "simple/color/",
    "simple-exploded/color/",
    "simple/mixed/",
    "label/ids/.",
    "label/color/.",
    "label-exploded/ids/.",
    "label-exploded/color/.",
    "matrix/ids/;ids=",
    "matrix/color/;color=",
    "matrix-exploded/ids/;ids=",
    "matrix-exploded/color/;",
    "content/",
];

#[test]
fn nothing_that_is_sent_is_an_error_of_the_server() {
    let server = serve("openapi_3_0.yml", Settings::default());
    let strict = serve(
        "openapi_3_1.yml",
        Settings {
            strict: true,
            ..Settings::default()
        },
    );
    let mut random = Random(11);
    for _ in 0..600 {
        let server = if random.coin() { &server } else { &strict };
        let text = text(&mut random);
        let path = random.one(&PATHS);
        answers(server, &format!("/{path}{text}"), "");
        let path = random.one(&QUERIES);
        answers(server, &format!("/{path}?{text}"), "");
        let header = random.one(&["X-Ids", "X-Words", "X-Color", "X-Exploded", "X-Maybe"]);
        answers(server, "/header", &format!("{header}: {text}\r\n"));
        let path = random.one(&["cookie", "cookie-exploded", "content"]);
        answers(server, &format!("/{path}"), &format!("Cookie: {text}\r\n"));
    }
}

#[test]
fn large_values_are_answered_soon() {
    let server = serve("openapi_3_0.yml", Settings::default());
    let times = |text: &str, times: usize| text.repeat(times);
    for (target, status) in [
        (format!("/form?words={}", times("a,", 9_999)), 200),
        (format!("/form?words={}", times("a,", 10_000)), 400),
        (format!("/form?ids={}", times("a,", 9_999)), 400),
        (format!("/limits?mixed={}1", times("12,", 9_999)), 200),
        (format!("/limits?mixed={}x", times("12,", 9_999)), 400),
        (format!("/form-exploded?{}", times("ids=1&", 10_000)), 200),
        (format!("/form-exploded?{}", times("ids=1&", 10_001)), 400),
        (format!("/form-exploded?{}", times("tags=a&", 9_000)), 200),
        (format!("/map?{}", times("a=1&", 10_001)), 400),
        (format!("/deep?free{}=1", times("[a]", 20_000)), 400),
        (format!("/deep?free[a]{}=1", times("[]", 30)), 200),
        (format!("/deep?{}", times("free[]=1&", 7_000)), 400),
        (format!("/deep?{}", times("list[]=1&", 7_000)), 200),
        (
            format!("/deep?{}", times("list[4294967295]=1&", 3_000)),
            200,
        ),
        (format!("/pipe?words={}", times("a|", 50_000)), 400),
        (format!("/space?words={}", times("a+", 50_000)), 400),
        (format!("/content?any={}", times("[", 60_000)), 400),
        (format!("/label/ids/{}", times(".1", 10_000)), 200),
        (format!("/label/ids/{}", times(".1", 10_001)), 400),
        (
            format!("/matrix-exploded/ids/{}", times(";ids=1", 9_000)),
            200,
        ),
        (format!("/simple/color/{}R,1", times("R,1,", 5_000)), 200),
    ] {
        let (name, _) = target.split_at(30.min(target.len()));
        assert_eq!(answers(&server, &target, ""), status, "{name}");
    }
    for (header, status) in [
        (format!("X-Words: {}\r\n", times("a, ", 9_000)), 200),
        (times("X-Words: a\r\n", 60), 200),
        (format!("Cookie: ids={}\r\n", times("1&ids=", 9_000)), 400),
        (format!("Cookie: {}\r\n", times("&", 60_000)), 200),
        (format!("Cookie: a={}\r\n", times("&", 60_000)), 200),
        (format!("Cookie: {}\r\n", times("a=&", 20_000)), 200),
    ] {
        let path = match header.starts_with("Cookie") {
            true => "/cookie-exploded",
            false => "/header",
        };
        let (name, _) = header.split_at(20.min(header.len()));
        assert_eq!(answers(&server, path, &header), status, "{name}");
    }
}

/// The status of the answer, which is not the server's fault, and comes while the client still waits.
fn answers(server: &Server, target: &str, headers: &str) -> u16 {
    let answer = server.send("GET", target, headers, "");
    let shown: String = format!("{target} {headers}").chars().take(300).collect();
    assert!(
        (200..500).contains(&answer.status),
        "{} {shown}",
        answer.status
    );
    answer.status
}

fn text(random: &mut Random) -> String {
    let length = 1 + random.below(12);
    let pieces = (0..length).map(|_| match random.below(3) {
        0 => *random.one(&NAMES),
        _ => *random.one(&PIECES),
    });
    pieces.collect()
}
