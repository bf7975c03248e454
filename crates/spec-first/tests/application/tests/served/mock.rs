//! The mock of the application's spec.

use crate::server::{Server, plain};

const TASK: &str =
    r#"{"number":1,"title":"string","state":"open","work":{"kind":"call","phone":"0"}}"#;

#[test]
fn the_mock_answers_with_values_of_the_schemas() {
    let mock = Server::start_mock();
    assert_eq!(mock.get("/v1/tasks/1"), plain(200, TASK));
    assert_eq!(mock.get("/v1/tasks"), plain(200, &format!("[{TASK}]")));
    let added = r#"{"title":"Ring Ada","work":{"kind":"call","phone":"555"}}"#;
    assert_eq!(
        mock.post("/v1/tasks", added),
        (201, "string".into(), TASK.into())
    );
}

#[test]
fn the_mock_checks_requests() {
    let mock = Server::start_mock();
    assert_eq!(mock.get("/v1/tasks?limit=0").0, 400);
    assert_eq!(mock.get("/v1/tasks/none").0, 400);
}
