//! Counts the instructions of a request to each server, and of bodies of several shapes, and writes them into
//! `docs/performance.md`; with `--check`, compares them with those in it instead.

use std::process::ExitCode;

use benches::binaries::{self, Binaries};
use benches::bodies;
use benches::command;
use benches::instructions;
use benches::operation::{self, Operation};
use benches::server::{self, Kind};
use benches::table::Table;

/// By how much a ratio to the hand-written server may be worse than in the table: a compiler changes both counts.
const TOLERANCE: f64 = 1.05;

/// What a request may cost with metrics, as a multiple of what it costs without.
const METRICS: f64 = 1.01;

/// What each server needs for an operation, as a multiple of what the hand-written one needs.
type Counts = Vec<(Kind, Vec<u64>)>;

fn main() -> ExitCode {
    command::main(run)
}

fn run(arguments: &[String]) -> Result<(), String> {
    let check = match arguments {
        [] => false,
        [check] if check == "--check" => true,
        _ => return Err("usage: instructions [--check]".to_owned()),
    };
    if !instructions::is_available() {
        return Err("valgrind is missing; on Debian, `apt-get install valgrind`".to_owned());
    }
    let counts = count(&Binaries::build()?)?;
    check_metrics(&counts)?;
    let requests = table(&counts);
    let bodies = bodies::count(&binaries::bodies()?)?;
    for (name, table) in [("instructions", requests), ("bodies", bodies)] {
        print!("{}", table.markdown());
        match check {
            true => compare(&Table::read(name)?, &table)?,
            false => table.write(name)?,
        }
    }
    Ok(())
}

fn count(binaries: &Binaries) -> Result<Counts, String> {
    let count = |kind: Kind, operation: Operation| {
        let (server, name) = (kind.name(), operation.name());
        let count = instructions::count(binaries, kind, operation);
        let count = count.map_err(|error| format!("{server}, {name}: {error}"))?;
        eprintln!("{server}, {name}: {count}");
        Ok(count)
    };
    let counts = server::ALL.iter().map(|&kind| {
        let counts = operation::ALL
            .iter()
            .map(|&operation| count(kind, operation));
        Ok((kind, counts.collect::<Result<_, String>>()?))
    });
    counts.collect()
}

fn table(counts: &Counts) -> Table {
    let peer: Vec<u64> = counts
        .iter()
        .take(1)
        .flat_map(|(_, counts)| counts.clone())
        .collect();
    let cell =
        |(count, peer): (&u64, &u64)| format!("{count} ({:.2})", *count as f64 / *peer as f64);
    let rows = counts.iter().map(|(kind, counts)| {
        let cells = counts.iter().zip(&peer).map(cell);
        (kind.name().to_owned(), cells.collect())
    });
    Table {
        columns: operation::ALL
            .iter()
            .map(|it| it.name().to_owned())
            .collect(),
        rows: rows.collect(),
    }
}

/// Whether the metrics cost as little as they may.
fn check_metrics(counts: &Counts) -> Result<(), String> {
    let of = |kind| counts.iter().filter(move |it| it.0 == kind);
    let pairs = of(Kind::Ours)
        .zip(of(Kind::Metered))
        .flat_map(|(without, with)| without.1.iter().zip(&with.1));
    for (operation, (without, with)) in operation::ALL.iter().zip(pairs) {
        let ratio = *with as f64 / *without as f64;
        let percent = (ratio - 1.0) * 100.0;
        let sentence = format!("metrics cost {percent:.1} % of {}", operation.name());
        eprintln!("{sentence}");
        if ratio > METRICS {
            return Err(sentence);
        }
    }
    Ok(())
}

/// Compares the ratios, cell by cell.
fn compare(committed: &Table, counted: &Table) -> Result<(), String> {
    if committed.columns != counted.columns || committed.rows.len() != counted.rows.len() {
        return Err("the committed table has other rows or columns: run `instructions`".to_owned());
    }
    let mut worse = Vec::new();
    for ((name, before), (_, now)) in committed.rows.iter().zip(&counted.rows) {
        for ((column, before), now) in committed.columns.iter().zip(before).zip(now) {
            match (ratio(before), ratio(now)) {
                (Some(before), Some(now)) if now <= before * TOLERANCE => {}
                _ => worse.push(format!(
                    "{name}, {column}: {now}, and {before} in the table"
                )),
            }
        }
    }
    match worse.as_slice() {
        [] => Ok(()),
        worse => Err(format!(
            "more than 5 % above the committed ratio:\n{}",
            worse.join("\n")
        )),
    }
}

/// The ratio in a cell such as `46000 (2.13)`.
fn ratio(cell: &str) -> Option<f64> {
    let (_, ratio) = cell.split_once(" (")?;
    ratio.strip_suffix(')')?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metrics_may_cost_one_percent_of_each_request() {
        let counts = |with| {
            let mut metered = vec![1010; operation::ALL.len()];
            metered[1] = with;
            vec![
                (Kind::Peer, vec![500; operation::ALL.len()]),
                (Kind::Ours, vec![1000; operation::ALL.len()]),
                (Kind::Metered, metered),
            ]
        };
        assert_eq!(check_metrics(&counts(1010)), Ok(()));
        let error = "metrics cost 1.1 % of list of 3".to_owned();
        assert_eq!(check_metrics(&counts(1011)), Err(error));
    }
}
