//! Tables of requests with their answers: the values that arrived in the handler, or the problem.
//!
//! A case is `GET` and a target, or `STRICT` and a target for a server in strict mode, then lines with headers, and a line with the
//! status and the body. `REFRESH_GOLDEN=1` writes what is answered into the tables.

use spec_first::contract::Settings;

use super::served::{folder, serve};
use crate::server::Server;

#[test]
fn the_parameters_of_swagger_2_0_have_the_values_of_the_table() {
    compare("swagger_2_0.yml", &["swagger_2_0.txt"]);
}

#[test]
fn the_parameters_of_openapi_3_0_have_the_values_of_the_tables() {
    compare("openapi_3_0.yml", &["openapi_3.txt", "openapi_3_0.txt"]);
}

#[test]
fn the_parameters_of_openapi_3_1_have_the_values_of_the_tables() {
    compare("openapi_3_1.yml", &["openapi_3.txt", "openapi_3_1.txt"]);
}

fn compare(document: &str, tables: &[&str]) {
    let [lenient, strict] = [false, true].map(|strict| {
        let settings = Settings {
            strict,
            ..Settings::default()
        };
        serve(document, settings)
    });
    for name in tables {
        let path = folder().join(name);
        let mut expected = std::fs::read_to_string(&path).expect("the table is read");
        let found: Vec<_> = expected
            .split("\n\n")
            .map(|block| answered(block, &lenient, &strict))
            .collect();
        let found = found.join("\n\n") + "\n";
        if std::env::var_os("REFRESH_GOLDEN").is_some() {
            std::fs::write(&path, &found).expect("the table is written");
            expected.clone_from(&found);
        }
        for (expected, found) in expected.split("\n\n").zip(found.split("\n\n")) {
            assert_eq!(
                expected.trim_end(),
                found.trim_end(),
                "{name} of {document}"
            );
        }
    }
}

/// The cases of a block, with their answers; comments stay.
fn answered(block: &str, lenient: &Server, strict: &Server) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut request: Option<(&Server, &str)> = None;
    let mut headers = String::new();
    for line in block.trim_end().lines().chain(["GET"]) {
        let begins = line.strip_prefix("GET").map(|target| (lenient, target));
        let begins = begins.or(line.strip_prefix("STRICT").map(|target| (strict, target)));
        if begins.is_some()
            && let Some((server, target)) = request
        {
            let answer = server.send("GET", target.trim(), &headers, "");
            lines.push(format!("{} {}", answer.status, answer.body));
        }
        if let Some(begins) = begins {
            request = Some(begins);
            headers.clear();
        } else if line.contains(':') && !line.starts_with(['#', '2', '4', '5']) {
            headers += &format!("{line}\r\n");
        }
        if !line.starts_with(['2', '4', '5']) && line != "GET" {
            lines.push(line.to_owned());
        }
    }
    lines.join("\n")
}
