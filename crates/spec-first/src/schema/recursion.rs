//! How much it costs to list the violations of a value in a recursive union.
//!
//! A value is accepted or rejected in a time that grows with its size. But the list of its violations has those of every
//! branch of a union, and in a union that leads back to itself those of every branch of every branch: their number grows
//! exponentially with the depth of the value.

use std::collections::{HashMap, HashSet};

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::registry::{Files, look_up};
use super::uri;

/// The number of violations that are collected at most, as far as it can be estimated.
const MAX_COST: usize = 100_000;

/// A reference from one schema to another.
#[derive(Clone, Copy)]
struct Edge {
    target: usize,
    /// Whether it is in a branch of a union.
    is_branch: bool,
}

/// The schemas from which a recursive union can be reached, each with the number of the branches that lead back to theirs.
#[derive(Debug, Default)]
pub(super) struct RecursiveUnions {
    branches: HashMap<String, usize>,
    /// How many schemas were reached.
    size: usize,
}

impl RecursiveUnions {
    /// Finds the recursive unions that can be reached from the schemas at `references`.
    pub fn find<'r>(files: &Files, references: impl IntoIterator<Item = &'r str>) -> Self {
        let graph = Graph::new(files, references);
        let components = graph.components();
        let mut branches = vec![0; graph.names.len()];
        for (from, edges) in graph.edges.iter().enumerate() {
            let is_back =
                |edge: &&Edge| edge.is_branch && components[edge.target] == components[from];
            branches[components[from]] += edges.iter().filter(is_back).count();
        }
        // A component is found after all components that it leads to.
        let mut reached = branches.clone();
        for from in graph.in_order(&components) {
            for edge in &graph.edges[from] {
                let further = reached[components[edge.target]];
                let own = &mut reached[components[from]];
                *own = further.max(*own);
            }
        }
        let size = graph.names.len();
        let names = graph.names.into_iter().zip(&components);
        let reached = names.map(|(name, component)| (name, reached[*component]));
        Self {
            branches: reached.filter(|(_, branches)| *branches > 1).collect(),
            size,
        }
    }

    /// How many schemas can be reached, with those that they are reached from.
    pub fn size(&self) -> usize {
        self.size
    }

    /// The number of branches that lead back to a union, from the schema at `reference`; none if there are fewer than two.
    pub fn branches(&self, reference: &str) -> Option<usize> {
        self.branches.get(reference).copied()
    }
}

/// Whether too many violations would have to be collected for a value in a union with so many branches that lead back.
pub(super) fn is_too_costly(branches: usize, value: &Value) -> bool {
    let (depth, size) = extent(value);
    let levels = u32::try_from(depth).unwrap_or(u32::MAX);
    branches.saturating_pow(levels).saturating_mul(size) > MAX_COST
}

/// How deep a value is nested, and how many values it consists of.
fn extent(value: &Value) -> (usize, usize) {
    let parts: Vec<_> = match value {
        Value::Array(values) => values.iter().map(extent).collect(),
        Value::Object(members) => members.values().map(extent).collect(),
        _ => return (0, 1),
    };
    let depth = parts.iter().map(|(depth, _)| depth + 1).max();
    let size = parts.iter().map(|(_, size)| size).sum::<usize>();
    (depth.unwrap_or(0), size + 1)
}

/// The schemas and the references between them.
struct Graph {
    names: Vec<String>,
    edges: Vec<Vec<Edge>>,
}

impl Graph {
    fn new<'r>(files: &Files, references: impl IntoIterator<Item = &'r str>) -> Self {
        let mut graph = Self {
            names: Vec::new(),
            edges: Vec::new(),
        };
        let mut numbers = HashMap::new();
        let mut ahead: Vec<String> = references.into_iter().map(str::to_owned).collect();
        for name in &ahead {
            graph.number(&mut numbers, name);
        }
        let targets = Targets::new(files);
        while let Some(name) = ahead.pop() {
            let from = numbers[&name];
            let Some(schema) = look_up(files, &name).filter(|_| graph.edges[from].is_empty())
            else {
                continue;
            };
            let (file, _) = uri::split(&name);
            let mut found = Vec::new();
            collect(schema, false, &mut found);
            let found = found.into_iter().flat_map(|(reference, is_branch)| {
                let targets = targets.of(file, &reference);
                targets.into_iter().map(move |target| (target, is_branch))
            });
            for (target, is_branch) in found {
                let is_new = !numbers.contains_key(&target);
                let target_number = graph.number(&mut numbers, &target);
                graph.edges[from].push(Edge {
                    target: target_number,
                    is_branch,
                });
                if is_new {
                    ahead.push(target);
                }
            }
        }
        graph
    }

    fn number(&mut self, numbers: &mut HashMap<String, usize>, name: &str) -> usize {
        *numbers.entry(name.to_owned()).or_insert_with(|| {
            self.names.push(name.to_owned());
            self.edges.push(Vec::new());
            self.names.len() - 1
        })
    }

    /// The schemas so that each comes after those that it leads to, unless they lead back to it.
    fn after_targets(&self) -> Vec<usize> {
        let mut seen = HashSet::new();
        let mut order = Vec::new();
        for root in 0..self.names.len() {
            let mut open = vec![(root, 0)];
            if !seen.insert(root) {
                continue;
            }
            while let Some((here, next)) = open.pop() {
                match self.edges[here].get(next) {
                    Some(edge) => {
                        open.push((here, next + 1));
                        if seen.insert(edge.target) {
                            open.push((edge.target, 0));
                        }
                    }
                    None => order.push(here),
                }
            }
        }
        order
    }

    /// The component of each schema: two schemas are in one if each leads to the other (Kosaraju's algorithm).
    fn components(&self) -> Vec<usize> {
        let mut sources = vec![Vec::new(); self.names.len()];
        for (from, edges) in self.edges.iter().enumerate() {
            edges
                .iter()
                .for_each(|edge| sources[edge.target].push(from));
        }
        let mut components = vec![usize::MAX; self.names.len()];
        for root in self.after_targets().into_iter().rev() {
            let mut open = vec![root];
            while let Some(here) = open.pop() {
                if components[here] == usize::MAX {
                    components[here] = root;
                    open.extend(&sources[here]);
                }
            }
        }
        components
    }

    /// The schemas, those of a component together, and each component after those that it leads to.
    fn in_order(&self, components: &[usize]) -> Vec<usize> {
        let mut ranks = vec![0; self.names.len()];
        for (rank, schema) in self.after_targets().into_iter().enumerate() {
            let component = components[schema];
            ranks[component] = rank.max(ranks[component]);
        }
        let mut order: Vec<_> = (0..self.names.len()).collect();
        order.sort_by_key(|schema| ranks[components[*schema]]);
        order
    }
}

/// The references in a schema, each with whether it is in a branch of a union.
fn collect(schema: &Value, is_branch: bool, found: &mut Vec<(String, bool)>) {
    match schema {
        Value::Object(members) => {
            for (name, value) in members {
                match (name.as_str(), value) {
                    ("$ref" | "$dynamicRef", Value::String(reference)) => {
                        found.push((reference.clone(), is_branch));
                    }
                    ("oneOf" | "anyOf", _) => collect(value, true, found),
                    _ => collect(value, is_branch, found),
                }
            }
        }
        Value::Array(values) => {
            let values = values.iter();
            values.for_each(|value| collect(value, is_branch, found));
        }
        _ => {}
    }
}

/// What references may lead to. All that a name or a relative pointer could mean counts, since which one it is may depend on the
/// value.
struct Targets<'f> {
    files: &'f Files,
    /// The schemas with an anchor, by its name.
    anchors: HashMap<&'f str, Vec<String>>,
    /// The schemas that are resources of their own.
    resources: Vec<String>,
}

impl<'f> Targets<'f> {
    fn new(files: &'f Files) -> Self {
        let mut targets = Self {
            files,
            anchors: HashMap::new(),
            resources: Vec::new(),
        };
        for (name, schemas) in files {
            targets.add(schemas, &format!("{name}#"));
        }
        targets
    }

    /// Adds the names in a value that is at `place`.
    fn add(&mut self, value: &'f Value, place: &str) {
        match value {
            Value::Object(members) => {
                for (name, value) in members {
                    match (name.as_str(), value) {
                        ("$anchor" | "$dynamicAnchor", Value::String(anchor)) => {
                            self.anchors
                                .entry(anchor)
                                .or_default()
                                .push(place.to_owned());
                        }
                        ("$id", Value::String(_)) => self.resources.push(place.to_owned()),
                        _ => {}
                    }
                    let name = name.replace('~', "~0").replace('/', "~1");
                    self.add(value, &format!("{place}/{name}"));
                }
            }
            Value::Array(values) => {
                let values = values.iter().enumerate();
                values.for_each(|(index, value)| self.add(value, &format!("{place}/{index}")));
            }
            _ => {}
        }
    }

    /// The schemas that a reference in `file` may lead to.
    fn of(&self, file: &str, reference: &str) -> Vec<String> {
        let (_, fragment) = uri::split(reference);
        if !fragment.is_empty() && !fragment.starts_with('/') {
            let places = self.anchors.get(decoded(fragment).as_str());
            return places.cloned().unwrap_or_default();
        }
        let own = target(file, reference);
        if look_up(self.files, &own).is_some() {
            return vec![own];
        }
        let pointer = decoded(fragment);
        let places = self.resources.iter();
        let places = places.map(|resource| format!("{resource}{pointer}"));
        places
            .filter(|place| look_up(self.files, place).is_some())
            .collect()
    }
}

/// The target of a reference in `file`, with the pointer as it is in the file.
fn target(file: &str, reference: &str) -> String {
    if let Some((file, pointer)) = uri::parse(reference) {
        return format!("{file}#{pointer}");
    }
    let (path, pointer) = uri::split(reference);
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let path = match (path, folder) {
        ("", _) => file.to_owned(),
        (path, "") => decoded(path),
        (path, folder) => format!("{folder}/{}", decoded(path)),
    };
    format!("{path}#{}", decoded(pointer))
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, json};

    use super::*;

    fn branches(schemas: Value, of: &str) -> Option<usize> {
        let files = Map::from_iter([("api.yml".to_owned(), schemas)]);
        let reference = format!("api.yml#/{of}");
        RecursiveUnions::find(&files, [reference.as_str()]).branches(&reference)
    }

    #[test]
    fn branches_that_lead_back_to_their_union_count() {
        let filter = json!({ "oneOf": [
            { "properties": { "and": { "items": { "$ref": "#/filter" } } } },
            { "properties": { "or": { "items": { "$ref": "#/filter" } } } },
            { "$ref": "#/leaf" },
        ] });
        let leaf = json!({ "type": "integer" });
        let query = json!({ "properties": { "filter": { "$ref": "#/filter" } } });
        let schemas = json!({ "filter": filter, "leaf": leaf, "query": query });
        assert_eq!(branches(schemas.clone(), "filter"), Some(2));
        assert_eq!(branches(schemas.clone(), "query"), Some(2));
        assert_eq!(branches(schemas, "leaf"), None);
    }

    #[test]
    fn recursion_without_a_union_and_unions_without_recursion_do_not_count() {
        let tree = json!({ "properties": { "left": { "$ref": "#/tree" }, "right": { "$ref": "#/tree" } } });
        let either = json!({ "anyOf": [{ "$ref": "#/tree" }, { "$ref": "#/tree" }] });
        let schemas = json!({ "tree": tree, "either": either });
        assert_eq!(branches(schemas.clone(), "tree"), None);
        assert_eq!(branches(schemas, "either"), None);
    }

    #[test]
    fn anchors_and_resources_lead_back_as_pointers_do() {
        let filter = |reference: Value| {
            json!({ "oneOf": [
                { "properties": { "and": { "items": reference } } },
                { "properties": { "or": { "items": reference } } },
            ] })
        };
        for (keyword, name) in [("$anchor", "$ref"), ("$dynamicAnchor", "$dynamicRef")] {
            let mut schema = filter(json!({ name: "#node" }));
            schema[keyword] = "node".into();
            assert_eq!(
                branches(json!({ "a/b": schema }), "a~1b"),
                Some(2),
                "{name}"
            );
        }
        let inner = json!({ "$ref": "#/$defs/filter" });
        let resource =
            json!({ "$id": "spec:///api.yml?/api", "$defs": { "filter": filter(inner) } });
        let schemas = json!({ "api": resource });
        assert_eq!(branches(schemas.clone(), "api/$defs/filter"), Some(2));
        assert_eq!(branches(schemas, "api"), Some(2));
        let whole = filter(json!({ "$ref": "https://example.com/filter" }));
        assert_eq!(branches(json!({ "filter": whole }), "filter"), None);
    }

    #[test]
    fn the_cost_grows_with_depth_and_size() {
        let nested = |depth| (0..depth).fold(json!(1), |value, _| json!([value]));
        assert!(!is_too_costly(2, &nested(12)));
        assert!(is_too_costly(2, &nested(16)));
        assert!(is_too_costly(10, &nested(6)));
    }
}
