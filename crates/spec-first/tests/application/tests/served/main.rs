//! The application through its socket, and its API inside of another program.

mod additions;
mod attachments;
mod export;
mod mock;
mod operations;
mod options;
mod other_app;
mod readme;
mod server;
