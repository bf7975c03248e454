//! A PostgreSQL server that takes the place of another, which has crashed.

use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::postgres::serve_from;
use super::postgres_server::{
    PASSWORD, PostgresServer, create_certificates, free_port, own_folder, program, run,
};
use super::support::{Server, TIMEOUT, assert_problem};
use super::writers::{Writer, check, write_during};

/// A server that keeps what another one does; stopped when dropped.
struct Standby {
    port: u16,
    child: Child,
    _folder: TempDir,
}

impl Standby {
    fn start(primary: &PostgresServer) -> Self {
        let folder = own_folder();
        let copied = program("pg_basebackup")
            .args(["--host=127.0.0.1", "--username=people", "--port"])
            .arg(primary.port.to_string())
            .args([
                "--checkpoint=fast",
                "--no-sync",
                "--write-recovery-conf",
                "--pgdata",
            ])
            .arg(folder.path().join("data"))
            .env("PGPASSWORD", PASSWORD)
            .output()
            .expect("pg_basebackup runs");
        assert!(copied.status.success(), "{copied:?}");
        create_certificates(folder.path());
        let port = free_port();
        Self {
            port,
            child: run(folder.path(), port),
            _folder: folder,
        }
    }

    /// Makes it the one that is written to.
    fn promote(&self) {
        let port = self.port;
        let output = program("psql")
            .arg(format!(
                "postgres://people:{PASSWORD}@127.0.0.1:{port}/postgres"
            ))
            .args(["--quiet", "--command", "SELECT pg_promote()"])
            .output()
            .expect("psql runs");
        assert!(output.status.success(), "{output:?}");
    }
}

impl Drop for Standby {
    fn drop(&mut self) {
        // It may have ended already. It ends its own processes once it is gone.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
#[ignore = "needs PostgreSQL: run tests/run"]
fn a_failover_costs_503_for_its_duration_and_no_acknowledged_change() {
    let mut primary = PostgresServer::start();
    let address = primary.database();
    let standby = Standby::start(&primary);
    // A change is acknowledged once both have it.
    primary.sql(
        "postgres",
        "ALTER SYSTEM SET synchronous_standby_names = '*'",
    );
    primary.sql("postgres", "SELECT pg_reload_conf()");
    let (one, other) = (primary.port, standby.port);
    let both = address.replace(
        &format!("127.0.0.1:{one}"),
        &format!("127.0.0.1:{other},127.0.0.1:{one}"),
    );
    let both = format!("{both}?target_session_attrs=read-write");
    let servers = [(); 2].map(|()| serve_from(&both));
    let mut writers: Vec<_> = (0..4).map(Writer::new).collect();

    write_during(&servers, &mut writers, || primary.crash());

    for server in &servers {
        let detail = "the people cannot be reached just now; try again later";
        assert_problem(
            &server.get("/api/people"),
            503,
            "Service Unavailable",
            detail,
        );
    }
    standby.promote();
    servers.iter().for_each(wait_until_written);
    check(&servers[0], &mut writers);
    write_during(&servers, &mut writers, || ());
    check(&servers[1], &mut writers);
}

/// Waits until the server can write.
fn wait_until_written(server: &Server) {
    let deadline = Instant::now() + TIMEOUT;
    // Nobody has this name: what is waited for is that the database says so.
    while server.send("DELETE", "/api/people/Nobody", &[], "").status != 404 {
        assert!(Instant::now() < deadline, "it does not heal");
        thread::sleep(Duration::from_millis(50));
    }
}
