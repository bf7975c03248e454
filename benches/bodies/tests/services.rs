//! Whether both services do the same work, so that their costs can be compared.

use actix_web::web::Bytes;
use bodies::{Direction, Harness, Kind, Shape};
use serde_json::Value;

fn exchange(
    harness: &Harness,
    shape: Shape,
    direction: Direction,
    body: &Bytes,
) -> Result<Bytes, String> {
    harness.body(harness.handle(harness.prepare(shape, direction, body)))
}

#[test]
fn both_services_read_and_send_back_every_shape() {
    let [ours, plain] =
        [Kind::Ours, Kind::Plain].map(|kind| Harness::new(kind).expect("a service"));
    for shape in bodies::ALL {
        let body = Bytes::from(shape.json());
        let sent = exchange(&ours, shape, Direction::Echo, &body).expect("a success");
        assert_eq!(
            exchange(&plain, shape, Direction::Echo, &body),
            Ok(sent.clone())
        );
        let [sent, body_value] =
            [&sent, &body].map(|bytes| serde_json::from_slice::<Value>(bytes).expect("JSON"));
        assert_eq!(sent, body_value, "{shape:?}");
        for harness in [&ours, &plain] {
            let read = exchange(harness, shape, Direction::Read, &body);
            assert_eq!(read, Ok(Bytes::new()), "{shape:?}");
        }
    }
}

#[test]
fn only_ours_refuses_what_breaks_the_spec() {
    let [ours, plain] =
        [Kind::Ours, Kind::Plain].map(|kind| Harness::new(kind).expect("a service"));
    let long = "x".repeat(101);
    let body = format!(r#"{{"first":"{long}","last":"B","changed":"2026-01-01T00:00:00Z"}}"#);
    let body = Bytes::from(body);
    let refused = exchange(&ours, Shape::One, Direction::Read, &body).expect_err("too long");
    assert!(refused.starts_with("400 Bad Request: "), "{refused}");
    assert!(refused.contains(r#""pointer":"/first""#), "{refused}");
    let read = exchange(&plain, Shape::One, Direction::Read, &body);
    assert_eq!(read, Ok(Bytes::new()));
}
