//! Random schemas and random values: the server accepts what `jsonschema` accepts, and what it decodes it encodes again.
//!
//! `DIFFERENTIAL_SEED=7` tries other schemas and values than those of every day.

mod document;
pub mod echo;
mod leaves;
mod losses;
mod objects;
mod random;
mod reference;
mod schemas;
mod values;

use serde_json::Value;
use spec_first_build::document::Version;

use self::losses::Losses;
use self::random::Random;
use self::reference::Reference;
use self::values::Values;
use crate::project::{Project, generator, succeeded};
use crate::server::Server;

/// How many operations a document has, and how many values each is sent.
const OPERATIONS: usize = 60;
const VALUES: usize = 40;

/// How the server reports that a type does not hold a number.
const NOT_HELD: [&str; 3] = [
    "is too large: at most",
    "is too small: at least",
    "the server cannot hold this value",
];

#[test]
#[ignore = "needs openapi-generator: run tests/run"]
fn swagger_2_0_is_served_as_json_schema_has_it() {
    differ(Version::Swagger2);
}

#[test]
#[ignore = "needs openapi-generator: run tests/run"]
fn openapi_3_0_is_served_as_json_schema_has_it() {
    differ(Version::OpenApi30);
}

#[test]
#[ignore = "needs openapi-generator: run tests/run"]
fn openapi_3_1_is_served_as_json_schema_has_it() {
    differ(Version::OpenApi31);
}

fn differ(version: Version) {
    let seed = std::env::var("DIFFERENTIAL_SEED").map_or(1, |seed| seed.parse().expect("a number"));
    let mut random = Random(seed);
    let document = document::random(version, OPERATIONS, &mut random);
    let project = Project::with_spec(&format!("{document:#}\n"));
    succeeded(&project.lint(generator()));
    let program = echo::program(&project.read("generated/echo.rs"));
    project.write("src/main.rs", &program);
    succeeded(&project.build_server(generator()));
    let mut trial = Trial {
        reference: Reference::new(&project.root.join("swagger.yml")),
        reporting: Server::start_with(&project, &[("TASKS_RESPONSES", "report")]),
        enforcing: Server::start_with(&project, &[("TASKS_RESPONSES", "enforce")]),
        version,
        document: &document,
        accepted: 0,
        faults: Vec::new(),
    };
    for operation in 0..OPERATIONS {
        trial.run(operation, &mut random);
    }
    let Trial {
        accepted, faults, ..
    } = trial;
    assert!(faults.is_empty(), "seed {seed}:\n{}", faults.join("\n"));
    let all = OPERATIONS * VALUES;
    assert!(
        (all / 5..all * 4 / 5).contains(&accepted),
        "{accepted} of {all} are accepted"
    );
}

/// A server that echoes, and what it should do.
struct Trial<'a> {
    reference: Reference,
    /// Sends what breaks the contract, too.
    reporting: Server,
    enforcing: Server,
    version: Version,
    document: &'a Value,
    accepted: usize,
    faults: Vec<String>,
}

impl Trial<'_> {
    fn run(&mut self, operation: usize, random: &mut Random) {
        let path = format!("/s{operation}");
        let place = format!("{}/S{operation}", schemas::place(self.version));
        let schema = self.document.pointer(&place).expect("the schema");
        for _ in 0..VALUES {
            let value = Values {
                document: self.document,
                random,
            }
            .near(schema);
            if let Err(fault) = self.send(&path, &place, &value) {
                let fault = format!("{path} {schema}\n    {value}\n    {fault}");
                return self.faults.push(fault);
            }
        }
    }

    fn send(&mut self, path: &str, place: &str, value: &Value) -> Result<(), String> {
        let accepts = self.reference.accepts(place, value);
        let (status, text) = self.reporting.send(path, &value.to_string());
        if !accepts || status != 200 {
            let is_right = !accepts && status == 400 || accepts && is_beyond(value, status, &text);
            return is_right
                .then_some(())
                .ok_or(format!("accepted: {accepts}, but {status} {text}"));
        }
        self.accepted += 1;
        let back: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        let mut losses = Losses {
            document: self.document,
            reference: &mut self.reference,
        };
        let lost = losses.find(&[place.to_owned()], value, &back);
        if !lost.is_empty() {
            return Err(lost.join("; "));
        }
        let is_accepted = self.reference.accepts(place, &back);
        // A double holds no larger integer as it is, and a rounded one may be even.
        if !is_accepted && !has_beyond(value, 9_007_199_254_740_992.0) {
            return Err(format!("{back} is not accepted any more"));
        }
        let expected = if is_accepted { 200 } else { 500 };
        let (status, _) = self.enforcing.send(path, &value.to_string());
        match status == expected {
            true => Ok(()),
            false => Err(format!("{status} instead of {expected} with {back}")),
        }
    }
}

/// Whether the server has said that its types don't hold an integer so large.
fn is_beyond(value: &Value, status: u16, text: &str) -> bool {
    let is_told = status == 400 && NOT_HELD.iter().any(|sentence| text.contains(sentence));
    is_told && has_beyond(value, 9e18)
}

/// Whether there is a number beyond `limit` in the value.
fn has_beyond(value: &Value, limit: f64) -> bool {
    match value {
        Value::Number(number) => number.as_f64().is_some_and(|it| it.abs() > limit),
        Value::Array(values) => values.iter().any(|value| has_beyond(value, limit)),
        Value::Object(members) => members.values().any(|value| has_beyond(value, limit)),
        _ => false,
    }
}
