//! Measures how much one, two and four servers on one PostgreSQL do, and who needs the processors for it, and writes that into
//! `docs/stores.md`.

use std::process::ExitCode;
use std::sync::atomic::AtomicUsize;
use std::time::Duration;

use benches::binaries::Binaries;
use benches::command;
use benches::load::{self, Outcome, Request};
use benches::postgres::Postgres;
use benches::server::Server;
use benches::table::Table;

const TABLE: &str = "throughput";
/// How often each number of servers is measured, one after another in turn.
const ROUNDS: usize = 5;
/// How many servers there are.
const SERVERS: [usize; 3] = [1, 2, 4];
const DURATION: Duration = Duration::from_secs(3);
/// How long the clients send before that.
const WARM_UP: Duration = Duration::from_millis(500);

/// The outcomes of one number of servers, for each request.
type Run = Vec<Outcome>;

fn main() -> ExitCode {
    command::main(run)
}

fn run(arguments: &[String]) -> Result<(), String> {
    let count = command::rounds("throughput", arguments, ROUNDS)?;
    let binaries = Binaries::people()?;
    let postgres = Postgres::start()?;
    let mut rounds: Vec<Vec<Run>> = Vec::new();
    for round in 1..=count {
        eprintln!("round {round} of {count}");
        let runs = SERVERS.iter().map(|&servers| {
            let database = postgres.database(&format!("people_{round}_{servers}"))?;
            measure(&binaries, &postgres, &database, servers)
        });
        rounds.push(runs.collect::<Result<_, String>>()?);
    }
    let table = table(&rounds);
    print!("{}", table.markdown());
    table.write(TABLE)
}

fn measure(
    binaries: &Binaries,
    postgres: &Postgres,
    database: &str,
    count: usize,
) -> Result<Run, String> {
    let mut servers = Vec::new();
    for _ in 0..count {
        servers.push(Server::start_on(binaries, database)?);
    }
    load::prepare(&mut servers[0].connect()?)?;
    let numbers = AtomicUsize::new(0);
    let send = |request, duration| load::run(&servers, postgres.id(), request, &numbers, duration);
    let outcomes = load::ALL.iter().map(|&request| {
        send(request, WARM_UP)?;
        send(request, DURATION)
    });
    let outcomes = outcomes.collect::<Result<_, _>>()?;
    for server in servers {
        server.stop()?;
    }
    Ok(outcomes)
}

fn table(rounds: &[Vec<Run>]) -> Table {
    let rows = load::ALL.iter().enumerate().flat_map(|(place, request)| {
        let row = move |(servers, count): (usize, &usize)| {
            (name(*request, *count), cells(rounds, servers, place))
        };
        SERVERS.iter().enumerate().map(row)
    });
    let columns = [
        "requests/s, ratio",
        "PostgreSQL",
        "servers",
        "clients",
        "other programs",
        "idle",
    ];
    Table {
        columns: columns.map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}

fn name(request: Request, servers: usize) -> String {
    match servers {
        1 => format!("{}, 1 server", request.name()),
        _ => format!("{}, {servers} servers", request.name()),
    }
}

/// The ratio to one server in the same round: its median, least and greatest; and the median shares of all processors.
fn cells(rounds: &[Vec<Run>], servers: usize, request: usize) -> Vec<String> {
    let ratio = |runs: &Vec<Run>| runs[servers][request].rate / runs[0][request].rate;
    let ratios = sorted(rounds.iter().map(ratio));
    let (middle, last) = (rounds.len() / 2, rounds.len() - 1);
    let rate = sorted(rounds.iter().map(|runs| runs[servers][request].rate));
    let rate = rate[middle] / DURATION.as_secs_f64();
    let first = match servers {
        0 => format!("{rate:.0} (1)"),
        _ => format!(
            "{rate:.0} ({:.2}; {:.2}-{:.2})",
            ratios[middle], ratios[0], ratios[last]
        ),
    };
    let share = |part: &dyn Fn(&Outcome) -> f64| {
        let shares = rounds.iter().map(|runs| {
            let outcome = &runs[servers][request];
            part(outcome) / outcome.times.elapsed
        });
        format!("{:.0} %", sorted(shares)[middle].max(0.0) * 100.0)
    };
    vec![
        first,
        share(&|it| it.times.database),
        share(&|it| it.times.servers),
        share(&|it| it.times.client),
        share(&|it| it.times.machine - it.times.database - it.times.servers - it.times.client),
        share(&|it| it.times.elapsed - it.times.machine),
    ]
}

fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<_> = values.collect();
    values.sort_by(f64::total_cmp);
    values
}
