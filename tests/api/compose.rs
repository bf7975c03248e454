//! The parts of `compose.yaml` as processes: PostgreSQL, two servers, and nginx with the configuration that is in the file.

use std::array;
use std::fs;

use super::copy::original;
use super::nginx::Nginx;
use super::postgres_server::{PostgresServer, free_port};
use super::support::{Server, program};
use super::writers::{Writer, check, write_to};

const CLIENTS: usize = 6;

/// The two servers and the proxy before them.
struct Stack {
    address: String,
    ports: [u16; 2],
    servers: [Server; 2],
    proxy: Nginx,
}

impl Stack {
    fn start(database: &PostgresServer) -> Self {
        let address = database.database();
        let ports = array::from_fn(|_| free_port());
        let servers = ports.map(|port| serve(&address, port));
        let configuration = fs::read_to_string(original().join("compose.yaml")).expect("read");
        let configuration = configuration_of_proxy(&configuration);
        let proxy = Nginx::start(|listen| {
            let one = format!("127.0.0.1:{}", ports[0]);
            let other = format!("127.0.0.1:{}", ports[1]);
            configuration
                .replace("people-1:5000", &one)
                .replace("people-2:5000", &other)
                .replace("listen 8080;", &format!("listen {listen};"))
        });
        Self {
            address,
            ports,
            servers,
            proxy,
        }
    }

    /// Starts a server again that has ended.
    fn restart(&mut self, number: usize) {
        self.servers[number].wait();
        self.servers[number] = serve(&self.address, self.ports[number]);
    }

    /// Writes by way of the proxy while something happens. How many requests failed: of each writer, one at most.
    fn write(&mut self, writers: &mut [Writer], event: impl FnOnce(&mut Self)) -> usize {
        let unanswered = |writers: &[Writer]| -> usize {
            let each = writers.iter().map(|writer| writer.made + writer.not_made);
            each.sum()
        };
        let before = unanswered(writers);
        let url = self.proxy.url.trim_end_matches('/').to_owned();
        write_to(&[url], writers, || event(self));
        let mut servers = self.servers.iter_mut();
        let running = servers.find_map(|server| server.is_running().then_some(&*server));
        check(running.expect("a server"), writers);
        unanswered(writers) - before
    }
}

fn serve(address: &str, port: u16) -> Server {
    let mut command = program();
    command
        .args(["--listen", &format!("127.0.0.1:{port}")])
        .env("PEOPLE_DATABASE", address)
        .env("PEOPLE_LOG_LEVEL", "warn");
    Server::spawn(command)
}

/// The block of text that the file gives to nginx.
fn configuration_of_proxy(compose: &str) -> String {
    let (_, block) = compose.split_once("    content: |\n").expect("a block");
    let lines = block.lines().map_while(|line| line.strip_prefix("      "));
    let lines: Vec<_> = lines.collect();
    assert!(lines.len() > 10, "{lines:?}");
    // As Compose does.
    lines.join("\n").replace("$$", "$")
}

#[test]
#[ignore = "needs PostgreSQL and nginx: run tests/run"]
fn of_two_servers_behind_nginx_one_may_be_killed_and_each_be_replaced() {
    let database = PostgresServer::start();
    let mut stack = Stack::start(&database);
    let mut writers: Vec<_> = (0..CLIENTS).map(Writer::behind_proxy).collect();

    let failed = stack.write(&mut writers, |stack| stack.servers[0].signal("KILL"));
    assert!(failed <= CLIENTS, "more than were under way: {failed}");
    // The other one serves alone.
    assert_eq!(stack.write(&mut writers, |_| ()), 0);
    assert_eq!(stack.write(&mut writers, |stack| stack.restart(0)), 0);

    for number in [1, 0] {
        let failed = stack.write(&mut writers, |stack| {
            stack.servers[number].signal("TERM");
            stack.restart(number);
        });
        assert_eq!(failed, 0, "a stop costs no request");
    }
    let acknowledged: usize = writers.iter().map(|writer| writer.acknowledged).sum();
    println!("{acknowledged} changes were acknowledged");
}
