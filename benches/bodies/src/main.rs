//! Handles requests of one shape, for callgrind to count.

use std::env;
use std::process::ExitCode;

use actix_web::web::Bytes;
use bodies::{Direction, Harness, Kind, Shape};
use mimalloc::MiMalloc;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Requests before those that are counted.
const FIRST: usize = 2;

fn main() -> ExitCode {
    match run(&env::args().skip(1).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// `plain|ours`, the shape, `read|echo`, and how many requests are counted. Without arguments, the shapes are printed.
fn run(arguments: &[String]) -> Result<(), String> {
    if arguments.is_empty() {
        bodies::ALL.iter().for_each(|it| println!("{}", it.name()));
        return Ok(());
    }
    let [kind, shape, direction, count] = arguments else {
        return Err("usage: bodies [plain|ours SHAPE read|echo COUNT]".to_owned());
    };
    let kind = match kind.as_str() {
        "plain" => Kind::Plain,
        "ours" => Kind::Ours,
        other => return Err(format!("{other} is neither plain nor ours")),
    };
    let mut shapes = bodies::ALL.into_iter();
    let shape = shapes.find(|it: &Shape| it.name() == shape);
    let shape = shape.ok_or("there is no such shape")?;
    let direction = match direction.as_str() {
        "read" => Direction::Read,
        "echo" => Direction::Echo,
        other => return Err(format!("{other} is neither read nor echo")),
    };
    let count: usize = count.parse().map_err(|_| "COUNT is no number")?;
    let harness = Harness::new(kind)?;
    let body = Bytes::from(shape.json());
    for _ in 0..FIRST {
        harness.warm_up(harness.prepare(shape, direction, &body))?;
    }
    for _ in 0..count {
        let response = harness.handle(harness.prepare(shape, direction, &body));
        harness.body(response)?;
    }
    Ok(())
}
