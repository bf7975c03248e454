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

/// By how much a ratio to the hand-written server may be worse than in the table.
const TOLERANCE: f64 = 1.05;

/// By how much it may be worse at least. A long list that is only copied costs as much as its buffer grows, which differs from run to
/// run by a tenth.
const LEAST: f64 = 0.04;

/// What a request may cost with metrics, as a multiple of what it costs without.
const METRICS: f64 = 1.01;

/// How often what costs too much is counted: where the allocator has placed what a request uses makes two percent of an operation.
const TRIES: usize = 3;

/// A server, and the instructions of a request of each operation.
type Count = (Kind, Vec<u64>);

fn main() -> ExitCode {
    command::main(run)
}

fn run(arguments: &[String]) -> Result<(), String> {
    let check = match arguments {
        [] => false,
        [check] if check == "--check" => true,
        _ => return Err("usage: instructions [--check]".to_owned()),
    };
    instructions::check_valgrind()?;
    match check {
        true => {
            check_requests()?;
            compare(
                &Table::read("bodies")?,
                &bodies::count(&binaries::bodies()?)?,
            )
        }
        false => {
            let counts = count(&Binaries::build()?, &server::ALL)?;
            let bodies = bodies::count(&binaries::bodies()?)?;
            for (name, table) in [("instructions", table(&counts)), ("bodies", bodies)] {
                print!("{}", table.markdown());
                table.write(name)?;
            }
            check_metrics(&counts)
        }
    }
}

/// Counts ours, and compares it with the hand-written server as it is in the table, since the build of that takes minutes. What
/// costs more than it may is counted again, and its least count stands.
fn check_requests() -> Result<(), String> {
    let committed = Table::read("instructions")?;
    let (peer, ours) = server::ALL.split_first().ok_or("there is no server")?;
    let people = Binaries::people()?;
    let mut counts = vec![(*peer, peer_of(&committed)?)];
    counts.extend(count(&people, ours)?);
    for _ in 1..TRIES {
        let Err(worse) = check(&committed, &counts) else {
            break;
        };
        eprintln!("{worse}; counting again");
        take_least(&mut counts[1..], &count(&people, ours)?);
    }
    check(&committed, &counts)
}

/// The counts of the hand-written server in the table.
fn peer_of(committed: &Table) -> Result<Vec<u64>, String> {
    let row = committed.rows.first().map(|(_, cells)| cells.as_slice());
    let cells = row.unwrap_or_default().iter().map(|cell| number(cell));
    let cells: Option<Vec<u64>> = cells.collect();
    let cells = cells.filter(|cells| cells.len() == operation::ALL.len());
    cells.ok_or_else(|| {
        "the committed table lacks the hand-written server: run `instructions`".to_owned()
    })
}

fn check(committed: &Table, counts: &[Count]) -> Result<(), String> {
    check_metrics(counts)?;
    compare(committed, &table(counts))
}

/// Replaces the counts by those of the same kinds that are lower.
fn take_least(counts: &mut [Count], again: &[Count]) {
    for ((_, counts), (_, again)) in counts.iter_mut().zip(again) {
        for (count, again) in counts.iter_mut().zip(again) {
            *count = (*count).min(*again);
        }
    }
}

fn count(binaries: &Binaries, kinds: &[Kind]) -> Result<Vec<Count>, String> {
    let count = |kind: Kind, operation: Operation| {
        let (server, name) = (kind.name(), operation.name());
        let count = instructions::count(binaries, kind, operation);
        let count = count.map_err(|error| format!("{server}, {name}: {error}"))?;
        eprintln!("{server}, {name}: {count}");
        Ok(count)
    };
    let counts = kinds.iter().map(|&kind| {
        let counts = operation::ALL
            .iter()
            .map(|&operation| count(kind, operation));
        Ok((kind, counts.collect::<Result<_, String>>()?))
    });
    counts.collect()
}

fn table(counts: &[Count]) -> Table {
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

/// Whether the metrics cost as little as they may, in the mean of the operations: with the places of what is allocated, the counts of
/// one differ by half a percent. The last two operations use memory that grows, and differ by more.
fn check_metrics(counts: &[Count]) -> Result<(), String> {
    let sum = |kind| {
        let of_kind = counts.iter().filter(|it| it.0 == kind);
        let counts = of_kind.flat_map(|(_, counts)| operation::ALL.iter().zip(counts));
        let repeated =
            counts.filter(|(it, _)| !matches!(it, Operation::ListOf1000 | Operation::Post));
        repeated.map(|(_, count)| *count as f64).sum::<f64>()
    };
    let ratio = sum(Kind::Metered) / sum(Kind::Ours);
    let sentence = format!("metrics cost {:.1} % of a request", (ratio - 1.0) * 100.0);
    eprintln!("{sentence}");
    match ratio > METRICS {
        true => Err(sentence),
        false => Ok(()),
    }
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
                (Some(before), Some(now)) if now <= (before * TOLERANCE).max(before + LEAST) => {}
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

/// The count in a cell such as `46000 (2.13)`.
fn number(cell: &str) -> Option<u64> {
    let (count, _) = cell.split_once(" (")?;
    count.parse().ok()
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
    fn metrics_may_cost_one_percent_of_a_request() {
        let counts = |list_of_3| {
            let mut metered = vec![1010; operation::ALL.len()];
            metered[1] = list_of_3;
            vec![
                (Kind::Peer, vec![500; operation::ALL.len()]),
                (Kind::Ours, vec![1000; operation::ALL.len()]),
                (Kind::Metered, metered),
            ]
        };
        assert_eq!(check_metrics(&counts(1010)), Ok(()));
        let error = "metrics cost 1.2 % of a request".to_owned();
        assert_eq!(check_metrics(&counts(1020)), Err(error));
    }

    #[test]
    fn the_least_count_stands() {
        let mut counts = [(Kind::Ours, vec![3, 5]), (Kind::Quiet, vec![2, 2])];
        take_least(
            &mut counts,
            &[(Kind::Ours, vec![4, 4]), (Kind::Quiet, vec![1, 2])],
        );
        assert_eq!(
            counts,
            [(Kind::Ours, vec![3, 4]), (Kind::Quiet, vec![1, 2])]
        );
    }

    #[test]
    fn a_ratio_may_be_a_little_worse_than_in_the_table() {
        let table = |ratio: &str| Table {
            columns: vec!["one".to_owned()],
            rows: vec![("ours".to_owned(), vec![format!("1 ({ratio})")])],
        };
        for (before, now, is_fine) in [
            ("2.00", "2.10", true),
            ("2.00", "2.11", false),
            ("0.35", "0.38", true),
            ("0.35", "0.40", false),
        ] {
            let compared = compare(&table(before), &table(now));
            assert_eq!(compared.is_ok(), is_fine, "{before} {now}");
        }
    }
}
