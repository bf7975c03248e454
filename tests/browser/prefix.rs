//! Behind a proxy that serves it all below a prefix.

use std::net::TcpListener;
use std::thread;

use actix_web::http::StatusCode;
use actix_web::rt::System;
use actix_web::web::{Bytes, Data, to};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use serde_json::json;
use ureq::Agent;
use ureq::http::Request;

use crate::page::{FIRST_PEOPLE, Page};
use crate::server::Server;

const PREFIX: &str = "/behind/a/prefix/";

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn page_and_swagger_ui_stay_below_the_prefix() {
    let server = Server::start("memory");
    let root = proxy(server.url.clone());
    let page = Page::below(root, server, "");
    page.lists(&FIRST_PEOPLE);
    page.submit("Homer", "a?b", "#create");
    page.shows("[role=status]", "Created Homer a?b.");
    page.submit("", "a?b", "#delete");
    page.lists(&FIRST_PEOPLE);

    page.click("nav a");
    page.until("document.querySelectorAll('.opblock').length", json!(5));
    page.close(&[]);
}

/// Starts a proxy and returns the address of the server behind it.
fn proxy(server: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("it has an address");
    thread::spawn(move || {
        let app = move || {
            App::new()
                .app_data(Data::new(server.clone()))
                .default_service(to(pass_on))
        };
        let proxy = HttpServer::new(app)
            .workers(1)
            .disable_signals()
            .listen(listener)
            .expect("it listens");
        System::new().block_on(proxy.run())
    });
    format!("http://{address}{PREFIX}")
}

async fn pass_on(server: Data<String>, request: HttpRequest, body: Bytes) -> HttpResponse {
    let target = request.uri().path_and_query().map_or("", |it| it.as_str());
    let Some(rest) = target.strip_prefix(PREFIX) else {
        return HttpResponse::BadGateway().finish();
    };
    let mut onward = Request::builder()
        .method(request.method().as_str())
        .uri(format!("{}{rest}", server.as_str()));
    for (name, value) in request.headers() {
        onward = onward.header(name.as_str(), value.as_bytes());
    }
    let agent = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .build()
        .new_agent();
    let mut answer = agent
        .run(onward.body(&body[..]).expect("a request"))
        .expect("the server answers");
    let mut response =
        HttpResponse::build(StatusCode::from_u16(answer.status().as_u16()).expect("a status"));
    for (name, value) in answer.headers() {
        response.append_header((name.as_str(), value.as_bytes()));
    }
    response.body(answer.body_mut().read_to_vec().expect("a body"))
}
