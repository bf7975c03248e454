//! Measures the server of this repository beside a hand-written one of the same operations, which validates nothing.
//!
//! ```text
//! binaries      builds both servers and the program of the bodies, each with the features that it has alone
//! dist          builds them as they are shipped
//! server        runs one of them
//! other         the same server by other frameworks
//! postgres      the database of several servers
//! operation     the requests
//! load          as many requests as several servers answer
//! generator     more requests than a server answers, sent by a load generator
//! client        sends them
//! cpu           processor time, from the operating system
//! instructions  counted by callgrind
//! bodies        the same of reading and sending bodies alone, in process
//! command       arguments, and how a command ends
//! table         what is measured, as Markdown and as a committed file
//! ```
//!
//! The commands are in `src/bin`; `docs/performance.md` says how to run them, and has what they measured; for `throughput`,
//! `docs/stores.md`, and for `overload`, `docs/operating.md`.

pub mod binaries;
pub mod bodies;
pub mod client;
pub mod command;
pub mod cpu;
pub mod dist;
pub mod generator;
pub mod instructions;
pub mod load;
pub mod operation;
pub mod other;
pub mod postgres;
pub mod server;
pub mod table;
