//! What each keyword does in each version, found out by asking a server; `../spec-first-build/KEYWORDS.md` is written from it.

mod bodies;
mod cases;
mod failures;
mod media_types;
mod schemes;
mod styles;
mod versions;

use std::path::Path;

use serde_json::Value;

use self::cases::Case;
use self::versions::{Found, VERSIONS, find};

/// Writes the table anew when it is set.
const REFRESH: &str = "REFRESH_GOLDEN";

const HEAD: &str = "# Keywords

What becomes of each keyword of a schema, in Rust and on the wire. `tests/contract/keywords.rs` writes this file: it asks a
server of each version what is in `tests/contract/keywords/cases.json`.

- *in*: a request with the refused value is a 400. *out*: a response with it is a 500. Where no refused value stands, the
  keyword is what lets the other one in, and out.
- –: the keyword is no check in this version, or does not exist in it; it changes nothing.
- *error*: the build rejects the schema, and says why.
";

const STYLES: &str = "
# Parameters

What a handler gets of a request with the parameter `a`, by the style of the parameter. Texts are split before they are
percent-decoded, so that an encoded delimiter is part of an item. `tests/contract/keywords/styles.rs` asks a server of each
version.

- *400*: the request is rejected.
- –: the version does not have such a parameter, or the build warns of it.
";

/// The head of the table of request bodies.
const BODIES: &str = "
# Request bodies

What a handler gets of a body, by its media type. Of a form it is the field `a`, and of a multipart form the request is what
follows the name of its parts. `tests/contract/keywords/bodies.rs` asks a server of each version.

- A body whose media types have different types is an enum, with a variant for each of them.
- `Content-Encoding` may be `gzip`, `br` or `deflate`; limits are those of the decoded body. Another one is a 415.
- *400*, *413*, *415*: the request is rejected.
- –: the version does not have such a body.
";

/// The head of the table of media types.
const MEDIA_TYPES: &str = "
# Media types of responses

What a method returns for each media type of a success, and what is sent of an example. Media types of one response whose types
differ, or whose text or bytes the application writes itself, are variants of an enum, and the method gets the one that `Accept`
prefers; of others the server sends the preferred one.

| Media type | Schema | In Rust | Content-Type | Body | Notes |
| --- | --- | --- | --- | --- | --- |
";

/// The head of the table of failures.
const FAILURES: &str = "
# Failures

What a method returns for each kind of failure: a problem (RFC 9457), or a variant of an enum of its own; and the response to a
problem of the application with that status, which is a 500 where the spec does not allow it.
`tests/contract/keywords/failures.rs` asks a server of each version.

| Status | Media type | Schema | Header | 2.0 | 3.0 | 3.1 | Notes |
| --- | --- | --- | --- | --- | --- | --- | --- |
";

/// The head of the table of security schemes.
const SCHEMES: &str = "
# Security

What the application receives of a request, by the security scheme, and the challenge in the answer without credentials.
`tests/contract/keywords/schemes.rs` asks a server of each version.

- *error*: the build rejects the scheme, and says why.
";

#[test]
fn the_table_of_keywords_is_true() {
    let cases = cases::read();
    let tables = [("Keyword", "keywords"), ("Format", "formats")];
    let tables = tables.map(|(title, name)| table(title, &cases[name]));
    let styles = styles::table(&cases::styles());
    let bodies = bodies::table(&cases::bodies());
    let schemes = schemes::table(&cases::schemes());
    let media_types = format!("{MEDIA_TYPES}{}", media_types::rows());
    let failures = format!("{FAILURES}{}", failures::rows());
    let text = format!(
        "{HEAD}{}{STYLES}{styles}{BODIES}{bodies}{media_types}{failures}{SCHEMES}{schemes}",
        tables.concat()
    );
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec-first-build/KEYWORDS.md");
    if std::env::var_os(REFRESH).is_some() {
        std::fs::write(&path, &text).expect("the table is written");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(text, expected, "{REFRESH}=1 writes it anew");
}

fn table(title: &str, cases: &[Case]) -> String {
    let found = VERSIONS.map(|version| find(version, cases));
    let rows = cases.iter().enumerate();
    let rows = rows.map(|(index, case)| row(case, &found.each_ref().map(|found| &found[index])));
    let head = format!(
        "\n| {title} | Schema | Accepted | Refused | In Rust | 2.0 | 3.0 | 3.1 | Notes |\n{}|\n",
        "| --- ".repeat(9)
    );
    head + &rows.collect::<String>()
}

fn row(case: &Case, found: &[&Found; 3]) -> String {
    let refused = case.refused.as_ref().map(code);
    let cells = [
        case.name.clone(),
        code(&case.schema),
        code(&case.accepted),
        refused.unwrap_or_default(),
        types(found),
        found.map(Found::cell).join(" | "),
        case.note.clone(),
    ];
    format!("| {} |\n", cells.join(" | "))
}

/// A value as it is written in a table.
fn code(value: &Value) -> String {
    format!("`{}`", value.to_string().replace('|', "\\|"))
}

/// The types of the versions that check, or of all if none does, each once.
fn types(found: &[&Found; 3]) -> String {
    let is_any_checked = found.iter().any(|found| found.is_checked());
    let told = found
        .iter()
        .filter(|found| found.is_checked() || !is_any_checked);
    let mut types: Vec<&str> = told.filter_map(|found| found.kind.as_deref()).collect();
    types.dedup();
    types.join(", ")
}
