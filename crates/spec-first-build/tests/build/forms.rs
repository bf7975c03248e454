//! The forms that the constructs of OpenAPI take in Rust, and a mock of them.

use std::fs;

use crate::project::{Project, generator, succeeded, tests};
use crate::server::Server;

/// Refreshes the golden files when it is set.
const REFRESH: &str = "REFRESH_GOLDEN";

#[test]
#[ignore = "needs openapi-generator: run tests/run"]
fn every_construct_has_its_form_and_is_served_by_the_mock() {
    let project = Project::with_spec(&golden("swagger.yml"));

    assert_eq!(succeeded(&project.lint(generator())), "");
    for name in [
        "types.rs",
        "pets.rs",
        "shapes.rs",
        "bookings.rs",
        "owners.rs",
        "exports.rs",
        "routes.rs",
        "mock.rs",
    ] {
        let text = project.read(&format!("generated/{name}"));
        compare(name, text.split_once("\n\n").expect("a head").1);
    }

    let mock = Server::start_mock(&project);
    assert_eq!(mock.get("/v2/pets?limit=0").0, 400);
    assert_eq!(mock.get("/v2/pets?ids=1,a").0, 400);
    let query = "ids=1,2&colors=black|white&born[after]=2020-01-01&of=1&of=2&labels[a][]=b";
    let (status, pets) = mock.get(&format!("/v2/pets?{query}"));
    assert_eq!((status, pets.as_str()), (200, PETS));
    let csv = "name\r\nRex\r\n".to_owned();
    assert_eq!(mock.get_as("/v2/export", "text/csv"), (200, csv));
    let lines = PETS.trim_matches(['[', ']']).to_owned() + "\n";
    assert_eq!(
        mock.get_as("/v2/export", "application/x-ndjson"),
        (200, lines)
    );
    assert_eq!(mock.get_as("/v2/export", "text/html").0, 406);
    assert_eq!(
        mock.get_as("/v2/export/text", "text/plain"),
        (200, "a".to_owned())
    );
    assert_eq!(
        mock.get_as("/v2/export/text", "application/json"),
        (200, "\"a\"".to_owned())
    );
    assert_eq!(mock.get("/v2/export/file"), (200, "bytes".to_owned()));
    assert_eq!(mock.call("HEAD", "/v2/export/file"), 200);
    let (status, events) = mock.get("/v2/export/events");
    assert_eq!((status, events.as_str()), (200, EVENTS));
    let dog = r#"{"petType":"dog","name":"Rex","size":"small","siblings":[{"petType":"dog","name":"Max","size":"1"}]}"#;
    assert_eq!(mock.post("/v2/pets", dog), 201);
    let unknown = r#"{"petType":"dog","name":"Rex","size":"small","tail":1}"#;
    assert_eq!(mock.post("/v2/pets", unknown), 400);
    let cat = r#"{"petType":"cat","name":"Tom","lives":9,"size":"small"}"#;
    assert_eq!(mock.post("/v2/pets", cat), 201);
    assert_eq!(mock.post("/v2/pets", &cat.replace("cat", "bird")), 400);
    let (status, booking) = mock.get("/v2/bookings");
    assert_eq!((status, booking.as_str()), (200, BOOKING));
    let wrapped = |booking: &str| format!(r#"{{"booking":{booking}}}"#);
    assert_eq!(mock.post("/v2/bookings", &wrapped(BOOKING)), 200);
    for (from, to) in [
        (r#""plate":"string""#, r#""plate":1"#),
        (r#""seat":1"#, r#""seat":10"#),
        (r#""kind":"seat""#, r#""kind":"room""#),
        (r#""number":"string""#, r#""number":"abc""#),
    ] {
        assert!(BOOKING.contains(from), "{from}");
        let broken = BOOKING.replace(from, to);
        assert_eq!(mock.post("/v2/bookings", &wrapped(&broken)), 400);
    }
    let (status, shape) = mock.get("/v2/shapes");
    assert_eq!((status, shape.as_str()), (200, SHAPE));
    assert_eq!(mock.post("/v2/shapes", SHAPE), 201);
    assert_eq!(
        mock.post(
            "/v2/shapes",
            &SHAPE.replace(r#"["string"]"#, r#"["a","a"]"#)
        ),
        400
    );
}

const PETS: &str = r#"[{"id":0,"petType":"cat","name":"a","lives":0,"born":"2020-02-29"}]"#;

const BOOKING: &str = concat!(
    r#"{"id":0,"status":"open","payment":{"kind":"card","number":"string"},"#,
    r#""vehicle":{"kind":"Car","wheels":0,"plate":"string"},"place":{"id":0,"kind":"seat","seat":1}}"#,
);

const EVENTS: &str = concat!(
    r#"data: {"id":0,"queued":"2020-02-29T12:30:00Z","result":"string","labels":{}}"#,
    "\n\n"
);

const SHAPE: &str = concat!(
    r#"{"words":["string"],"sizes":["small"],"times":["2020-02-29T12:30:00Z"],"#,
    r#""corner":[0.0,{"id":0,"queued":"2020-02-29T12:30:00Z","result":"string","labels":{}},"string"],"#,
    r#""prices":{},"notes":{},"labels":{"count":0},"keyed":{},"solid":{"kind":"ball","radius":0},"level":1,"named":"string","paint":{"red":0},"text":"string"}"#,
);

fn golden(name: &str) -> String {
    fs::read_to_string(tests().join("build/forms").join(name)).unwrap_or_default()
}

fn compare(name: &str, text: &str) {
    if std::env::var_os(REFRESH).is_some() {
        let path = tests().join("build/forms").join(name);
        fs::write(path, text).expect("the golden file is written");
    }
    assert_eq!(golden(name), text, "{name}; {REFRESH}=1 takes it over");
}
