//! Answers each operation of the spec from a list in memory.

use std::sync::{Mutex, PoisonError};

use futures_util::StreamExt;
use spec_first::body::Items;
use spec_first::problem::Problem;

use crate::generated::tasks::{Add, AttachBody, Export, ExportAccept, Tasks};
use crate::generated::types::{Attachment, Days, NewTask, State, Task, Work};
use crate::table;

/// The tasks, until the server stops.
#[derive(Default)]
pub struct List {
    // A std Mutex, since nothing awaits while it is held.
    tasks: Mutex<Vec<Task>>,
}

impl List {
    /// Runs `work` on the tasks. They are complete at any time, so a panic elsewhere does them no harm.
    fn with<T>(&self, work: impl FnOnce(&mut Vec<Task>) -> T) -> T {
        work(&mut self.tasks.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Tasks for List {
    async fn list(
        &self,
        states: Option<Vec<State>>,
        due: Option<Days>,
        limit: u8,
    ) -> Result<Vec<Task>, Problem> {
        let (states, due) = (states.as_ref(), due.as_ref());
        let is_wanted = |task: &&Task| {
            states.is_none_or(|states| states.contains(&task.state))
                && due.is_none_or(|days| is_due(task, days))
        };
        let tasks = self.with(|tasks| {
            let wanted = tasks.iter().filter(is_wanted);
            wanted.take(limit.into()).cloned().collect()
        });
        Ok(tasks)
    }

    async fn add(&self, task: NewTask) -> Result<Add, Problem> {
        let task = self.with(|tasks| {
            let number = tasks.len() as u64 + 1;
            tasks.push(Task::new(number, task.title, State::Open, task.work));
            tasks[tasks.len() - 1].clone()
        });
        Ok(Add::Created {
            location: format!("/v1/tasks/{}", task.number),
            body: task,
        })
    }

    async fn export(&self, accept: ExportAccept) -> Result<Export, Problem> {
        let tasks = self.with(|tasks| tasks.clone());
        Ok(match accept {
            ExportAccept::Csv => Export::OkCsv(table::of(tasks).attachment("tasks.csv")),
            ExportAccept::Ndjson => Export::OkNdjson(Items::from(tasks)),
        })
    }

    async fn read(&self, number: u64) -> Result<Task, Problem> {
        let found = self.with(|tasks| tasks.iter().find(|task| task.number == number).cloned());
        found.ok_or_else(|| Problem::not_found(format!("there is no task {number}")))
    }

    async fn attach(&self, number: u64, attachment: AttachBody) -> Result<Attachment, Problem> {
        self.read(number).await?;
        Ok(match attachment {
            AttachBody::Multipart(form) => Attachment {
                note: form.note,
                ..Attachment::new(
                    form.file.file_name().unwrap_or("unnamed").to_owned(),
                    form.file.len(),
                    form.tags.unwrap_or_default(),
                )
            },
            AttachBody::OctetStream(mut upload) => {
                let mut length = 0;
                while let Some(chunk) = upload.next().await {
                    length += chunk?.len() as u64;
                }
                Attachment::new("unnamed".to_owned(), length, Vec::new())
            }
        })
    }
}

/// Whether a task is due within some days.
fn is_due(task: &Task, days: &Days) -> bool {
    let Work::Errand(errand) = &task.work else {
        return false;
    };
    errand.due.is_some_and(|due| {
        days.from.is_none_or(|from| from <= due) && days.to.is_none_or(|to| due <= to)
    })
}
