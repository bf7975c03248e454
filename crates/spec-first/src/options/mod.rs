//! Options of the command line and the environment that every server has, whatever its spec.

mod health;
mod limits;
mod proxies;
mod sizes;
#[cfg(feature = "tls")]
mod tls;

use std::ffi::OsString;
use std::net::{SocketAddr, ToSocketAddrs};
use std::process::ExitCode;

use clap::builder::BoolishValueParser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, Command, Parser, ValueEnum};

pub use self::limits::Limits;
pub use self::proxies::Proxies;
#[cfg(feature = "tls")]
pub use self::tls::Tls;
pub use crate::listen::Address;
use crate::origin::Origin;
use crate::settings::{ReadOnly, Responses, Settings};

/// How to serve.
#[derive(Args, Clone, Debug)]
pub struct Options {
    /// Where to listen: an address and port (port 0 takes a free one), `unix:/PATH` for a Unix socket, `systemd` for the sockets
    /// that systemd passes; several by repeating it or with commas
    #[arg(
        long,
        value_name = "ADDRESS:PORT",
        default_value = "127.0.0.1:5000",
        value_delimiter = ','
    )]
    pub listen: Vec<Address>,

    /// Let a second server of the same user listen on the same addresses, to take over from this one without losing a connection
    #[arg(long, value_parser = BoolishValueParser::new())]
    pub reuse_port: bool,

    /// How long the server still accepts connections after a signal to stop, while it reports that it is not ready, in seconds, 0
    /// to 3600
    #[arg(long, value_name = "SECONDS", default_value = "0", value_parser = clap::value_parser!(u16).range(..=3600))]
    pub shutdown_delay: u16,

    /// How long requests in progress may take after that, in seconds, 0 to 3600
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = clap::value_parser!(u16).range(..=3600))]
    pub shutdown_timeout: u16,

    /// Where to listen for probes (`/health/live`, `/health/ready`) and `/metrics`, which are not for the public; nowhere by
    /// default
    #[arg(long, value_name = "ADDRESS:PORT", value_parser = address)]
    pub admin: Option<SocketAddr>,

    /// Do not serve: report whether the server that runs with this --admin is ready, by the exit code 0 or 1
    #[arg(long, requires = "admin")]
    pub check_health: bool,

    /// Threads that serve, 1 to 512 [default: one per processor]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=512))]
    pub workers: Option<u16>,

    /// The certificate.
    #[cfg(feature = "tls")]
    #[command(flatten)]
    pub tls: Tls,

    /// What is in front of the server.
    #[command(flatten)]
    pub proxies: Proxies,

    /// What the server takes on.
    #[command(flatten)]
    pub limits: Limits,

    /// Refuse query parameters that the spec does not know, and several values where one is expected
    #[arg(long, value_parser = BoolishValueParser::new())]
    pub strict: bool,

    /// What to do about the formats of strings and numbers; dates that are Rust's are checked in any case
    #[arg(long, value_name = "MODE", default_value = "check")]
    pub formats: Formats,

    /// What to do about a member of a request's body that the spec calls read-only
    #[arg(long, value_name = "MODE", default_value = "drop")]
    pub read_only: ReadOnly,

    /// What to do about a response that breaks the spec
    #[arg(long, value_name = "MODE", default_value = "enforce")]
    pub responses: Responses,

    /// An origin whose pages may use the API from a browser, such as `https://example.org`; several by repeating it or with
    /// commas, `*` for all
    #[arg(long, value_name = "ORIGIN", value_delimiter = ',')]
    pub cors_origin: Vec<Origin>,

    /// Let the pages of these origins send cookies and the credentials that a browser stores
    #[arg(long, value_parser = BoolishValueParser::new())]
    pub cors_credentials: bool,

    /// How much to log, to the standard error output
    #[arg(long, value_name = "LEVEL", default_value = "info")]
    pub log_level: LogLevel,

    /// How to log: a line of text or a JSON object for each event
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub log_format: LogFormat,
}

/// What to do about formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Formats {
    /// Check those that are known
    Check,
    /// Accept every value
    Ignore,
}

/// How much to log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogLevel {
    /// Nothing
    Off,
    /// Failures of the server
    Error,
    /// What may need attention, too
    Warn,
    /// Each request, too
    Info,
    /// What helps to find a fault, with actix-web's own events
    Debug,
    /// Everything
    Trace,
}

/// How to log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// A line of text for each event
    Text,
    /// A JSON object for each event
    Json,
}

impl Options {
    /// The settings that these options choose; the rest has its default.
    #[must_use]
    pub fn settings(&self) -> Settings {
        Settings {
            strict: self.strict,
            formats: self.formats == Formats::Check,
            read_only: self.read_only,
            responses: self.responses,
            body_limit: self.limits.body_limit,
            upload_limit: self.limits.upload_limit,
            ..Settings::default()
        }
    }
}

/// The `main` of a program: parses its options and runs it. An error is one sentence on the standard error output, and the exit
/// code is 2 for an invalid option and 1 for everything else. `prefix` is as for [`parse`].
pub fn main<P: Parser>(prefix: &str, run: impl FnOnce(P) -> Result<(), String>) -> ExitCode {
    match parse(prefix).map(run) {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(sentence)) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
        Err(code) => code,
    }
}

/// Parses the options of a program from its command line and the environment. The variable of an option is `prefix`, an
/// underscore and the option's name in capitals: `TASKS_BODY_LIMIT` for `--body-limit` with the prefix `TASKS`.
///
/// # Errors
/// The code to exit with: 0 after help or the version was printed, or if a server is ready whose health `--check-health` has
/// checked, and 1 if not; 2 after a sentence about an invalid option was printed to the standard error output.
pub fn parse<P: Parser>(prefix: &str) -> Result<P, ExitCode> {
    parse_from(prefix, std::env::args_os())
}

/// As [`parse`], from `words` instead of the command line; the first one is the program's name.
///
/// # Errors
/// As [`parse`].
pub fn parse_from<P: Parser>(
    prefix: &str,
    words: impl IntoIterator<Item = impl Into<OsString> + Clone>,
) -> Result<P, ExitCode> {
    let mut command = with_variables(P::command(), prefix);
    let parsed = command.try_get_matches_from_mut(words).and_then(|matches| {
        let checked = health::requested(&matches);
        Ok((P::from_arg_matches(&matches)?, checked))
    });
    let parsed = match parsed {
        Ok((_, Some(admin))) => return Err(health::check(admin)),
        Ok((parsed, None)) => Ok(parsed),
        Err(error) => Err(error),
    };
    parsed.map_err(|error| {
        if !error.use_stderr() {
            // There is no other output to report a failure to.
            let _ = error.print();
            return ExitCode::SUCCESS;
        }
        eprintln!("{}", sentence(&error, &command));
        ExitCode::from(2)
    })
}

/// The command with an environment variable for each option that has none.
fn with_variables(command: Command, prefix: &str) -> Command {
    command.mut_args(|argument| match argument.get_long() {
        Some(name)
            if argument.get_env().is_none()
                && !matches!(name, "help" | "version" | "check-health") =>
        {
            let name = name.replace('-', "_").to_uppercase();
            argument.env(format!("{prefix}_{name}"))
        }
        _ => argument,
    })
}

/// One sentence instead of clap's paragraphs, with the variable if its value is invalid.
fn sentence(error: &clap::Error, command: &Command) -> String {
    let text = error.to_string();
    let text = text.split("\n\n").next().unwrap_or_default();
    let words: Vec<_> = text
        .trim_start_matches("error:")
        .split_whitespace()
        .collect();
    let sentence = words.join(" ");
    match variable(error, command) {
        Some(variable) => format!("environment variable {variable}: {sentence}"),
        None => format!("{sentence}; --help lists the options"),
    }
}

/// The environment variable that the invalid value comes from.
fn variable(error: &clap::Error, command: &Command) -> Option<String> {
    let (ErrorKind::InvalidValue | ErrorKind::ValueValidation) = error.kind() else {
        return None;
    };
    let Some(ContextValue::String(argument)) = error.get(ContextKind::InvalidArg) else {
        return None;
    };
    let name = argument.trim_start_matches('-').split(' ').next()?;
    let variable = command
        .get_arguments()
        .find(|it| it.get_long() == Some(name))?
        .get_env()?;
    let written = |word: OsString| word.to_string_lossy().starts_with(&format!("--{name}"));
    let is_source = !std::env::args_os().any(written) && std::env::var_os(variable).is_some();
    is_source.then(|| variable.to_string_lossy().into_owned())
}

fn address(text: &str) -> Result<SocketAddr, String> {
    let known = text
        .to_socket_addrs()
        .ok()
        .and_then(|mut addresses| addresses.next());
    known.ok_or("expected ADDRESS:PORT, such as 127.0.0.1:5000".to_owned())
}
