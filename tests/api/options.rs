//! Options, environment variables, and what is printed.

use std::net::TcpListener;

use super::support::{Server, program, run};

fn sentence_of(options: &[&str], variables: &[(&str, &str)]) -> (Option<i32>, String, String) {
    let output = run(program().args(options).envs(variables.iter().copied()));
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

#[test]
fn help_names_every_option_with_its_variable_and_default() {
    let (code, help, errors) = sentence_of(&["--help"], &[]);
    assert_eq!((code, errors.as_str()), (Some(0), ""));
    for (option, variable, default) in [
        (
            "--listen <ADDRESS:PORT>",
            "LISTEN",
            "[default: 127.0.0.1:5000]",
        ),
        ("--admin <ADDRESS:PORT>", "ADMIN", "nowhere by default"),
        (
            "--database <DATABASE>",
            "DATABASE",
            "[default: sqlite:people.db]",
        ),
        (
            "--workers <NUMBER>",
            "WORKERS",
            "[default: one per processor]",
        ),
        (
            "--max-connections <NUMBER>",
            "MAX_CONNECTIONS",
            "[default: 10000]",
        ),
        (
            "--max-concurrent-requests <NUMBER>",
            "MAX_CONCURRENT_REQUESTS",
            "[default: 1024]",
        ),
        (
            "--request-timeout <SECONDS>",
            "REQUEST_TIMEOUT",
            "[default: 60]",
        ),
        ("--tls-certificate <FILE>", "TLS_CERTIFICATE", ""),
        ("--tls-key <FILE>", "TLS_KEY", ""),
        ("--trusted-proxy <ADDRESSES>", "TRUSTED_PROXY", ""),
        ("--forwarded-prefix", "FORWARDED_PREFIX", ""),
        ("--url-limit <SIZE>", "URL_LIMIT", "[default: 8KiB]"),
        ("--header-limit <SIZE>", "HEADER_LIMIT", "[default: 32KiB]"),
        ("--body-limit <SIZE>", "BODY_LIMIT", "[default: 1MiB]"),
        ("--upload-limit <SIZE>", "UPLOAD_LIMIT", "[default: 32MiB]"),
        ("--strict", "STRICT", ""),
        ("--reuse-port", "REUSE_PORT", ""),
        (
            "--shutdown-delay <SECONDS>",
            "SHUTDOWN_DELAY",
            "[default: 0]",
        ),
        (
            "--shutdown-timeout <SECONDS>",
            "SHUTDOWN_TIMEOUT",
            "[default: 10]",
        ),
        ("--formats <MODE>", "FORMATS", "[default: check]"),
        ("--read-only <MODE>", "READ_ONLY", "[default: drop]"),
        ("--responses <MODE>", "RESPONSES", "[default: enforce]"),
        ("--log-level <LEVEL>", "LOG_LEVEL", "[default: info]"),
        ("--log-format <FORMAT>", "LOG_FORMAT", "[default: text]"),
    ] {
        let (_, rest) = help
            .split_once(option)
            .unwrap_or_else(|| panic!("{option} is in {help}"));
        // The value of one that may contain a password is not shown, and nothing in its place.
        let shown = if variable == "DATABASE" { "" } else { "=" };
        assert!(
            rest.contains(&format!("[env: PEOPLE_{variable}{shown}]")),
            "{option}: {help}"
        );
        assert!(rest.contains(default), "{option}: {help}");
    }
}

#[test]
fn addresses_and_database_are_printed_with_the_real_port() {
    let server = Server::start(&[]);
    server.out.wait_for(|line| line.contains("database"));
    let address = server.address;
    assert_ne!(address.port(), 0);
    let lines = [
        format!("People 1.0.0 is served at {address}"),
        format!("  page        http://{address}/"),
        format!("  Swagger UI  http://{address}/api/ui/"),
        format!("  spec        http://{address}/api/swagger.json"),
        "  database    memory".to_owned(),
    ];
    assert_eq!(server.out.all(), lines);
}

#[test]
fn every_address_is_printed_as_one_that_a_browser_reaches() {
    let server = Server::start(&[]);
    let mut command = program();
    command.args(["--listen", "0.0.0.0:0", "--database", "memory"]);
    let everywhere = Server::spawn(command);
    let page = everywhere.out.wait_for(|line| line.contains("page"));
    assert_eq!(
        page,
        format!(
            "  page        http://127.0.0.1:{}/",
            everywhere.address.port()
        )
    );
    drop(server);
}

#[test]
fn variables_do_what_options_do() {
    let mut command = program();
    command
        .env("PEOPLE_LISTEN", "127.0.0.1:0")
        .env("PEOPLE_DATABASE", "memory")
        .env("PEOPLE_STRICT", "yes");
    let server = Server::spawn(command);
    assert_eq!(server.get("/api/people").status, 200);
    assert_eq!(server.get("/api/people?colour=red").status, 400);
}

#[test]
fn an_option_goes_before_its_variable() {
    let mut command = program();
    command
        .env("PEOPLE_DATABASE", "sqlite:/nowhere/at/all")
        .env("PEOPLE_LISTEN", "127.0.0.1:0");
    command.args(["--database", "memory"]);
    let server = Server::spawn(command);
    server.out.wait_for(|line| line == "  database    memory");
}

#[test]
fn a_taken_port_is_one_sentence() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let (code, out, error) = sentence_of(&["--listen", &address, "--database", "memory"], &[]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert_eq!(
        error,
        format!("cannot listen on {address}: Address already in use (os error 98)\n")
    );
}

#[test]
fn a_bad_option_is_one_sentence() {
    for (options, sentence) in [
        (vec!["--colour"], "unexpected argument '--colour' found"),
        (vec!["serve"], "unexpected argument 'serve' found"),
        (
            vec!["--listen"],
            "a value is required for '--listen <ADDRESS:PORT>' but none was supplied",
        ),
        (
            vec!["--listen", "5000"],
            "invalid value '5000' for '--listen <ADDRESS:PORT>': expected ADDRESS:PORT, such as 127.0.0.1:5000, \
             unix:/PATH, systemd or systemd:NAME",
        ),
        (
            vec!["--workers", "0"],
            "invalid value '0' for '--workers <NUMBER>': 0 is not in 1..=512",
        ),
        (
            vec!["--body-limit", "2GiB"],
            "invalid value '2GiB' for '--body-limit <SIZE>': \
             expected a number of bytes from 0 to 1GiB, such as 65536, 64KiB or 1MiB",
        ),
        (
            vec!["--upload-limit", "2TiB"],
            "invalid value '2TiB' for '--upload-limit <SIZE>': \
             expected a number of bytes from 0 to 1024GiB, such as 65536, 64KiB or 1MiB",
        ),
        (
            vec!["--url-limit", "65KiB"],
            "invalid value '65KiB' for '--url-limit <SIZE>': \
             expected a number of bytes from 1 to 64KiB, such as 8192 or 8KiB",
        ),
        (
            vec!["--max-connections", "0"],
            "invalid value '0' for '--max-connections <NUMBER>': 0 is not in 1..=1000000",
        ),
        (
            vec!["--responses", "perhaps"],
            "invalid value 'perhaps' for '--responses <MODE>' [possible values: enforce, report, off]",
        ),
        (
            vec!["--database", "mysql:x"],
            "invalid value 'mysql:x' for '--database <DATABASE>': a database is `memory`, `sqlite:FILE` or `postgres://…`",
        ),
    ] {
        let (code, out, error) = sentence_of(&options, &[]);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{options:?}");
        assert_eq!(error, format!("{sentence}; --help lists the options\n"));
    }
}

#[test]
fn a_bad_variable_is_one_sentence_that_names_it() {
    let (code, out, error) = sentence_of(&[], &[("PEOPLE_LOG_FORMAT", "xml")]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    let sentence = "invalid value 'xml' for '--log-format <FORMAT>' [possible values: text, json]";
    assert_eq!(
        error,
        format!("environment variable PEOPLE_LOG_FORMAT: {sentence}\n")
    );
}

#[test]
fn a_database_that_cannot_be_opened_is_one_sentence() {
    let (code, out, error) = sentence_of(
        &[
            "--database",
            "sqlite:/nowhere/people.db",
            "--listen",
            "127.0.0.1:0",
        ],
        &[],
    );
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert_eq!(error.lines().count(), 1, "{error}");
    assert!(error.contains("/nowhere/people.db"), "{error}");
}
