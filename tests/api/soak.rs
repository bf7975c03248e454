//! Everything at once, for as long as one likes: writes, races, kills, crashes and a network that breaks. `tests/soak` runs it.

use std::env;
use std::fmt;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::database::serve;
use super::network::wait_until_well;
use super::postgres::serve_from;
use super::postgres_server::PostgresServer;
use super::proxy::{Network, Proxy};
use super::race::race;
use super::support::Server;
use super::writers::{Writer, check, write_during};

/// How many clients write at once, and how many servers they write to.
const CLIENTS: usize = 6;
const SERVERS: usize = 3;

/// How many races follow each event.
const RACES: usize = 2;

/// How long what happens goes on.
const PAUSE: Duration = Duration::from_millis(500);

const NETWORKS: [Network; 6] = [
    Network::Cuts,
    Network::IsSilent,
    Network::Delays(Duration::from_millis(40)),
    Network::HalvesRequests,
    Network::HalvesAnswers,
    Network::LosesAnswers,
];

/// What happens to servers on a file.
#[derive(Clone, Copy, Debug)]
enum OnFile {
    Nothing,
    KillOfOne,
    KillOfAll,
    StopOfOne,
    /// Another program holds the file.
    Lock,
}

/// What happens to servers on PostgreSQL.
#[derive(Clone, Copy, Debug)]
enum OnPostgres {
    KillOfOne,
    KillOfAll,
    StopOfOne,
    /// PostgreSQL stops at once, without the end of anything.
    Crash,
    Broken(Network),
}

#[test]
#[ignore = "needs PostgreSQL: run tests/run"]
fn a_soak_finds_nothing_lost() {
    let limit = Limit::from_environment();
    soak_file(&limit);
    soak_postgres(&limit);
}

fn soak_file(limit: &Limit) {
    use OnFile::*;
    let folder = tempfile::tempdir().expect("a folder");
    let file: &Path = &folder.path().join("people.db");
    let events = [Nothing, KillOfOne, KillOfAll, StopOfOne, Lock];
    let happen = |event, victim: usize, servers: &mut [Server], writers: &mut [Writer]| {
        write_during(servers, writers, || match event {
            Nothing => thread::sleep(PAUSE),
            KillOfOne => servers[victim].signal("KILL"),
            KillOfAll => servers.iter().for_each(|server| server.signal("KILL")),
            StopOfOne => servers[victim].signal("TERM"),
            Lock => hold(file),
        });
        match event {
            Nothing | Lock => (),
            KillOfOne | StopOfOne => replace(&mut servers[victim], || serve(file)),
            KillOfAll => servers
                .iter_mut()
                .for_each(|server| replace(server, || serve(file))),
        }
    };
    let servers = [(); SERVERS].map(|()| serve(file));
    soak("SQLite", limit, &events, servers, happen);
}

/// Holds the file for a while, for less than the servers wait for it.
fn hold(file: &Path) {
    let other = rusqlite::Connection::open(file).expect("opened");
    other.busy_timeout(Duration::from_secs(10)).expect("set");
    other.execute_batch("BEGIN IMMEDIATE").expect("begun");
    thread::sleep(4 * PAUSE);
}

fn soak_postgres(limit: &Limit) {
    use OnPostgres::*;
    let mut database = PostgresServer::start();
    let proxy = Proxy::start(database.port);
    let address = proxy.address(&database.database());
    let mut events = vec![KillOfOne, KillOfAll, StopOfOne, Crash];
    events.extend(NETWORKS.map(Broken));
    let happen = |event, victim: usize, servers: &mut [Server], writers: &mut [Writer]| {
        write_during(servers, writers, || match event {
            KillOfOne => servers[victim].signal("KILL"),
            KillOfAll => servers.iter().for_each(|server| server.signal("KILL")),
            StopOfOne => servers[victim].signal("TERM"),
            Crash => database.crash(),
            Broken(network) => {
                proxy.set(network);
                thread::sleep(PAUSE);
                proxy.set(Network::Works);
            }
        });
        match event {
            KillOfOne | StopOfOne => replace(&mut servers[victim], || serve_from(&address)),
            KillOfAll => servers
                .iter_mut()
                .for_each(|server| replace(server, || serve_from(&address))),
            Crash => database.restart(),
            Broken(_) => (),
        }
        for server in servers {
            wait_until_well(server, &database);
        }
    };
    let servers = [(); SERVERS].map(|()| serve_from(&address));
    soak("PostgreSQL", limit, &events, servers, happen);
}

fn replace(server: &mut Server, serve: impl Fn() -> Server) {
    server.wait();
    *server = serve();
}

/// How long a soak lasts: for each store half of the minutes, but each event once at least.
struct Limit {
    time: Duration,
    seed: u64,
}

impl Limit {
    fn from_environment() -> Self {
        let number = |name| env::var(name).ok().and_then(|text| text.parse().ok());
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let limit = Self {
            time: Duration::from_secs(number("SOAK_MINUTES").unwrap_or(0) * 30),
            seed: number("SOAK_SEED").unwrap_or(now.expect("after 1970").as_secs()),
        };
        println!("SOAK_SEED={}", limit.seed);
        limit
    }
}

/// Random numbers by which a soak can be repeated (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).expect("below the limit")
    }
}

/// What happened, and what became of the changes.
#[derive(Default)]
struct Verdict {
    events: Vec<(String, usize)>,
    races: usize,
}

impl Verdict {
    fn count(&mut self, event: String) {
        match self.events.iter_mut().find(|it| it.0 == event) {
            Some((_, count)) => *count += 1,
            None => self.events.push((event, 1)),
        }
    }

    fn print(&self, store: &str, writers: &[Writer]) {
        let sum = |count: fn(&Writer) -> usize| writers.iter().map(count).sum::<usize>();
        println!("{store}: {self}");
        println!(
            "{store}: {} changes acknowledged, none lost; {} interrupted, of which {} were made wholly and {} not at all",
            sum(|it| it.acknowledged),
            sum(|it| it.made + it.not_made),
            sum(|it| it.made),
            sum(|it| it.not_made)
        );
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (event, count) in &self.events {
            write!(f, "{count} x {event}, ")?;
        }
        write!(f, "{} races with one winner each", self.races)
    }
}

/// One event after another at random, each at least once, while all write; after each, all that is known is compared.
fn soak<E: Copy + fmt::Debug>(
    store: &str,
    limit: &Limit,
    events: &[E],
    mut servers: [Server; SERVERS],
    mut happen: impl FnMut(E, usize, &mut [Server], &mut [Writer]),
) {
    let end = Instant::now() + limit.time;
    let mut random = Random(limit.seed | 1);
    let mut writers: Vec<_> = (0..CLIENTS).map(Writer::new).collect();
    let mut verdict = Verdict::default();
    let mut due = events.to_vec();
    while !due.is_empty() || Instant::now() < end {
        let event = match due.len() {
            0 => events[random.below(events.len())],
            left => due.swap_remove(random.below(left)),
        };
        happen(event, random.below(SERVERS), &mut servers, &mut writers);
        for server in &servers {
            check(server, &mut writers);
        }
        race(&servers, RACES);
        verdict.races += RACES;
        verdict.count(format!("{event:?}"));
    }
    verdict.print(store, &writers);
}
