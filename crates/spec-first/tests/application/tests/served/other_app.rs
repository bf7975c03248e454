//! The API inside of an actix-web `App` of somebody else, next to other routes.

use std::sync::mpsc;

use actix_web::dev::ServerHandle;
use actix_web::{App, HttpResponse, HttpServer, rt, web};
use spec_first::{Service, Settings};
use tasks::{List, generated};

use crate::server::{get, plain};

#[test]
fn the_api_and_other_routes_are_served_by_one_app() {
    let (address, handle) = start();
    assert_eq!(get(&address, "/v1/tasks"), plain(200, "[]"));
    assert_eq!(get(&address, "/v1/ui/").0, 200);
    assert_eq!(get(&address, "/hello"), plain(200, "hello"));
    assert_eq!(get(&address, "/v1/other"), plain(404, "nothing here"));
    rt::System::new().block_on(handle.stop(false));
}

/// Starts the other program; its address, and what stops it.
fn start() -> (String, ServerHandle) {
    let api = generated::api(List::default());
    let service = Service::new(&api, Settings::default()).expect("the contract loads");
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let server = HttpServer::new(move || {
            App::new()
                .route("/hello", web::get().to(async || "hello"))
                .configure(|config| service.configure(config))
                .default_service(web::to(async || {
                    HttpResponse::NotFound().body("nothing here")
                }))
        });
        let server = server.workers(1).disable_signals().bind("127.0.0.1:0");
        let server = server.expect("a free port");
        let address = server.addrs()[0].to_string();
        rt::System::new().block_on(async {
            let server = server.run();
            let sent = sender.send((address, server.handle()));
            sent.expect("the test waits");
            server.await
        })
    });
    receiver.recv().expect("the server starts")
}
