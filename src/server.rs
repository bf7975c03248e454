//! The server: the API, with everything that stands beside it, on a socket. It knows no spec in particular.

mod access_log;
mod announcement;
mod open_files;
mod patience;
mod signals;

use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use actix_web::http::KeepAlive;
use actix_web::http::header::X_CONTENT_TYPE_OPTIONS;
use actix_web::middleware::{DefaultHeaders, from_fn};
use actix_web::web::{Data, ServiceConfig, to};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, rt};
use include_dir::Dir;

use crate::compression::compress;
use crate::contract::{self, Contract, Routes, Settings};
use crate::generated::routes::{Api, mount};
use crate::logging;
use crate::options::{Formats, Options, ReadOnly, Responses};
use crate::site::Site;
use crate::spec::Spec;

/// The spec, prepared for the checks.
const CONTRACT: &str = include_str!(concat!(env!("OUT_DIR"), "/contract.json"));
/// How long a request's head may take to arrive, and then how long its body may.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a connection may stay open without a request.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// How long requests under way may take once the server is to stop, in seconds.
const FAREWELL: u64 = 10;

/// What a program adds to its API.
#[derive(Default)]
pub struct Extras {
    /// The page at `/`, as a folder of files; without one, `/` leads to Swagger UI.
    pub page: Option<&'static Dir<'static>>,
    /// What to print at the start beside the addresses: names and values.
    pub facts: Vec<(&'static str, String)>,
    /// Whether to answer operations without what is not served of them yet; see [`Settings::partial`].
    pub partial: bool,
}

/// Serves the API by `app` until a signal says to stop.
///
/// # Errors
/// A sentence: the address cannot be had, or the server failed.
pub fn serve<A: Api + Send + Sync>(
    app: A,
    options: &Options,
    extras: &Extras,
) -> Result<(), String> {
    logging::start(options.log_level, options.log_format);
    let settings = settings(options, extras);
    let contract = Arc::new(Contract::load(CONTRACT, &settings)?);
    let spec = Spec::load().map_err(|error| format!("cannot read the embedded spec: {error}"))?;
    let base_paths = contract.base_paths().to_vec();
    let site = Site::new(&spec, &base_paths, extras.page);
    let services = services(app, contract, settings, site)?;
    open_files::raise_limit();
    let announce = |address| announcement::print(address, &spec, &base_paths, extras);
    rt::System::new().block_on(run(services, options, announce))
}

/// What each worker serves: the operations, and beside them the site.
fn services<A: Api + Send + Sync>(
    app: A,
    contract: Arc<Contract>,
    settings: Settings,
    site: Site,
) -> Result<impl FnOnce(&mut ServiceConfig) + Clone + Send, String> {
    let paths: Vec<_> = site.paths().map(str::to_owned).collect();
    let routes = move || {
        let mut routes = Routes::new(contract.clone(), settings);
        routes.leave(paths.iter().cloned());
        mount::<A>(&mut routes);
        routes
    };
    routes().check()?;
    let (app, site) = (Data::new(app), Data::new(site));
    Ok(move |config: &mut ServiceConfig| {
        config.app_data(app).app_data(site);
        config.default_service(to(beside));
        routes().configure(config);
    })
}

async fn run(
    services: impl FnOnce(&mut ServiceConfig) + Clone + Send + 'static,
    options: &Options,
    announce: impl FnOnce(SocketAddr),
) -> Result<(), String> {
    let application = move || {
        App::new()
            .wrap(from_fn(compress))
            .wrap(DefaultHeaders::new().add((X_CONTENT_TYPE_OPTIONS, "nosniff")))
            .wrap(from_fn(access_log::log))
            .wrap(from_fn(patience::excuse))
            .configure(services.clone())
    };
    // Before the address is told: who knows it may want to stop the server.
    let stop = signals::stop().map_err(|error| format!("cannot receive signals: {error}"))?;
    let server = HttpServer::new(application)
        .workers(workers(options))
        .keep_alive(KeepAlive::Timeout(KEEP_ALIVE))
        .client_request_timeout(PATIENCE)
        .tcp_nodelay(true)
        .on_connect(patience::watch)
        .shutdown_timeout(FAREWELL)
        .shutdown_signal(stop)
        .bind(options.listen)
        .map_err(|error| format!("cannot listen on {}: {error}", options.listen))?;
    server.addrs().into_iter().next().map(announce);
    let end = server.run().await;
    end.map_err(|error| format!("the server failed: {error}"))
}

/// Answers a request that is for no operation.
async fn beside(request: HttpRequest, site: Data<Site>) -> HttpResponse {
    site.answer(&request)
}

fn settings(options: &Options, extras: &Extras) -> Settings {
    Settings {
        strict: options.strict,
        partial: extras.partial,
        formats: options.formats == Formats::Check,
        read_only: match options.read_only {
            ReadOnly::Drop => contract::ReadOnly::Drop,
            ReadOnly::Refuse => contract::ReadOnly::Refuse,
        },
        responses: match options.responses {
            Responses::Enforce => contract::Responses::Enforce,
            Responses::Report => contract::Responses::Report,
            Responses::Off => contract::Responses::Off,
        },
        body_limit: options.body_limit,
        body_timeout: PATIENCE,
    }
}

fn workers(options: &Options) -> usize {
    options.workers.map_or_else(
        || available_parallelism().map_or(1, usize::from),
        usize::from,
    )
}
