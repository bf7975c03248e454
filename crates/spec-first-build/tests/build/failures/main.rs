//! An application that fails in each way that its spec declares, by the number of the account.

use std::process::ExitCode;

use actix_web::http::StatusCode;
use clap::Parser;
use futures_util::stream;
use spec_first::body::{Download, Event, Items};
use spec_first::options::{self, Options};
use spec_first::problem::Problem;
use spec_first::{Api, Server};
use tasks::generated::accounts::{
    Accounts, AccountsReadError as ReadError, CloseError, FollowError, ListError, Open, OpenError,
    PrintError,
};
use tasks::generated::plain::Plain;
use tasks::generated;
use tasks::generated::types::{
    Account, AccountsReadUnprocessableContentResponse as Overdrawn, Envelope, Failure, Loose,
};

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    options: Options,
}

struct Bank;

/// An error of the application's own.
enum BankError {
    Locked,
    Broken(&'static str),
}

impl From<BankError> for Problem {
    fn from(error: BankError) -> Self {
        match error {
            BankError::Locked => Problem::conflict("it is locked").with("holder", "ann"),
            BankError::Broken(cause) => Problem::internal(cause),
        }
    }
}

fn find(number: i64) -> Result<i64, BankError> {
    match number {
        409 => Err(BankError::Locked),
        500 => Err(BankError::Broken("the vault is open")),
        number => Ok(number),
    }
}

fn envelope(code: i64, message: &str) -> Envelope {
    Envelope::new(code, message.to_owned())
}

impl Accounts for Bank {
    async fn read(&self, number: i64) -> Result<Account, ReadError> {
        let status = |status| StatusCode::from_u16(status).unwrap_or_default();
        Err(match find(number)? {
            200 => return Ok(Account::new(7)),
            404 => ReadError::NotFound(envelope(1, "nobody has it")),
            405 => ReadError::NotFound(envelope(1, &"nobody ".repeat(15))),
            410 => ReadError::Gone("long ago".to_owned()),
            411 => ReadError::Gone("much too long ago".to_owned()),
            422 => ReadError::UnprocessableContent(Overdrawn {
                detail: Some("spend less".to_owned()),
                ..Overdrawn::new(30)
            }),
            429 => ReadError::TooManyRequests {
                retry_after: 60,
                x_hint: None,
                body: Failure::default(),
            },
            430 => ReadError::TooManyRequests {
                retry_after: 0,
                x_hint: Some("wait".to_owned()),
                body: Failure::default(),
            },
            431 => Problem::new(StatusCode::TOO_MANY_REQUESTS, "without the header").into(),
            503 => ReadError::ServerError {
                status: status(503),
                body: envelope(2, "tomorrow"),
            },
            418 => ReadError::Default {
                status: status(418),
                body: envelope(3, "short and stout"),
            },
            _ => Problem::forbidden("not yours").into(),
        })
    }

    async fn close(&self, number: i64) -> Result<(), CloseError> {
        match number {
            204 => Ok(()),
            1 => Err(CloseError::NotFoundHtml("<p>None</p>".to_owned())),
            2 => Err(CloseError::NotFoundXml("<none/>".to_owned())),
            3 => Err(CloseError::NotFoundJson(envelope(1, "none"))),
            _ => Err(Problem::not_found("none"))?,
        }
    }

    async fn probe(&self, number: i64) -> Result<(), Problem> {
        match number {
            200 => Ok(()),
            _ => Err(Problem::not_found("none")),
        }
    }

    async fn open(&self, number: i64) -> Result<Open, OpenError> {
        match number {
            200 => Ok(Open::Ok(Account::new(0))),
            201 => Ok(Open::Created),
            _ => Err(OpenError::Conflict(Loose {
                code: Some(4),
                ..Loose::default()
            })),
        }
    }

    async fn print(&self, number: i64) -> Result<Download, PrintError> {
        match number {
            200 => Ok(Download::from("%PDF")),
            _ => Err(PrintError::NotFound(Download::from("none"))),
        }
    }

    async fn list(&self, number: i64) -> Result<Items<i64>, ListError> {
        match number {
            200 => Ok(Items::new(stream::iter([Ok(1), Ok(2)]))),
            _ => Err(ListError::NotFound(envelope(1, "none"))),
        }
    }

    async fn follow(&self, number: i64) -> Result<Items<Event<i64>>, FollowError> {
        match number {
            200 => Ok(Items::new(stream::iter([Ok(Event::new(1))]))),
            _ => Err(FollowError::NotFound(envelope(1, "none"))),
        }
    }
}

impl Plain for Bank {
    async fn read(&self) -> Result<String, Problem> {
        Err(Problem::conflict("nothing is plain"))
    }
}

/// The API with each problem as an envelope.
fn in_envelopes() -> Api {
    generated::api(Bank).problems(|problem, _| {
        let code = problem.status().as_u16().into();
        Envelope::new(code, problem.detail().to_owned())
    })
}

fn main() -> ExitCode {
    let error = ReadError::NotFound(envelope(1, "nobody"));
    assert_eq!(
        (error.status().as_u16(), error.to_string().as_str()),
        (404, "404 Not Found")
    );
    let error: Box<dyn std::error::Error> = Box::new(ReadError::from(BankError::Locked));
    assert_eq!(error.to_string(), "409 Conflict: it is locked");
    options::main("TASKS", |arguments: Arguments| {
        let api = match std::env::var_os("ENVELOPE") {
            Some(_) => in_envelopes(),
            None => generated::api(Bank),
        };
        Server::new(api, arguments.options).run()
    })
}
