//! The listener for operators, beside that of the API.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use actix_web::rt::time::sleep;
use spec_first::Server;

use crate::client::{Answer, exchange};
use crate::serving::{server_with, start};

const READY: &str = r#"{"status":"ready"}"#;

/// The addresses of a server and of its listener for operators, which run until the tests end.
pub fn serve(server: impl FnOnce(Server) -> Server + Send + 'static) -> (SocketAddr, SocketAddr) {
    let admin = free();
    let option = format!("--admin={admin}");
    let run = move |address| server(server_with(address, &[&option])).run();
    (start(run), admin)
}

pub fn free() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address")
}

pub fn send(address: SocketAddr, method: &str, path: &str) -> Answer {
    let head = format!("{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    exchange(address, head.as_bytes())
}

pub fn get(address: SocketAddr, path: &str) -> Answer {
    send(address, "GET", path)
}

/// The problem of a server that is not ready.
fn not_ready(detail: &str, failed: &str) -> String {
    let detail = detail.replace('"', "\\\"");
    format!(
        r#"{{"type":"about:blank","title":"Service Unavailable","status":503,"detail":"{detail}","failed":[{failed}]}}"#
    )
}

#[test]
fn a_server_without_checks_is_live_and_ready() {
    let (api, admin) = serve(|server| server);
    let live = get(admin, "/health/live");
    live.is_json(200, r#"{"status":"live"}"#);
    assert_eq!(live.header("Cache-Control"), "no-store");
    assert_eq!(live.header("X-Content-Type-Options"), "nosniff");
    get(admin, "/health/ready?verbose").is_json(200, READY);
    let head = send(admin, "HEAD", "/health/ready");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(get(api, "/health/live").status, 404);
    assert_eq!(get(admin, "/api/ping").status, 404);
}

#[test]
fn other_paths_and_methods_of_the_listener_are_problems() {
    let (_, admin) = serve(|server| server);
    let nothing = r#"{"type":"about:blank","title":"Not Found","status":404,"detail":"there is nothing here"}"#;
    for path in [
        "/",
        "/health",
        "/health/live/",
        "/health/ready/x",
        "/HEALTH/LIVE",
    ] {
        get(admin, path).is_problem(404, nothing);
    }
    for path in ["/health/live", "/health/ready"] {
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "BREW"] {
            let answer = send(admin, method, path);
            answer.is_problem(
                405,
                r#"{"type":"about:blank","title":"Method Not Allowed","status":405,"detail":"this resource answers GET, HEAD"}"#,
            );
            assert_eq!(answer.header("Allow"), "GET, HEAD");
        }
    }
}

#[test]
fn a_server_is_ready_while_its_checks_succeed() {
    let works = Arc::new(AtomicBool::new(true));
    let checked = Arc::clone(&works);
    let (_, admin) = serve(move |server| {
        let check = move || {
            let works = checked.load(Ordering::Relaxed);
            async move { works.then_some(()).ok_or("the disk of the check is gone") }
        };
        let server = server.ready("disk", check);
        server.ready("always", async || Ok::<_, io::Error>(()))
    });
    get(admin, "/health/ready").is_json(200, READY);
    works.store(false, Ordering::Relaxed);
    wait_for(admin, 503);
    let failed = not_ready(r#"the check "disk" failed"#, r#""disk""#);
    get(admin, "/health/ready").is_problem(503, &failed);
    get(admin, "/health/live").is_json(200, r#"{"status":"live"}"#);
    let logged = crate::log::lines("the disk of the check is gone");
    assert_eq!(logged.len(), 1, "{logged:?}");
    assert!(
        logged[0].contains("the server is not ready check=\"disk\""),
        "{logged:?}"
    );
    works.store(true, Ordering::Relaxed);
    wait_for(admin, 200);
    get(admin, "/health/ready").is_json(200, READY);
}

/// Waits until the last outcome of the checks is too old.
fn wait_for(admin: SocketAddr, status: u16) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while get(admin, "/health/ready").status != status {
        assert!(Instant::now() < deadline, "it is never {status}");
        thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_check_that_hangs_or_panics_fails() {
    let (_, admin) = serve(|server| {
        let server = server.ready("hanging", async || {
            sleep(Duration::from_secs(3600)).await;
            Ok::<_, io::Error>(())
        });
        server.ready("broken", || -> std::future::Ready<Result<(), io::Error>> {
            panic!("out of checks")
        })
    });
    let start = Instant::now();
    let detail = r#"the check "hanging" timed out; the check "broken" failed"#;
    get(admin, "/health/ready").is_problem(503, &not_ready(detail, r#""hanging","broken""#));
    assert!(start.elapsed() >= Duration::from_millis(800));
    get(admin, "/health/live").is_json(200, r#"{"status":"live"}"#);
}

#[test]
fn many_probes_share_one_run_of_the_checks() {
    let runs = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&runs);
    let (_, admin) = serve(move |server| {
        server.ready("slow", move || {
            counted.fetch_add(1, Ordering::Relaxed);
            async {
                sleep(Duration::from_millis(300)).await;
                Ok::<_, io::Error>(())
            }
        })
    });
    let start = Instant::now();
    let probes: Vec<_> = (0..40)
        .map(|_| thread::spawn(move || get(admin, "/health/ready")))
        .collect();
    for probe in probes {
        probe.join().expect("a response").is_json(200, READY);
    }
    // One for each period in which an outcome is kept.
    let most = 1 + start.elapsed().as_millis() / 800;
    let runs = runs.load(Ordering::Relaxed) as u128;
    assert!((1..=most).contains(&runs), "{runs} of {most}");
}

#[test]
fn a_taken_port_of_the_listener_is_an_error_at_the_start() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let admin = listener.local_addr().expect("an address");
    let option = format!("--admin={admin}");
    let error = server_with(free(), &[&option]).run();
    assert_eq!(
        error,
        Err(format!(
            "cannot listen on {admin}, the address of --admin: Address already in use (os error 98)"
        ))
    );
}
