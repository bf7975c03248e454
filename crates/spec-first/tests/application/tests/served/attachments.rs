//! Files that are attached to a task: a form, or bytes.

use crate::server::{Response, Server, plain, problem};

const CALL: &str = r#"{"title":"Ring Ada","work":{"kind":"call","phone":"555"}}"#;
const PATH: &str = "/v1/tasks/1/attachments";

/// A server with one task.
fn server() -> Server {
    let server = Server::start();
    server.post("/v1/tasks", CALL);
    server
}

/// Sends a form with a file of this type, and a note.
fn attach(server: &Server, path: &str, media_type: &str, content: &str) -> Response {
    let body = format!(
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: {media_type}\r\n\r\n{content}\r\n\
         --b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nRead it.\r\n\
         --b\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\nold\r\n\
         --b\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\nnew, too\r\n--b--\r\n"
    );
    server.send(path, "multipart/form-data; boundary=b", &body)
}

#[test]
fn a_form_with_a_file_reaches_the_application() {
    let server = server();
    let long = "é".repeat(100_000);
    let answer = r#"{"name":"a.txt","length":200000,"note":"Read it.","tags":["old","new, too"]}"#;
    assert_eq!(
        attach(&server, PATH, "text/plain", &long),
        plain(201, answer)
    );
    let unknown = problem(404, "Not Found", "there is no task 7");
    let path = "/v1/tasks/7/attachments";
    assert_eq!(attach(&server, path, "text/plain", "a"), unknown);
}

#[test]
fn a_stream_of_bytes_reaches_the_application() {
    let server = server();
    let send = |body: &str| server.send(PATH, "application/octet-stream", body);
    let answer = r#"{"name":"unnamed","length":300000,"tags":[]}"#;
    assert_eq!(send(&"a".repeat(300_000)), plain(201, answer));
    let detail = "the body is longer than 5000000 bytes";
    let too_large = problem(413, "Content Too Large", detail);
    assert_eq!(send(&"a".repeat(5_000_001)), too_large);
}

#[test]
fn what_is_no_attachment_is_rejected() {
    let server = server();
    let detail = r#"the part \"file\" has the Content-Type \"text/html\"; expected image/* or application/pdf or text/plain"#;
    let other = problem(415, "Unsupported Media Type", detail);
    assert_eq!(attach(&server, PATH, "text/html", "a"), other);
    let detail = r#"the Content-Type is \"text/plain\"; expected multipart/form-data or application/octet-stream"#;
    let other = problem(415, "Unsupported Media Type", detail);
    assert_eq!(server.send(PATH, "text/plain", "a"), other);
    let empty = r#"{"type":"about:blank","title":"Bad Request","status":400,"detail":"body at /file: the file is shorter than 1 bytes","errors":[{"in":"body","pointer":"/file","keyword":"minLength","detail":"the file is shorter than 1 bytes"}]}"#;
    assert_eq!(attach(&server, PATH, "text/plain", ""), plain(400, empty));
    let absent = "--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\na\r\n--b--\r\n";
    let (status, _, body) = server.send(PATH, "multipart/form-data; boundary=b", absent);
    let expected = r#"{"type":"about:blank","title":"Bad Request","status":400,"detail":"body: \"file\" is a required property","errors":[{"in":"body","pointer":"","keyword":"required","schema":"/components/schemas/NewAttachment/required","detail":"\"file\" is a required property"}]}"#;
    assert_eq!((status, body.as_str()), (400, expected));
}

#[test]
fn the_mock_accepts_either() {
    let mock = Server::start_mock();
    let (status, _, body) = attach(&mock, PATH, "text/plain", "a");
    assert_eq!(status, 201, "{body}");
    let bytes = mock.send(PATH, "application/octet-stream", "a");
    assert_eq!((bytes.0, bytes.2.as_str()), (201, body.as_str()));
    assert_eq!(attach(&mock, PATH, "text/html", "a").0, 415);
}
