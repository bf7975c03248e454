//! The People API by hand: the same operations as `swagger.yml` on people in memory, as quick as actix-web is without tricks.
//! Nothing is validated beyond what the types take, and nothing is logged.

mod people;
mod store;

use std::env;
use std::io::{self, ErrorKind, Write};

use actix_web::web::{Data, JsonConfig, delete, get, post, put, resource, scope};
use actix_web::{App, HttpServer};

use store::Store;

/// Serves at the address that is the only argument, with one worker, and prints the address that it got.
#[actix_web::main]
async fn main() -> io::Result<()> {
    let address = env::args().nth(1);
    let address = address.ok_or_else(|| io::Error::new(ErrorKind::InvalidInput, "peer ADDRESS"))?;
    let store = Data::new(Store::new(&[
        ("Doug", "Farrell"),
        ("Kent", "Brockman"),
        ("Bunny", "Easter"),
    ]));
    let server = HttpServer::new(move || {
        let api = scope("/api")
            .service(
                resource("/people")
                    .route(get().to(people::read_all))
                    .route(post().to(people::create)),
            )
            .service(
                resource("/people/{lname}")
                    .route(get().to(people::read_one))
                    .route(put().to(people::update))
                    .route(delete().to(people::delete)),
            );
        App::new()
            .app_data(store.clone())
            .app_data(JsonConfig::default().error_handler(people::bad_body))
            .service(api)
    });
    let server = server.workers(1).tcp_nodelay(true).bind(address)?;
    for address in server.addrs() {
        println!("People is served at {address}");
    }
    io::stdout().flush()?;
    server.run().await
}
