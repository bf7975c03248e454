//! The export: one list in two representations, of which the client chooses.

use crate::server::{Sent, Server};

const CALL: &str = r#"{"title":"Ring \"Ada\"","work":{"kind":"call","phone":"555"}}"#;
const LINE: &str =
    r#"{"number":1,"title":"Ring \"Ada\"","state":"open","work":{"kind":"call","phone":"555"}}"#;

fn sent(status: u16, media_type: &str, disposition: &str, body: &str) -> Sent {
    Sent {
        status,
        media_type: media_type.to_owned(),
        disposition: disposition.to_owned(),
        body: body.to_owned(),
    }
}

#[test]
fn the_client_chooses_between_a_table_and_lines() {
    let server = Server::start();
    assert_eq!(server.post("/v1/tasks", CALL).0, 201);
    let table = "number,title,state\r\n1,\"Ring \"\"Ada\"\"\",open\r\n";
    let table = sent(200, "text/csv", "attachment; filename=\"tasks.csv\"", table);
    let lines = sent(200, "application/x-ndjson", "", &format!("{LINE}\n"));
    assert_eq!(server.accepting("/v1/export", "*/*"), table);
    assert_eq!(
        server.accepting("/v1/export", "text/csv, application/*;q=0.5"),
        table
    );
    assert_eq!(
        server.accepting("/v1/export", "application/x-ndjson"),
        lines
    );
    assert_eq!(server.accepting("/v1/export", "text/csv;q=0, */*"), lines);
    assert_eq!(server.accepting("/v1/export", "text/html").status, 406);
}

#[test]
fn the_mock_has_an_example_of_each() {
    let mock = Server::start_mock();
    let table = "number,title,state\r\n1,Ring Ada,open\r\n";
    assert_eq!(
        mock.accepting("/v1/export", "text/csv"),
        sent(200, "text/csv", "", table)
    );
    let line = r#"{"number":1,"title":"string","state":"open","work":{"kind":"call","phone":"0"}}"#;
    let lines = sent(200, "application/x-ndjson", "", &format!("{line}\n"));
    assert_eq!(mock.accepting("/v1/export", "application/x-ndjson"), lines);
}
