//! As many requests as several servers answer, and the processor time that all who take part need for them.

use std::ops::Sub;
use std::process;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::client::Connection;
use crate::cpu;
use crate::server::{Server, expect};

/// Clients that each send one request after another.
pub const CLIENTS: usize = 16;

/// What the clients send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Request {
    /// One person.
    Read,
    /// A new first name; each client has a person of its own.
    Put,
    /// Another person each time.
    Post,
}

pub const ALL: [Request; 3] = [Request::Read, Request::Put, Request::Post];

impl Request {
    /// How tables name it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read one",
            Self::Put => "PUT",
            Self::Post => "POST",
        }
    }

    fn status(self) -> u16 {
        match self {
            Self::Read | Self::Put => 200,
            Self::Post => 201,
        }
    }

    fn text(self, client: usize, number: usize) -> Vec<u8> {
        match self {
            Self::Read => {
                format!("GET {} HTTP/1.1\r\nHost: localhost\r\n\r\n", path(client)).into()
            }
            Self::Put => write("PUT", &path(client), &format!(r#"{{"fname":"{number}"}}"#)),
            Self::Post => create(&format!("Simpson {number:07}")),
        }
    }
}

/// Creates the person of each client.
///
/// # Errors
/// A sentence: a response was not 201.
pub fn prepare(connection: &mut Connection) -> Result<(), String> {
    for client in 0..CLIENTS {
        expect(connection.exchange(&create(&name(client))), 201)?;
    }
    Ok(())
}

/// Seconds of processor time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Times {
    pub database: f64,
    pub servers: f64,
    pub client: f64,
    /// All that the processors have done, and all that they could have.
    pub machine: f64,
    pub elapsed: f64,
}

/// What came of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// Requests in a second.
    pub rate: f64,
    pub times: Times,
}

/// Has all clients send requests, each to one of the servers, for as long as is given.
///
/// # Errors
/// A sentence: a request failed, or this is not Linux.
pub fn run(
    servers: &[Server],
    database: u32,
    request: Request,
    numbers: &AtomicUsize,
    duration: Duration,
) -> Result<Outcome, String> {
    let mut connections = Vec::new();
    for client in 0..CLIENTS {
        connections.push(servers[client % servers.len()].connect()?);
    }
    let is_over = AtomicBool::new(false);
    let send = &|client: usize, mut connection: Connection| {
        while !is_over.load(Ordering::Relaxed) {
            let number = numbers.fetch_add(1, Ordering::Relaxed);
            let response = connection.exchange(&request.text(client, number));
            expect(response, request.status())?;
        }
        Ok::<(), String>(())
    };
    thread::scope(|scope| {
        let clients: Vec<_> = (0..)
            .zip(connections)
            .map(|(client, connection)| scope.spawn(move || send(client, connection)))
            .collect();
        // While the clients are there: the time of a thread that has ended is no longer found.
        let outcome = measure(servers, database, numbers, duration);
        is_over.store(true, Ordering::Relaxed);
        for client in clients {
            client
                .join()
                .map_err(|_| "a client panicked".to_owned())??;
        }
        outcome
    })
}

fn measure(
    servers: &[Server],
    database: u32,
    numbers: &AtomicUsize,
    duration: Duration,
) -> Result<Outcome, String> {
    let (start, first) = (Instant::now(), numbers.load(Ordering::Relaxed));
    let before = Times::now(servers, database)?;
    thread::sleep(duration);
    let times = Times::now(servers, database)? - before;
    let count = numbers.load(Ordering::Relaxed) - first;
    Ok(Outcome {
        rate: count as f64 / start.elapsed().as_secs_f64(),
        times,
    })
}

impl Times {
    fn now(servers: &[Server], database: u32) -> Result<Self, String> {
        let database = seconds(cpu::time(database)?);
        let mut time = 0.0;
        for server in servers {
            time += seconds(cpu::time(server.id())?);
        }
        let machine = cpu::machine()?;
        Ok(Self {
            database,
            servers: time,
            // The others are children of this process.
            client: seconds(cpu::time(process::id())?) - database - time,
            machine: machine.busy,
            elapsed: machine.busy + machine.idle,
        })
    }
}

impl Sub for Times {
    type Output = Self;

    fn sub(self, before: Self) -> Self {
        Self {
            database: self.database - before.database,
            servers: self.servers - before.servers,
            client: self.client - before.client,
            machine: self.machine - before.machine,
            elapsed: self.elapsed - before.elapsed,
        }
    }
}

fn seconds(nanoseconds: u64) -> f64 {
    nanoseconds as f64 / 1e9
}

fn name(client: usize) -> String {
    format!("Client {client:02}")
}

fn path(client: usize) -> String {
    format!("/api/people/{}", name(client).replace(' ', "%20"))
}

fn create(last: &str) -> Vec<u8> {
    let body = format!(r#"{{"fname":"Lisa","lname":"{last}"}}"#);
    write("POST", "/api/people", &body)
}

fn write(method: &str, path: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .into()
}
