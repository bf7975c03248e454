//! "Authorize" of Swagger UI: each kind of credentials that a browser can send, and tokens of an authorization server.

use std::io::Write;
use std::sync::{Arc, mpsc};
use std::thread::sleep;
use std::time::{Duration, Instant};

use actix_web::http::StatusCode;
use actix_web::{App, HttpResponse, HttpServer};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use spec_first::contract::{Call, Routes, Settings, no_rules};
use spec_first::problem::Problem;
use spec_first::security::{ApiKey, Authenticated, Basic, Bearer, Credentials, Rejection};
use spec_first::{Api, RequestHead, Service, Spec};
use spec_first_build::Front;
use spec_first_build::contract::{Embedded, embedded};
use spec_first_build::document::Document;

use crate::authorization_server::AuthorizationServer;
use crate::webdriver::Browser;

const TIMEOUT: Duration = Duration::from_secs(30);

/// The schemes, each with an operation of its name.
const SCHEMES: [&str; 6] = ["basic", "header", "query", "bearer", "implicit", "code"];

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn credentials_that_are_entered_are_sent() {
    let tokens = AuthorizationServer::start();
    let ui = Ui::open(&document(&tokens.url));
    for scheme in ["basic", "header", "query", "bearer"] {
        ui.executes(scheme, "401");
    }
    ui.authorize("basic", &[("username", "ann"), ("password", "s:cret")]);
    ui.authorize("header", &[("api_key_value", "right key")]);
    ui.authorize("query", &[("api_key_value", "right&key")]);
    ui.authorize("bearer", &[("auth-bearer-value", "right.token")]);
    for scheme in ["basic", "header", "query", "bearer"] {
        ui.executes(scheme, "200");
    }
}

/// The implicit flow redirects with a token; the flow with a code asks for one.
#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn tokens_come_from_the_authorization_server() {
    let tokens = AuthorizationServer::start();
    let ui = Ui::open(&document(&tokens.url));
    for (scheme, response_type) in [("implicit", "token"), ("code", "code")] {
        ui.executes(scheme, "401");
        ui.authorize_by_oauth(scheme);
        ui.executes(scheme, "200");
        let asked = tokens.asked();
        let has = |text: &str| assert!(asked.contains(text), "{text}: {asked}");
        has(&format!("response_type={response_type}"));
        has("client_id=swagger");
        has("scope=read");
        has(&format!(
            "redirect_uri={}",
            encoded(&format!("{}oauth2-redirect.html", ui.url))
        ));
    }
    assert!(tokens.asked().contains("code=c1"), "{}", tokens.asked());
}

fn encoded(text: &str) -> String {
    text.replace(':', "%3A").replace('/', "%2F")
}

fn document(tokens: &str) -> Value {
    let scopes = json!({ "read": "Read." });
    let (authorize, token) = (format!("{tokens}/authorize"), format!("{tokens}/api/token"));
    let operation = |scheme: &str| {
        let scopes = match scheme {
            "implicit" | "code" => json!(["read"]),
            _ => json!([]),
        };
        json!({ "get": {
            "operationId": scheme,
            "security": [{ scheme: scopes }],
            "responses": { "200": { "description": "Who calls.", "content": { "application/json": { "schema": {} } } } },
        } })
    };
    let paths = SCHEMES.map(|scheme| (format!("/{scheme}"), operation(scheme)));
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Secured", "version": "1" },
        "servers": [{ "url": "/api" }],
        "paths": Value::Object(paths.into_iter().collect()),
        "components": { "securitySchemes": {
            "basic": { "type": "http", "scheme": "basic" },
            "header": { "type": "apiKey", "in": "header", "name": "X-Key" },
            "query": { "type": "apiKey", "in": "query", "name": "key" },
            "bearer": { "type": "http", "scheme": "bearer" },
            "implicit": { "type": "oauth2", "flows": { "implicit": { "authorizationUrl": authorize, "scopes": scopes } } },
            "code": { "type": "oauth2", "flows": { "authorizationCode": {
                "authorizationUrl": authorize, "tokenUrl": token, "scopes": scopes,
            } } },
        } },
    })
}

fn mount(routes: &mut Routes) {
    let app = Arc::new(());
    for scheme in SCHEMES {
        routes.add(scheme, &app, show);
    }
    authenticate::<Basic>(routes, "basic", |it| it.is("ann", "s:cret"));
    authenticate::<ApiKey>(routes, "header", |it| it.is("right key"));
    authenticate::<ApiKey>(routes, "query", |it| it.is("right&key"));
    authenticate::<Bearer>(routes, "bearer", |it| it.is("right.token"));
    authenticate::<Bearer>(routes, "implicit", |it| it.is("token-of-implicit"));
    authenticate::<Bearer>(routes, "code", |it| it.is("token-of-c1"));
}

fn authenticate<C: Credentials + 'static>(
    routes: &mut Routes,
    scheme: &'static str,
    is_right: fn(&C) -> bool,
) {
    let check = async move |_: &(), credentials: C, _: &RequestHead| match is_right(&credentials) {
        true => Ok(Authenticated::new(()).with_all_scopes()),
        false => Err(Rejection::invalid("they are wrong")),
    };
    routes.authenticate(scheme, &Arc::new(()), check);
}

async fn show(_: Arc<()>, call: Call) -> Result<HttpResponse, Problem> {
    let id = call.head().operation().to_owned();
    call.respond(StatusCode::OK, no_rules, async { Ok(id) })
        .await
}

/// Swagger UI of a server in this process.
struct Ui {
    browser: Browser,
    url: String,
}

impl Ui {
    fn open(document: &Value) -> Self {
        let browser = Browser::start();
        let url = format!("{}/api/ui/", serve(document));
        browser.go(&url);
        let ui = Self { browser, url };
        ui.until(
            "document.querySelectorAll('.opblock').length",
            &json!(SCHEMES.len()),
        );
        ui
    }

    /// Enters the credentials of a scheme into the fields of its form.
    fn authorize(&self, scheme: &str, fields: &[(&str, &str)]) {
        self.open_form(scheme);
        for (field, value) in fields {
            let select = "const field = document.querySelector(arguments[0]); field.focus(); field.select?.();";
            self.browser.run(select, json!([format!(".auth-container #{field}, .auth-container [name={field}], .auth-container input[id^={field}]")]));
            self.browser.insert(value);
        }
        self.browser.click(".auth-container .authorize");
        self.close_form();
    }

    fn authorize_by_oauth(&self, scheme: &str) {
        self.open_form(scheme);
        self.browser.run("const field = document.querySelector('.auth-container input[id^=client_id]'); field.focus(); field.select();", json!([]));
        self.browser.insert("swagger");
        self.browser.click(".auth-container .scopes h2 a");
        self.browser.click(".auth-container .authorize");
        self.until("document.querySelector('.auth-container .btn-done') !== null && [...document.querySelectorAll('.auth-container button')].some(it => it.textContent === 'Logout')", &json!(true));
        self.close_form();
    }

    /// The lock of an operation opens the form of its scheme alone.
    fn open_form(&self, scheme: &str) {
        self.browser.click(&format!(
            ".opblock:has([data-path='/{scheme}']) .authorization__btn"
        ));
        self.until(
            "document.querySelectorAll('.auth-container').length",
            &json!(1),
        );
    }

    fn close_form(&self) {
        self.until(
            "document.querySelector('.auth-container .btn-done') !== null",
            &json!(true),
        );
        self.browser.click(".auth-container .btn-done");
        self.until(
            "document.querySelectorAll('.auth-container').length",
            &json!(0),
        );
    }

    /// Tries an operation out, and closes it again.
    fn executes(&self, scheme: &str, status: &str) {
        let operation = format!(".opblock:has([data-path='/{scheme}'])");
        self.browser
            .click(&format!("{operation} .opblock-summary-control"));
        self.until(
            &format!("document.querySelector(\"{operation} .try-out__btn\") !== null"),
            &json!(true),
        );
        self.browser.click(&format!("{operation} .try-out__btn"));
        self.browser.click(&format!("{operation} .execute"));
        let found = format!(
            "document.querySelector(\"{operation} .live-responses-table .response .response-col_status\")"
        );
        self.until(&format!("{found}?.textContent.slice(0, 3)"), &json!(status));
        self.browser.click(&format!("{operation} .btn-clear"));
        self.browser.click(&format!("{operation} .try-out__btn"));
        self.browser
            .click(&format!("{operation} .opblock-summary-control"));
    }

    fn until(&self, expression: &str, expected: &Value) {
        let deadline = Instant::now() + TIMEOUT;
        loop {
            let found = self.browser.run(&format!("return {expression}"), json!([]));
            if found == *expected {
                return;
            }
            let console = || self.browser.log("browser");
            assert!(
                Instant::now() < deadline,
                "expected {expected}, found {found}, of {expression}; {:?}",
                console()
            );
            sleep(Duration::from_millis(50));
        }
    }
}

/// The document as the build embeds it.
fn compressed(document: &Value) -> &'static [u8] {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    let written = encoder.write_all(document.to_string().as_bytes());
    let compressed = written.and_then(|()| encoder.finish());
    compressed.expect("it is compressed").leak()
}

/// Serves a document until the test ends; where.
fn serve(document: &Value) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("swagger.yml");
    std::fs::write(&file, document.to_string()).expect("it is written");
    let read = Document::read(&file).expect("it is a document");
    let front = Front::new(&read).expect("it keeps the rules");
    let Embedded { contract, schemas } = embedded(front.contract);
    let [contract, schemas] = [contract, schemas].map(|it| &*it.to_string().leak());
    let spec = Spec::new(contract, schemas, "{}").with_documents(compressed(document), &[]);
    let spec = Box::leak(Box::new(spec));
    let service =
        Service::new(&Api::new(spec, mount), Settings::default()).expect("the contract loads");
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let server =
            HttpServer::new(move || App::new().configure(|config| service.configure(config)));
        let server = server.workers(1).bind("127.0.0.1:0").expect("a free port");
        sender.send(server.addrs()[0]).expect("the test waits");
        actix_web::rt::System::new().block_on(server.run())
    });
    let address = receiver.recv().expect("the server starts");
    format!("http://{address}")
}
