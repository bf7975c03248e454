//! Tasks as a table of comma-separated values (RFC 4180), a line for each.

use std::convert::Infallible;

use actix_web::web::Bytes;
use futures_util::stream;
use spec_first::body::Download;

use crate::generated::types::{State, Task};

/// A table that is written while it is sent.
pub fn of(tasks: Vec<Task>) -> Download {
    let head = "number,title,state\r\n".to_owned();
    let lines = std::iter::once(head).chain(tasks.into_iter().map(line));
    let lines = lines.map(|line| Ok::<_, Infallible>(Bytes::from(line)));
    Download::stream(stream::iter(lines))
}

fn line(task: Task) -> String {
    let state = match task.state {
        State::Open => "open",
        State::Done => "done",
    };
    let title = task.title.replace('"', "\"\"");
    format!("{},\"{title}\",{state}\r\n", task.number)
}
