//! The load generator `oha`, which sends requests at a constant rate, whether or not others have had a response.

use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;

/// What came of the requests.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// Responses in a second.
    pub served: f64,
    pub rejected: f64,
    /// Milliseconds until the response, from the time on at which the request was due.
    pub latency: Latency,
    /// The same of those that were rejected, if there are any.
    pub rejection: Option<Latency>,
}

/// Milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Latency {
    pub median: f64,
    pub p99: f64,
}

/// Whether `oha` can be run.
#[must_use]
pub fn is_available() -> bool {
    let version = Command::new("oha")
        .arg("--version")
        .stdout(Stdio::null())
        .status();
    version.is_ok_and(|status| status.success())
}

/// Sends GET requests for the path over this many connections, as many in a second as `rate` says, or as many as are answered.
///
/// # Errors
/// A sentence: `oha` failed, or there are responses that are neither 200 nor 503.
pub fn send(
    address: SocketAddr,
    path: &str,
    connections: usize,
    rate: Option<f64>,
    duration: Duration,
) -> Result<Outcome, String> {
    let mut command = Command::new("oha");
    command
        .args([
            "--no-tui",
            "--output-format=json",
            "--stats-success-breakdown",
        ])
        .args(["-H", "Accept-Encoding: gzip"])
        .arg(format!("-c{connections}"))
        .arg(format!("-z{}s", duration.as_secs()));
    if let Some(rate) = rate {
        command.args(["--latency-correction", &format!("-q{rate:.1}")]);
    }
    let output = command.arg(format!("http://{address}{path}")).output();
    let output = output.map_err(|error| format!("cannot run oha: {error}"))?;
    if !output.status.success() {
        return Err(format!("oha: {}", String::from_utf8_lossy(&output.stderr)));
    }
    let report: Value = serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("the report of oha is no JSON: {error}"))?;
    parse(&report).ok_or_else(|| format!("the report of oha is another one: {report}"))
}

fn parse(report: &Value) -> Option<Outcome> {
    let statuses = report.get("statusCodeDistribution")?.as_object()?;
    if statuses
        .keys()
        .any(|status| !["200", "503"].contains(&status.as_str()))
    {
        return None;
    }
    let seconds = report.pointer("/summary/total")?.as_f64()?;
    let rate = |status| {
        let count = statuses.get(status).and_then(Value::as_f64);
        count.unwrap_or_default() / seconds
    };
    Some(Outcome {
        served: rate("200"),
        rejected: rate("503"),
        latency: latency(report, "latencyPercentilesSuccessful")?,
        rejection: latency(report, "latencyPercentilesNotSuccessful"),
    })
}

fn latency(report: &Value, name: &str) -> Option<Latency> {
    let percentiles = report.get(name)?;
    let milliseconds = |name| Some(percentiles.get(name)?.as_f64()? * 1e3);
    Some(Latency {
        median: milliseconds("p50")?,
        p99: milliseconds("p99")?,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_report_is_read() {
        let report = |status: &str| {
            json!({
                "summary": { "total": 2.0 },
                "statusCodeDistribution": { "200": 10, status: 5 },
                "errorDistribution": { "aborted due to deadline": 3 },
                "latencyPercentilesSuccessful": { "p50": 0.002, "p99": 0.004 },
                "latencyPercentilesNotSuccessful": { "p50": 0.001, "p99": 0.001 },
            })
        };
        let outcome = Outcome {
            served: 5.0,
            rejected: 2.5,
            latency: Latency {
                median: 2.0,
                p99: 4.0,
            },
            rejection: Some(Latency {
                median: 1.0,
                p99: 1.0,
            }),
        };
        assert_eq!(parse(&report("503")), Some(outcome));
        assert_eq!(parse(&report("500")), None);
    }
}
