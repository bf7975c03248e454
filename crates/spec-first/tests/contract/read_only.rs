//! Members that the spec keeps for responses, in requests: dropped, or rejected by option.

use std::sync::Arc;

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};
use spec_first::contract::{Call, ReadOnly, Settings, decode_additional, no_rules};

use crate::files::{body, contract, operation, with};
use crate::server::{Application, Server, application};

/// A type as the generator writes it for a request.
#[derive(Debug, Deserialize, Serialize)]
struct Pet {
    name: String,
    #[serde(flatten, deserialize_with = "additional")]
    additional: BTreeMap<String, u8>,
}

fn additional<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, u8>, D::Error> {
    decode_additional(&["id", "owner"], deserializer)
}

/// A contract as the build writes it: what is read-only in a request is marked.
fn pets() -> Value {
    let pet = json!({
        "type": "object",
        "required": ["name"],
        "properties": {
            "id": { "type": "string", "readOnly": true },
            "name": { "type": "string" },
            "owner": { "allOf": [{ "$ref": "#/schemas/name" }], "readOnly": true },
        },
        "additionalProperties": { "type": "integer" },
    });
    let create = with(operation("create", "POST", "/pets"), "body", body("pet"));
    contract(
        json!({ "pet": pet, "name": { "type": "string" } }),
        json!([create]),
    )
}

fn server(read_only: ReadOnly) -> Server {
    let settings = Settings {
        read_only,
        ..Settings::default()
    };
    Server::start(&pets(), settings, |routes| {
        routes.add(
            "create",
            &application(),
            |_: Arc<Application>, call: Call| async move {
                let pet: Pet = call.body(no_rules)?;
                call.respond(StatusCode::OK, no_rules, async { Ok(pet) })
                    .await
            },
        );
    })
}

#[test]
fn what_is_read_only_is_checked_and_dropped() {
    let server = server(ReadOnly::Drop);
    let sent = r#"{"id":"a","name":"Rex","age":3,"owner":"Ann"}"#;
    server
        .post("/api/pets", sent)
        .is_json(200, r#"{"name":"Rex","age":3}"#);
    assert_eq!(
        server.post("/api/pets", r#"{"id":1,"name":"Rex"}"#).status,
        400
    );
}

#[test]
fn a_read_only_member_is_rejected_by_option() {
    let server = server(ReadOnly::Refuse);
    server
        .post("/api/pets", r#"{"name":"Rex"}"#)
        .is_json(200, r#"{"name":"Rex"}"#);
    let sent = r#"{"id":"a","name":"Rex","owner":"Ann"}"#;
    server.post("/api/pets", sent).is_problem(
        400,
        concat!(
            r#"{"type":"about:blank","title":"Bad Request","status":400,"#,
            r#""detail":"body at /id: it is read-only, so no request may have it","errors":["#,
            r#"{"in":"body","pointer":"/id","keyword":"readOnly","schema":"/schemas/pet/properties/id/readOnly","detail":"it is read-only, so no request may have it"},"#,
            r#"{"in":"body","pointer":"/owner","keyword":"readOnly","schema":"/schemas/pet/properties/owner/readOnly","detail":"it is read-only, so no request may have it"}]}"#,
        ),
    );
}
