//! The text format of Prometheus, version 0.0.4, read strictly.

use std::collections::{BTreeMap, BTreeSet};

/// The lines of the page that are samples.
pub fn samples(page: &str) -> Vec<String> {
    let lines = page.lines().filter(|line| !line.starts_with('#'));
    lines.map(str::to_owned).collect()
}

/// Asserts that the page keeps the rules of the format: a metric has its description, its type and then its samples, each once, with
/// a valid name, labels and a number; a histogram has growing buckets up to its count.
#[track_caller]
pub fn check(page: &str) {
    assert!(page.ends_with('\n'), "the last line has an end");
    let (mut names, mut series) = (BTreeSet::new(), BTreeSet::new());
    let mut lines = page.lines().peekable();
    while let Some(line) = lines.next() {
        let (name, help) =
            comment(line, "HELP").unwrap_or_else(|| panic!("{line:?} describes a metric"));
        assert!(is_name(name) && !help.is_empty(), "{line}");
        assert!(names.insert(name), "{name} is there once");
        let line = lines.next().unwrap_or_default();
        let (typed, kind) = comment(line, "TYPE").unwrap_or_else(|| panic!("{line:?} is a type"));
        assert_eq!(typed, name);
        assert!(["counter", "gauge", "histogram"].contains(&kind), "{line}");
        assert_eq!(kind == "counter", name.ends_with("_total"), "{line}");
        let mut samples = Vec::new();
        while let Some(line) = lines.next_if(|line| !line.starts_with('#')) {
            let sample = Sample::parse(line).unwrap_or_else(|| panic!("{line:?} is a sample"));
            let series_name = line.rsplit_once(' ').map(|(series, _)| series);
            assert!(series.insert(series_name), "{line:?} is there once");
            samples.push(sample);
        }
        match kind {
            "histogram" => check_histogram(name, &samples),
            _ => assert!(samples.iter().all(|it| it.name == name), "{name}"),
        }
    }
}

fn comment<'l>(line: &'l str, kind: &str) -> Option<(&'l str, &'l str)> {
    line.strip_prefix("# ")?
        .strip_prefix(kind)?
        .strip_prefix(' ')?
        .split_once(' ')
}

struct Sample<'l> {
    name: &'l str,
    labels: BTreeMap<&'l str, String>,
    value: f64,
}

impl<'l> Sample<'l> {
    fn parse(line: &'l str) -> Option<Self> {
        let end = line.find(['{', ' '])?;
        let (name, mut rest) = line.split_at(end);
        let mut labels = BTreeMap::new();
        if let Some(inner) = rest.strip_prefix('{') {
            rest = inner;
            loop {
                let (label, after) = rest.split_once("=\"")?;
                let (value, after) = quoted(after)?;
                let is_new = labels.insert(label, value).is_none();
                (is_name(label) && !label.contains(':') && is_new).then_some(())?;
                match after.strip_prefix(',') {
                    Some(next) => rest = next,
                    None => break rest = after.strip_prefix('}')?,
                }
            }
        }
        let value = rest
            .strip_prefix(' ')?
            .replace("+Inf", "inf")
            .parse()
            .ok()?;
        is_name(name).then_some(Self {
            name,
            labels,
            value,
        })
    }
}

/// The value of a label, and what follows its closing quotation mark.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((value, &text[at + 1..])),
            '\\' => value.push(match characters.next()?.1 {
                'n' => '\n',
                it @ ('"' | '\\') => it,
                _ => return None,
            }),
            it => value.push(it),
        }
    }
    None
}

fn is_name(name: &str) -> bool {
    let is_start = |it: char| it.is_ascii_alphabetic() || it == '_' || it == ':';
    name.starts_with(is_start) && name.chars().all(|it| is_start(it) || it.is_ascii_digit())
}

#[track_caller]
fn check_histogram(name: &str, samples: &[Sample<'_>]) {
    let mut buckets: BTreeMap<_, Vec<(f64, f64)>> = BTreeMap::new();
    let (mut counts, mut sums) = (BTreeMap::new(), BTreeMap::new());
    for sample in samples {
        let mut labels = sample.labels.clone();
        let bound = labels.remove("le");
        match sample.name.strip_prefix(name) {
            Some("_bucket") => {
                let bound = bound
                    .expect("a bound")
                    .replace("+Inf", "inf")
                    .parse()
                    .expect("a number");
                buckets
                    .entry(labels)
                    .or_default()
                    .push((bound, sample.value));
            }
            Some("_count") => assert!(counts.insert(labels, sample.value).is_none()),
            Some("_sum") => assert!(sums.insert(labels, sample.value).is_none()),
            _ => panic!("{} is no part of {name}", sample.name),
        }
    }
    assert!(
        sums.keys().eq(counts.keys()) && buckets.keys().eq(counts.keys()),
        "{name}"
    );
    for (labels, buckets) in &buckets {
        let grows = buckets
            .windows(2)
            .all(|it| it[0].0 < it[1].0 && it[0].1 <= it[1].1);
        let last = (f64::INFINITY, counts[labels]);
        assert!(
            grows && buckets.last() == Some(&last),
            "{name} {labels:?}: {buckets:?}"
        );
    }
}

#[test]
fn the_format_is_checked() {
    check(
        "# HELP a_total A.\n# TYPE a_total counter\na_total{b=\"c\\\"\\n\"} 1\na_total{b=\"d\"} 2.5\n",
    );
    check(
        "# HELP a A.\n# TYPE a histogram\na_sum 0.5\na_count 2\na_bucket{le=\"0.1\"} 1\na_bucket{le=\"+Inf\"} 2\n",
    );
    for page in [
        "# HELP a_total A.\n# TYPE a_total counter\na_total 1",
        "# TYPE a_total counter\na_total 1\n",
        "# HELP a A.\n# TYPE a counter\na 1\n",
        "# HELP a A.\n# TYPE a gauge\na 1\na 1\n",
        "# HELP a A.\n# TYPE a gauge\na x\n",
        "# HELP a A.\n# TYPE a gauge\na{b=\"c} 1\n",
        "# HELP a A.\n# TYPE a gauge\na{b=\"c\\x\"} 1\n",
        "# HELP a A.\n# TYPE a gauge\nb 1\n",
        "# HELP 1a A.\n# TYPE 1a gauge\n1a 1\n",
        "# HELP a A.\n# TYPE a histogram\na_sum 0.5\na_count 2\na_bucket{le=\"+Inf\"} 1\n",
        "# HELP a A.\n# TYPE a histogram\na_sum 0.5\na_count 1\na_bucket{le=\"1\"} 2\na_bucket{le=\"+Inf\"} 1\n",
    ] {
        let checked = std::panic::catch_unwind(|| check(page));
        assert!(checked.is_err(), "{page}");
    }
}
