//! Servers whose way to PostgreSQL breaks: what is answered, for how long, and that nothing is lost or done twice.

use std::thread;
use std::time::{Duration, Instant};

use super::postgres::serve_from;
use super::postgres_server::PostgresServer;
use super::proxy::{Network, Proxy};
use super::support::{Reply, Server, TIMEOUT, assert_problem};
use super::writers::{Writer, check, write_during};

/// The longest that a request may take: what a call of the store may, and what a busy machine adds.
const LONGEST: Duration = Duration::from_secs(18);

const PEOPLE: &str = "/api/people";
const ADA: &str = r#"{"fname":"Ada","lname":"Lovelace"}"#;
const ADA_S: &str = "/api/people/Lovelace";

fn assert_unavailable(reply: &Reply) {
    let detail = "the people cannot be reached just now; try again later";
    assert_problem(reply, 503, "Service Unavailable", detail);
    assert_eq!(reply.header("retry-after"), "1");
}

/// Waits until the server reaches its database again, and the database has ended what it was about to do.
pub fn wait_until_well(server: &Server, database: &PostgresServer) {
    const BUSY: &str = "SELECT count(*) FROM pg_stat_activity
        WHERE application_name = 'people' AND (state <> 'idle' OR backend_xid IS NOT NULL)";
    let deadline = Instant::now() + TIMEOUT;
    while server.get(PEOPLE).status != 200 || database.sql("people_0", BUSY) != "0\n" {
        assert!(Instant::now() < deadline, "it does not heal");
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
#[ignore = "needs PostgreSQL: run tests/run"]
fn a_change_whose_acknowledgement_is_lost_is_503_and_made_once() {
    let database = PostgresServer::start();
    let proxy = Proxy::start(database.port);
    let server = serve_from(&proxy.address(&database.database()));
    let lose = |method: &str, path: &str, headers: &[(&str, &str)], body: &str| {
        // Each statement is prepared before: what is lost is the acknowledgement.
        let mia = r#"{"fname":"Mia","lname":"Mia"}"#;
        assert_eq!(server.send_json("POST", PEOPLE, mia).status, 201);
        assert_eq!(server.send_json("PUT", "/api/people/Mia", mia).status, 200);
        assert_eq!(
            server.send("DELETE", "/api/people/Mia", &[], "").status,
            204
        );
        proxy.set(Network::LosesAnswers);
        let reply = server.send(method, path, headers, body);
        proxy.set(Network::Works);
        assert_unavailable(&reply);
        wait_until_well(&server, &database);
        server
            .log
            .wait_for(|line| line.contains("WARN") && line.contains("unavailable"));
    };
    let json = ("Content-Type", "application/json");

    lose("POST", PEOPLE, &[json], ADA);
    let made = server.get(ADA_S);
    assert_eq!(
        (made.status, made.json()["fname"].as_str()),
        (200, Some("Ada"))
    );
    assert_eq!(server.send_json("POST", PEOPLE, ADA).status, 409);

    let tag = made.header("etag").to_owned();
    let update = |tag: &str, fname: &str| {
        let body = format!(r#"{{"fname":"{fname}"}}"#);
        server.send("PUT", ADA_S, &[json, ("If-Match", tag)], &body)
    };
    let second = update(&tag, "Second").header("etag").to_owned();
    lose(
        "PUT",
        ADA_S,
        &[json, ("If-Match", &second)],
        r#"{"fname":"Third"}"#,
    );
    assert_eq!(server.get(ADA_S).json()["fname"], "Third");
    assert_eq!(update(&second, "Fourth").status, 412);

    lose("DELETE", ADA_S, &[], "");
    assert_eq!(server.get(ADA_S).status, 404);
    assert_eq!(server.send("DELETE", ADA_S, &[], "").status, 404);

    // A request that arrives in half is not made.
    assert_eq!(server.send_json("POST", PEOPLE, ADA).status, 201);
    proxy.set(Network::HalvesRequests);
    assert_unavailable(&server.send("DELETE", ADA_S, &[], ""));
    proxy.set(Network::Works);
    wait_until_well(&server, &database);
    assert_eq!(server.get(ADA_S).status, 200);

    // A read is repeated, which does no harm, on a connection of its own.
    proxy.set(Network::LosesAnswers);
    assert_unavailable(&server.get(ADA_S));
    proxy.set(Network::Works);
    assert_eq!(server.get(ADA_S).status, 200);
    proxy.set(Network::Cuts);
    thread::sleep(Duration::from_millis(100));
    assert_unavailable(&server.get(ADA_S));
    proxy.set(Network::Works);
    wait_until_well(&server, &database);
}

#[test]
#[ignore = "needs PostgreSQL: run tests/run"]
fn a_network_that_breaks_loses_no_acknowledged_change() {
    let database = PostgresServer::start();
    let address = database.database();
    let proxies = [(); 2].map(|()| Proxy::start(database.port));
    let servers = proxies
        .each_ref()
        .map(|proxy| serve_from(&proxy.address(&address)));
    let mut writers: Vec<_> = (0..6).map(Writer::new).collect();
    for network in [
        Network::Cuts,
        Network::HalvesRequests,
        Network::HalvesAnswers,
        Network::LosesAnswers,
        Network::Delays(Duration::from_millis(40)),
        Network::Cuts,
    ] {
        write_during(&servers, &mut writers, || {
            proxies.iter().for_each(|proxy| proxy.set(network));
            thread::sleep(Duration::from_millis(400));
            proxies.iter().for_each(|proxy| proxy.set(Network::Works));
        });
        servers
            .iter()
            .for_each(|server| wait_until_well(server, &database));
        check(&servers[0], &mut writers);
    }
    let sum = |count: fn(&Writer) -> usize| writers.iter().map(count).sum::<usize>();
    assert!(sum(|it| it.acknowledged) >= 6 * 200);
    assert!(
        sum(|it| it.made + it.not_made) > 6,
        "no change was interrupted"
    );
}

#[test]
#[ignore = "needs PostgreSQL: run tests/run"]
fn a_network_that_is_slow_changes_no_answer() {
    let database = PostgresServer::start();
    let proxy = Proxy::start(database.port);
    let server = serve_from(&proxy.address(&database.database()));
    proxy.set(Network::Delays(Duration::from_millis(150)));
    assert_eq!(server.send_json("POST", PEOPLE, ADA).status, 201);
    assert_eq!(server.send_json("POST", PEOPLE, ADA).status, 409);
    assert_eq!(server.get(PEOPLE).header("x-total-count"), "4");
    assert_eq!(server.send("DELETE", ADA_S, &[], "").status, 204);
    assert_eq!(server.get(ADA_S).status, 404);
}

#[test]
#[ignore = "needs PostgreSQL: run tests/run"]
fn every_wait_for_a_silent_network_has_a_bound() {
    let database = PostgresServer::start();
    let proxy = Proxy::start(database.port);
    let address = proxy.address(&database.database());
    let server = serve_from(&address);
    assert_eq!(server.get(ADA_S).status, 404);
    proxy.set(Network::IsSilent);
    let requests = [
        ("GET", PEOPLE, ""),
        ("GET", "/api/people?offset=2", ""),
        ("GET", "/api/people?q=d", ""),
        ("GET", ADA_S, ""),
        ("POST", PEOPLE, ADA),
        ("PUT", "/api/people/Easter", r#"{"fname":"New"}"#),
        ("DELETE", "/api/people/Brockman", ""),
    ];
    thread::scope(|scope| {
        // More than there are connections.
        for (method, path, body) in requests.into_iter().cycle().take(28) {
            let server = &server;
            scope.spawn(move || {
                let start = Instant::now();
                let reply =
                    server.send(method, path, &[("Content-Type", "application/json")], body);
                assert_unavailable(&reply);
                assert!(start.elapsed() < LONGEST, "{:?}", start.elapsed());
            });
        }
        // Nor does a server that starts wait for ever.
        scope.spawn(|| {
            let start = Instant::now();
            let output =
                super::support::run(super::support::program().args(["--database", &address]));
            let log = String::from_utf8(output.stderr).expect("UTF-8");
            assert!(
                log.ends_with(" cannot be used: PostgreSQL: no answer in time\n"),
                "{log}"
            );
            assert!(start.elapsed() < LONGEST, "{:?}", start.elapsed());
        });
    });
    proxy.set(Network::Works);
    let start = Instant::now();
    wait_until_well(&server, &database);
    assert!(
        start.elapsed() < Duration::from_secs(10),
        "{:?}",
        start.elapsed()
    );
    // What was on its way arrives once the network works, or doesn't, and is done at most once.
    let status = server.send_json("POST", PEOPLE, ADA).status;
    assert!([201, 409].contains(&status), "{status}");
    let list = server.get(PEOPLE);
    let names = list.json().as_array().map(Vec::len).expect("a list");
    assert_eq!(list.header("x-total-count"), names.to_string());
}
