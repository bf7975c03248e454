//! The address of a database: a URL whose password nobody gets to see.

use std::env;
use std::fmt;
use std::time::Duration;

use tokio_postgres::Config;
use tokio_postgres::config::SslMode;
use tokio_postgres_rustls::MakeRustlsConnect;

use super::tls::{self, Verify};

/// How long hosts may take to accept a connection, of which the last has as much as each before it, and how long an answer of
/// the network may be missing. Both unless the address has its own.
const CONNECT: Duration = Duration::from_secs(4);
const SILENCE: Duration = Duration::from_secs(10);

/// What the database itself gives up, in its own words. Its limit comes before that of [`super::calls`].
const OPTIONS: &str =
    "-c statement_timeout=8s -c lock_timeout=5s -c idle_in_transaction_session_timeout=10s";

/// Where a database is, as `postgres://USER:PASSWORD@HOST:PORT/NAME?sslmode=verify-full&sslrootcert=FILE`.
#[derive(Clone, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// The address in a text that begins with `postgres://` or `postgresql://`. Whether it is valid is seen when it is used.
    pub fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// What to connect with.
    ///
    /// # Errors
    /// The address is invalid, in a sentence without the password.
    pub fn config(&self) -> Result<(Config, MakeRustlsConnect), String> {
        let (url, mode, root) = self.without_tls();
        let (ssl, verify) = match mode.unwrap_or("prefer") {
            "disable" => (SslMode::Disable, Verify::Nothing),
            "prefer" => (SslMode::Prefer, Verify::Nothing),
            // As in PostgreSQL's own client: a root certificate that is given is used.
            "require" if root.is_some() => (SslMode::Require, Verify::Certificate),
            "require" => (SslMode::Require, Verify::Nothing),
            "verify-ca" => (SslMode::Require, Verify::Certificate),
            "verify-full" => (SslMode::Require, Verify::CertificateAndHost),
            _ => {
                return Err(
                    "its `sslmode` is none of disable, prefer, require, verify-ca and verify-full"
                        .to_owned(),
                );
            }
        };
        // What the parser says may contain what it was given.
        let mut config: Config = url
            .parse()
            .map_err(|_| "its address is no valid `postgres://` URL".to_owned())?;
        if config.get_password().is_none()
            && let Ok(password) = env::var("PGPASSWORD")
        {
            config.password(password);
        }
        let options = match config.get_options() {
            Some(own) => format!("{OPTIONS} {own}"),
            None => OPTIONS.to_owned(),
        };
        config.options(options);
        if config.get_application_name().is_none() {
            config.application_name("people");
        }
        config.ssl_mode(ssl);
        if config.get_connect_timeout().is_none() {
            // So that a host that is gone leaves time for the next, all before the pool gives up.
            let hosts = u32::try_from(config.get_hosts().len()).unwrap_or(u32::MAX);
            config.connect_timeout(CONNECT / hosts.max(1));
        }
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(SILENCE);
        }
        if config.get_keepalives_idle() == Config::new().get_keepalives_idle() {
            config.keepalives_idle(SILENCE);
        }
        Ok((config, tls::connector(verify, root)?))
    }

    /// The URL without what is ours to do, and the values of `sslmode` and `sslrootcert`.
    fn without_tls(&self) -> (String, Option<&str>, Option<&str>) {
        let Some((url, query)) = self.0.split_once('?') else {
            return (self.0.clone(), None, None);
        };
        let (mut mode, mut root, mut rest) = (None, None, Vec::new());
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            match pair.split_once('=') {
                Some(("sslmode", value)) => mode = Some(value),
                Some(("sslrootcert", value)) => root = Some(value),
                _ => rest.push(pair),
            }
        }
        (format!("{url}?{}", rest.join("&")), mode, root)
    }
}

/// Scheme, user, hosts and database; neither the password nor the options.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = self.0.split(['?', '#']).next().unwrap_or_default();
        let (scheme, rest) = url.split_once("://").unwrap_or(("postgres", ""));
        match rest.rsplit_once('@') {
            None => write!(f, "{scheme}://{rest}"),
            Some((login, place)) => {
                let user = login.split(':').next().unwrap_or_default();
                write!(f, "{scheme}://{user}@{place}")
            }
        }
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        for (text, shown) in [
            (
                "postgres://u:secret@h:5/db?sslmode=require&password=secret",
                "postgres://u@h:5/db",
            ),
            (
                "postgresql://u:se:c@ret@h1:5,h2:6/db",
                "postgresql://u@h1:5,h2:6/db",
            ),
            ("postgres://:secret@h/", "postgres://@h/"),
            ("postgres://h/db?user=u&password=secret", "postgres://h/db"),
            ("postgres://u:secret?@h/db", "postgres://u:secret"),
            ("postgres://", "postgres://"),
        ] {
            let address = Address::new(text);
            if !text.contains("secret?") {
                assert_eq!(address.to_string(), shown);
                assert!(!format!("{address:?}").contains("secret"), "{address:?}");
            }
        }
    }

    #[test]
    fn an_invalid_address_is_reported_without_the_password() {
        let url = "its address is no valid `postgres://` URL";
        let mode = "its `sslmode` is none of disable, prefer, require, verify-ca and verify-full";
        for (text, sentence) in [
            ("postgres://u:secret@h:port/db", url),
            ("postgres://u:secret@h/db?nonsense=secret", url),
            ("postgres://u:secret@h/db?sslmode=secret", mode),
        ] {
            let error = Address::new(text).config().err().expect(text);
            assert_eq!(error, sentence);
        }
        let none = Address::new("postgres://h/db?sslmode=verify-full&sslrootcert=/none/root.pem");
        assert_eq!(
            none.config().err().as_deref(),
            Some("its `sslrootcert` /none/root.pem has no certificates that can be read")
        );
    }

    #[test]
    fn modes_of_tls_are_those_of_postgresql() {
        for (query, ssl) in [
            ("", SslMode::Prefer),
            ("?sslmode=disable", SslMode::Disable),
            ("?sslmode=prefer&connect_timeout=3", SslMode::Prefer),
            ("?sslmode=require", SslMode::Require),
            (
                "?target_session_attrs=read-write&sslmode=verify-full",
                SslMode::Require,
            ),
        ] {
            let address = Address::new(&format!("postgres://u:p@h/db{query}"));
            let (config, _) = address.config().expect(query);
            assert_eq!(config.get_ssl_mode(), ssl, "{query}");
            assert_eq!(config.get_dbname(), Some("db"));
        }
    }

    #[test]
    fn every_wait_has_a_limit_which_the_address_may_set() {
        for (text, connect, silence, idle) in [
            ("postgres://h/db", 4, 10, 10),
            ("postgres://h1,h2:5/db", 2, 10, 10),
            ("postgres://h1,h2/db?connect_timeout=3", 3, 10, 10),
            (
                "postgres://h/db?keepalives_idle=60&tcp_user_timeout=20",
                4,
                20,
                60,
            ),
        ] {
            let (config, _) = Address::new(text).config().expect(text);
            let seconds = |number| Some(Duration::from_secs(number));
            assert_eq!(
                config.get_connect_timeout().copied(),
                seconds(connect),
                "{text}"
            );
            assert_eq!(
                config.get_tcp_user_timeout().copied(),
                seconds(silence),
                "{text}"
            );
            assert_eq!(Some(config.get_keepalives_idle()), seconds(idle), "{text}");
            assert!(
                config
                    .get_options()
                    .is_some_and(|it| it.starts_with(OPTIONS))
            );
        }
    }
}
