//! The table of security schemes: what each reads of a request, in each version.

use std::sync::Arc;

use actix_web::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use spec_first::RequestHead;
use spec_first::contract::{Call, Routes, Settings, no_rules};
use spec_first::security::{
    ApiKey, Authenticated, Authorization, Basic, Bearer, Connection, Rejection,
};
use spec_first_build::document::Document;
use spec_first_build::print::facts;
use spec_first_build::{Front, Model};

use super::code;
use super::versions::VERSIONS;
use crate::server::{Application, Server, application};

/// One row.
#[derive(Deserialize)]
pub struct Case {
    scheme: Value,
    /// A query, or the line of a header.
    request: String,
    /// What the application receives.
    value: String,
    #[serde(default)]
    note: String,
}

/// What a version makes of a scheme: the type of the credentials, and the challenge.
type Found = Option<(String, String)>;

/// The table.
pub fn table(cases: &[Case]) -> String {
    let head = format!(
        "\n| Scheme | Request | Credentials | Challenge | 2.0 | 3.0 | 3.1 | Notes |\n{}|\n",
        "| --- ".repeat(8)
    );
    head + &cases.iter().map(row).collect::<String>()
}

fn row(case: &Case) -> String {
    let found = VERSIONS.map(|version| find(version, case));
    let accepted = found.iter().flatten().next();
    let (kind, challenge) = accepted.map_or((String::new(), String::new()), |(kind, challenge)| {
        (format!("`{kind}`"), format!("`{challenge}`"))
    });
    let cells = found.iter().map(|found| match found {
        Some(_) => "yes",
        None => "error",
    });
    format!(
        "| {} | `{}` | {kind} | {challenge} | {} | {} |\n",
        code(&case.scheme),
        case.request,
        cells.collect::<Vec<_>>().join(" | "),
        case.note
    )
}

/// Asks a server; none where the build rejects the scheme.
fn find(version: &str, case: &Case) -> Found {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("swagger.yml");
    std::fs::write(&file, document(version, case).to_string()).expect("it is written");
    let document = Document::read(&file).expect("it is a document");
    let front = Front::new(&document).ok()?;
    let model = Model::new(&document, &front.api, &front.contract).ok()?;
    let kind = &facts(&model)["x-rs-security"]["schemes"][0]["credentials"];
    let kind = kind.as_str().expect("a type").to_owned();
    let of = kind.clone();
    let server = Server::start(&front.contract, Settings::default(), move |routes| {
        routes.add("get", &application(), show);
        authenticate(routes, &of);
    });
    let (target, header) = match case.request.strip_prefix('?') {
        Some(query) => (format!("/?{query}"), String::new()),
        None => ("/".to_owned(), format!("{}\r\n", case.request)),
    };
    let answer = server.send("GET", &target, &header, "");
    answer.is_json(200, &json!(case.value).to_string());
    let refused = server.get("/");
    assert_eq!(refused.status, 401);
    Some((kind, refused.header("WWW-Authenticate").to_owned()))
}

fn authenticate(routes: &mut Routes, kind: &str) {
    let app = application();
    match kind {
        "ApiKey" => routes.authenticate(
            "scheme",
            &app,
            async |_: &Application, key: ApiKey, _: &_| found(key.expose()),
        ),
        "Basic" => {
            routes.authenticate("scheme", &app, async |_: &Application, it: Basic, _: &_| {
                found(&format!("{}:{}", it.name(), it.expose_password()))
            })
        }
        "Bearer" => routes.authenticate(
            "scheme",
            &app,
            async |_: &Application, it: Bearer, _: &_| found(it.expose()),
        ),
        "Authorization" => {
            let read =
                async |_: &Application, it: Authorization, _: &RequestHead| found(it.expose());
            routes.authenticate("scheme", &app, read);
        }
        _ => {
            let read = async |_: &Application, _: Connection, head: &RequestHead| {
                let certificate = head.headers().get("Client-Cert");
                let certificate = certificate.and_then(|it| it.to_str().ok());
                certificate.map_or_else(|| Err(Rejection::missing()), found)
            };
            routes.authenticate("scheme", &app, read);
        }
    }
}

fn found(text: &str) -> Result<Authenticated<String>, Rejection> {
    Ok(Authenticated::new(text.to_owned()).with_scopes(["read"]))
}

async fn show(
    _: Arc<Application>,
    call: Call,
) -> Result<actix_web::HttpResponse, spec_first::problem::Problem> {
    let principal: String = call.principal("scheme")?;
    let outcome = async { Ok(principal) };
    call.respond(StatusCode::OK, no_rules, outcome).await
}

fn document(version: &str, case: &Case) -> Value {
    let has_scopes = matches!(
        case.scheme["type"].as_str(),
        Some("oauth2" | "openIdConnect")
    );
    let scopes = if has_scopes {
        json!(["read"])
    } else {
        json!([])
    };
    let schemes = json!({ "scheme": case.scheme });
    let (answer, member) = match version {
        "2.0" => (json!({ "schema": {} }), "swagger"),
        _ => (
            json!({ "content": { "application/json": { "schema": {} } } }),
            "openapi",
        ),
    };
    let mut answer = answer;
    answer["description"] = json!("An answer.");
    let operation = json!({
        "operationId": "get",
        "security": [{ "scheme": scopes }],
        "responses": { "200": answer },
    });
    let mut document = json!({
        member: version,
        "info": { "title": "A", "version": "1" },
        "paths": { "/": { "get": operation } },
    });
    match version {
        "2.0" => document["securityDefinitions"] = schemes,
        _ => document["components"] = json!({ "securitySchemes": schemes }),
    }
    document
}
