//! Imports lead down: neither the files of a crate nor its folders import each other in a circle.

mod modules;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use modules::Modules;

/// The stages of the build, each of which may import those before it.
const STAGES: [&str; 9] = [
    "text", "document", "schema", "check", "api", "contract", "mock", "rust", "print",
];

/// What imports what, by name.
type Graph = BTreeMap<String, BTreeSet<String>>;

#[test]
fn no_files_import_each_other_in_a_circle() {
    let circles = packages().into_iter().filter_map(|package| {
        let circle = circle(&Modules::of(&package).imports())?;
        Some(format!("{}: {}", package.display(), circle.join(" → ")))
    });
    let circles: Vec<_> = circles.collect();
    assert!(circles.is_empty(), "{}", circles.join("\n"));
}

#[test]
fn no_folders_import_each_other_in_a_circle() {
    let circles = packages().into_iter().filter_map(|package| {
        let circle = circle(&by_folder(&Modules::of(&package).imports()))?;
        Some(format!("{}: {}", package.display(), circle.join(" → ")))
    });
    let circles: Vec<_> = circles.collect();
    assert!(circles.is_empty(), "{}", circles.join("\n"));
}

#[test]
fn each_stage_of_the_build_imports_only_those_before_it() {
    let imports = Modules::of(Path::new(env!("CARGO_MANIFEST_DIR"))).imports();
    let stage = |file: &str| STAGES.iter().position(|stage| *stage == folder(file));
    let mut wrong = Vec::new();
    for (file, targets) in &imports {
        let is_later = |target: &&String| stage(target) > stage(file) && stage(file).is_some();
        let later = targets.iter().filter(is_later);
        wrong.extend(later.map(|target| format!("{file} imports {target}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let missing = STAGES.map(|stage| !imports.keys().any(|file| folder(file) == stage));
    assert_eq!(missing, [false; STAGES.len()], "stages without files");
}

#[test]
fn a_circle_is_found_wherever_it_starts() {
    let graph = |edges: &[(&str, &str)]| {
        let mut graph = Graph::new();
        for (from, to) in edges {
            let targets = graph.entry((*from).to_owned()).or_default();
            targets.insert((*to).to_owned());
        }
        graph
    };
    let straight = graph(&[("a", "b"), ("a", "c"), ("b", "c"), ("c", "d")]);
    assert_eq!(circle(&straight), None);
    let round = graph(&[("a", "b"), ("b", "c"), ("c", "d"), ("d", "b")]);
    let expected = ["b", "c", "d", "b"].map(str::to_owned);
    assert_eq!(circle(&round), Some(expected.to_vec()));
}

/// The folders of all packages: those under `crates`, and the root's.
fn packages() -> Vec<PathBuf> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("crates");
    let root = crates.parent().expect("the root");
    let folders = std::fs::read_dir(crates).expect("crates can be read");
    let folders = folders.map(|entry| entry.expect("an entry").path());
    let packages = folders.chain([root.to_owned()]);
    packages
        .filter(|package| package.join("src").is_dir())
        .collect()
}

/// The imports between the folders and files right below `src`.
fn by_folder(imports: &Graph) -> Graph {
    let mut folders = Graph::new();
    for (file, targets) in imports {
        let targets = targets.iter().map(|target| folder(target).to_owned());
        let others = targets.filter(|target| target != folder(file));
        folders
            .entry(folder(file).to_owned())
            .or_default()
            .extend(others);
    }
    folders
}

fn folder(file: &str) -> &str {
    file.split('/').next().unwrap_or(file)
}

/// A circle in the graph, from one of its members back to that, if there is one.
fn circle(graph: &Graph) -> Option<Vec<String>> {
    let mut done = BTreeSet::new();
    graph
        .keys()
        .find_map(|start| search(graph, start, &mut Vec::new(), &mut done))
}

fn search<'a>(
    graph: &'a Graph,
    here: &'a String,
    way: &mut Vec<&'a String>,
    done: &mut BTreeSet<&'a String>,
) -> Option<Vec<String>> {
    if let Some(start) = way.iter().position(|passed| *passed == here) {
        let circle = way[start..].iter().copied().chain([here]);
        return Some(circle.cloned().collect());
    }
    if done.contains(here) {
        return None;
    }
    way.push(here);
    let mut targets = graph.get(here).into_iter().flatten();
    let found = targets.find_map(|target| search(graph, target, way, done));
    way.pop();
    done.insert(here);
    found
}
