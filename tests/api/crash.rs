//! What was acknowledged survives a crash.

use std::slice;

use super::database::serve;
use super::postgres::serve_from;
use super::postgres_server::PostgresServer;
use super::support::Server;
use super::writers::{Writer, check, write_during};

const CLIENTS: usize = 4;

#[test]
fn what_was_acknowledged_survives_kill_9_under_load() {
    kill_servers_on_a_file(5);
}

#[test]
#[ignore = "takes minutes: run tests/run"]
fn what_was_acknowledged_survives_kill_9_fifty_times() {
    kill_servers_on_a_file(50);
}

#[test]
#[ignore = "needs PostgreSQL: run tests/run"]
fn what_postgres_acknowledged_survives_kill_9_of_the_server() {
    let database = PostgresServer::start();
    let address = database.database();
    kill_servers(50, || serve_from(&address));
}

#[test]
#[ignore = "needs PostgreSQL: run tests/run"]
fn what_was_acknowledged_survives_crashes_of_postgres() {
    let mut database = PostgresServer::start();
    let server = serve_from(&database.database());
    let mut writers: Vec<_> = (0..CLIENTS).map(Writer::new).collect();
    // Fewer than of the servers, since a database takes seconds to recover.
    for _ in 0..10 {
        write_during(slice::from_ref(&server), &mut writers, || database.crash());
        database.restart();
        check(&server, &mut writers);
    }
}

fn kill_servers_on_a_file(rounds: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("people.db");
    kill_servers(rounds, || serve(&file));
}

/// Kills a server while all write, and checks with the next, round after round.
fn kill_servers(rounds: usize, serve: impl Fn() -> Server) {
    let mut writers: Vec<_> = (0..CLIENTS).map(Writer::new).collect();
    for _ in 0..rounds {
        let mut server = serve();
        write_during(slice::from_ref(&server), &mut writers, || {
            server.signal("KILL");
        });
        server.wait();
        let errors = server.log.all().into_iter();
        let errors: Vec<_> = errors.filter(|line| !line.contains("INFO")).collect();
        assert!(errors.is_empty(), "{errors:?}");
        check(&serve(), &mut writers);
    }
}
