//! What a server does with more, larger or longer requests than it takes on.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc;
use std::thread::{self, JoinHandle, sleep};
use std::time::{Duration, Instant};

use actix_web::Error;
use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::{Next, from_fn};
use actix_web::rt::time;
use tokio::sync::Semaphore;

use crate::client::{exchange, stream};
use crate::log;
use crate::serving::{get, server_with, start};

/// A middleware that waits for as many milliseconds as the query says.
pub async fn wait(
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if let Ok(milliseconds) = request.query_string().parse() {
        time::sleep(Duration::from_millis(milliseconds)).await;
    }
    next.call(request).await
}

fn serve(options: &'static [&'static str]) -> SocketAddr {
    start(|address| server_with(address, options).wrap(|| from_fn(wait)).run())
}

fn problem(status: u16, title: &str, detail: &str) -> String {
    format!(r#"{{"type":"about:blank","title":"{title}","status":{status},"detail":"{detail}"}}"#)
}

#[test]
fn one_request_too_many_is_503_at_once() {
    let address = serve(&["--max-concurrent-requests=2"]);
    let handled =
        ["busy-1", "busy-2"].map(|id| thread::spawn(move || get(address, "/api/ping?4000", id)));
    sleep(Duration::from_millis(500));
    for (path, id) in [("/api/ping", "busy-3"), ("/nowhere", "busy-4")] {
        let answer = get(address, path, id);
        assert!(!handled.iter().any(JoinHandle::is_finished), "{answer:?}");
        answer.is_problem(
            503,
            &problem(
                503,
                "Service Unavailable",
                "the server handles as many requests as it can",
            ),
        );
        assert_eq!(answer.header("Retry-After"), "1");
        let lines = log::lines(&format!("request_id=\"{id}\""));
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert!(lines[0].contains("status=503"), "{lines:?}");
    }
    for answer in handled {
        answer.join().expect("a response").is_json(200, "\"pong\"");
    }
    get(address, "/api/ping", "busy-5").is_json(200, "\"pong\"");
}

/// A middleware that lets two requests work at once, each for a tenth of a second: what a pool of two connections to a database does.
async fn work(
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    static POOL: Semaphore = Semaphore::const_new(2);
    let _permit = POOL.acquire().await;
    time::sleep(Duration::from_millis(100)).await;
    next.call(request).await
}

#[test]
fn at_twice_the_load_latency_is_at_most_doubled() {
    let run = |address| {
        let server = server_with(address, &["--max-concurrent-requests=4"]);
        server.wrap(|| from_fn(work)).run()
    };
    let address = start(run);
    let timed = move |id: String| {
        let begin = Instant::now();
        (get(address, "/api/ping", &id).status, begin.elapsed())
    };
    let alone = (0..3).map(|number| timed(format!("alone-{number}")).1);
    let alone = alone.min().expect("a response");
    // Twenty requests a second are what it can serve; forty arrive, whether or not others have had a response.
    let requests: Vec<_> = (0..80)
        .map(|number| {
            sleep(Duration::from_millis(25));
            thread::spawn(move || timed(format!("overload-{number}")))
        })
        .collect();
    let answers = requests
        .into_iter()
        .map(|it| it.join().expect("a response"));
    let (served, rejected): (Vec<_>, Vec<_>) = answers.partition(|(status, _)| *status == 200);
    let median = |answers: &[(u16, Duration)]| {
        let mut times: Vec<_> = answers.iter().map(|(_, time)| *time).collect();
        times.sort_unstable();
        times[times.len() / 2]
    };
    assert!(rejected.iter().all(|(status, _)| *status == 503));
    assert!((25..60).contains(&served.len()), "{}", served.len());
    let (served, rejected) = (median(&served), median(&rejected));
    println!("median latency: served {served:?}, rejected {rejected:?}, alone {alone:?}");
    assert!(served < alone * 13 / 5, "{served:?}, alone {alone:?}");
    assert!(rejected < alone / 2, "{rejected:?}, alone {alone:?}");
}

/// A middleware that keeps the worker busy for as many milliseconds as the query says.
async fn compute(
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if let Ok(milliseconds) = request.query_string().parse() {
        sleep(Duration::from_millis(milliseconds));
    }
    next.call(request).await
}

/// The statuses of seven requests, of which the last six arrive while the first one keeps the worker busy, in the order in which the
/// responses come.
fn statuses_of_busy_worker(options: &'static [&'static str]) -> Vec<u16> {
    let address = start(|address| {
        let server = server_with(address, options);
        server.wrap(|| from_fn(compute)).run()
    });
    let request = "GET /api/ping?500 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let (sender, statuses) = mpsc::channel();
    for number in 0..7 {
        let sender = sender.clone();
        thread::spawn(move || sender.send(exchange(address, request.as_bytes()).status));
        sleep(Duration::from_millis(if number == 0 { 100 } else { 10 }));
    }
    drop(sender);
    statuses.iter().collect()
}

#[test]
fn requests_that_wait_for_a_busy_worker_are_limited() {
    let statuses = statuses_of_busy_worker(&["--max-concurrent-requests=2"]);
    // The first response may come after some of those that are rejected when it has been sent.
    let (early, late) = statuses.split_at(5);
    let mut early = early.to_vec();
    early.sort_unstable();
    assert_eq!(
        (&*early, late),
        (&[200, 503, 503, 503, 503][..], &[200, 200][..])
    );
}

#[test]
fn requests_that_wait_for_a_busy_worker_are_handled_within_the_limit() {
    let statuses = statuses_of_busy_worker(&["--max-concurrent-requests=6"]);
    assert_eq!(statuses, [200; 7]);
}

#[test]
fn a_request_that_takes_too_long_is_504() {
    let address = serve(&["--request-timeout=1"]);
    let answer = get(address, "/api/ping?5000", "timeout-1");
    answer.is_problem(
        504,
        &problem(
            504,
            "Gateway Timeout",
            "the request has not been handled within 1 seconds",
        ),
    );
    assert_eq!(answer.header("Retry-After"), "");
    assert_eq!(answer.header("X-Request-Id"), "timeout-1");
    let lines = log::lines("request_id=\"timeout-1\"");
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].contains("status=504"), "{lines:?}");
    get(address, "/api/ping?200", "timeout-2").is_json(200, "\"pong\"");
}

#[test]
fn a_timeout_of_0_is_none() {
    let address = serve(&["--request-timeout=0"]);
    get(address, "/api/ping?1500", "no-timeout").is_json(200, "\"pong\"");
}

#[test]
fn a_stream_may_last_longer_than_the_timeout() {
    let address = serve(&["--request-timeout=1"]);
    let mut client = TcpStream::connect(address).expect("a connection");
    let head = "GET /api/endless HTTP/1.1\r\nHost: x\r\nX-Request-Id: timeout-stream\r\n\r\n";
    client.write_all(head.as_bytes()).expect("it is sent");
    let begin = Instant::now();
    while begin.elapsed() < Duration::from_millis(2500) {
        assert!(client.read(&mut [0; 1024]).expect("the stream goes on") > 0);
    }
}

#[test]
fn the_time_counts_from_the_last_part_of_a_long_body() {
    let address = serve(&["--request-timeout=1"]);
    let head = "POST /api/echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n";
    let slowly = |part: &'static str| {
        sleep(Duration::from_millis(400));
        part.as_bytes()
    };
    let start = format!("{head}X-Request-Id: timeout-long\r\nTransfer-Encoding: chunked\r\n\r\n");
    let parts = [
        "2\r\n[1\r\n",
        "2\r\n,2\r\n",
        "2\r\n,3\r\n",
        "2\r\n,4\r\n",
        "1\r\n]\r\n0\r\n\r\n",
    ];
    let parts = std::iter::once(start.as_bytes()).chain(parts.into_iter().map(slowly));
    stream(address, parts).is_json(200, "[1,2,3,4]");

    let start = format!("{head}X-Request-Id: timeout-short\r\nContent-Length: 9\r\n\r\n");
    let parts = ["[1", ",2", ",3", ",4", "]"];
    let parts = std::iter::once(start.as_bytes()).chain(parts.into_iter().map(slowly));
    assert_eq!(stream(address, parts).status, 504);
}

#[test]
fn a_url_that_is_too_long_is_414() {
    let address = serve(&["--url-limit=20"]);
    get(address, "/api/ping?aaaaaaaaaa", "url-1").is_json(200, "\"pong\"");
    get(address, "/api/ping?aaaaaaaaaaa", "url-2").is_problem(
        414,
        &problem(
            414,
            "URI Too Long",
            "the path and query are longer than 20 bytes",
        ),
    );
}

#[test]
fn headers_that_are_too_long_are_431() {
    let address = serve(&["--header-limit=30"]);
    // `Host: x`, `Connection: close` and `X: …` are 4 + 1 and 10 + 5 and 1 bytes.
    let send = |value: &str| {
        let head =
            format!("GET /api/ping HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX: {value}\r\n\r\n");
        exchange(address, head.as_bytes())
    };
    send("123456789").is_json(200, "\"pong\"");
    send("1234567890").is_problem(
        431,
        &problem(
            431,
            "Request Header Fields Too Large",
            "the headers are longer than 30 bytes",
        ),
    );
}

#[test]
fn a_connection_too_many_has_503_and_is_closed() {
    let address = serve(&["--max-connections=2"]);
    // The first one is that of `start`, which is closed already.
    sleep(Duration::from_millis(300));
    let mut kept: Vec<_> = (0..2)
        .map(|_| TcpStream::connect(address).expect("a connection"))
        .collect();
    let request = "GET /api/ping HTTP/1.1\r\nHost: x\r\nX-Request-Id: connection-kept\r\n\r\n";
    for client in &mut kept {
        client.write_all(request.as_bytes()).expect("it is sent");
        let length = client.read(&mut [0; 1024]).expect("a response");
        assert!(length > 0);
    }
    // Without `Connection: close`: `exchange` reads until the server closes the connection.
    let request = "GET /api/ping HTTP/1.1\r\nHost: x\r\nX-Request-Id: connection-excess\r\n\r\n";
    let answer = exchange(address, request.as_bytes());
    answer.is_problem(
        503,
        &problem(
            503,
            "Service Unavailable",
            "the server has as many connections as it can serve",
        ),
    );
    assert_eq!(
        (answer.header("Retry-After"), answer.header("Connection")),
        ("1", "close")
    );
    kept.pop();
    sleep(Duration::from_millis(300));
    get(address, "/api/ping", "connection-after").is_json(200, "\"pong\"");
}
