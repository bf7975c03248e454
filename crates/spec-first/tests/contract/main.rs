//! The contract runtime through a real socket, with contracts of its own making.

mod bodies;
mod client;
mod discriminators;
mod downloads;
mod files;
mod forms;
mod headers;
mod hostile;
mod keywords;
mod loading;
mod log;
mod multiparts;
mod negotiation;
mod parameters;
mod paths;
mod read_only;
mod references;
mod replies;
mod responses;
mod security;
mod server;
mod serving;
mod streams;
mod unions;
mod unsupported;
mod uploads;
