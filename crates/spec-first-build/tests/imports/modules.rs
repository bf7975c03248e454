//! The modules of a package, a file each, and what they import.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use syn::{Attribute, Item, UseTree};

use crate::Graph;

/// The path of a module: its names from the root of the crate on.
type Names = Vec<String>;

/// The modules of a package.
pub struct Modules {
    files: BTreeMap<Names, File>,
}

struct File {
    /// Below `src`.
    name: String,
    /// What it imports: a path from the root of the crate on.
    imports: Vec<Names>,
    /// What it hands on under a name of its own.
    exports: BTreeMap<String, Names>,
}

impl Modules {
    /// Reads the files below `src` of a package.
    pub fn of(package: &Path) -> Modules {
        let mut modules = Modules {
            files: BTreeMap::new(),
        };
        modules.add_folder(&package.join("src"), &[]);
        modules
    }

    /// Which file imports which.
    pub fn imports(&self) -> Graph {
        let mut graph = Graph::new();
        for file in self.files.values() {
            let targets = file.imports.iter().filter_map(|path| self.file(path));
            // A file may be a part of what its folder's `mod.rs` defines: the methods of a type, split by subject.
            let folder = file.name.rsplit_once('/').map_or("", |(folder, _)| folder);
            let whole = format!("{folder}/mod.rs");
            let others = targets.filter(|target| *target != file.name && *target != whole);
            let imports = graph.entry(file.name.clone()).or_default();
            imports.extend(others.map(str::to_owned));
        }
        graph
    }

    fn add_folder(&mut self, folder: &Path, parent: &[String]) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let stem = path.file_stem().expect("a name").to_string_lossy();
            let mut names = parent.to_vec();
            if !matches!(stem.as_ref(), "lib" | "main" | "mod") {
                names.push(stem.into_owned());
            }
            if path.is_dir() {
                self.add_folder(&path, &names);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                self.add_file(&path, names);
            }
        }
    }

    fn add_file(&mut self, path: &Path, names: Names) {
        let text = fs::read_to_string(path).expect("a file");
        let parsed = syn::parse_file(&text).expect("Rust");
        let below = path.to_string_lossy();
        let (_, below) = below.rsplit_once("/src/").expect("below src");
        let mut file = File {
            name: below.to_owned(),
            imports: Vec::new(),
            exports: BTreeMap::new(),
        };
        file.add_items(&parsed.items, &names);
        // The root of the crate is its library, where there is one.
        let is_main = below == "main.rs" && path.with_file_name("lib.rs").exists();
        self.files
            .insert(if is_main { vec!["main".into()] } else { names }, file);
    }

    /// The file that defines what `path` names, behind all that only hand it on.
    fn file(&self, path: &[String]) -> Option<&str> {
        let known = (0..=path.len())
            .rev()
            .map(|length| path.split_at(length))
            .find_map(|(module, rest)| Some((self.files.get(module)?, rest)));
        let (file, rest) = known?;
        let export = rest.first().and_then(|name| file.exports.get(name));
        match export {
            Some(target) => self.file(target),
            // A macro of the crate is found in its root, wherever it is.
            None if rest.len() == path.len() && !rest.is_empty() => None,
            None => Some(&file.name),
        }
    }
}

impl File {
    fn add_items(&mut self, items: &[Item], module: &[String]) {
        for item in items {
            match item {
                Item::Use(import) => {
                    let mut found = Vec::new();
                    paths(&import.tree, Vec::new(), &mut found);
                    for (path, name) in found {
                        let Some(path) = absolute(path, module) else {
                            continue;
                        };
                        if matches!(import.vis, syn::Visibility::Inherited) {
                            self.imports.push(path);
                        } else {
                            self.imports.push(path.clone());
                            self.exports.insert(name, path);
                        }
                    }
                }
                Item::Mod(inner) if !inner.attrs.iter().any(is_test) => {
                    let mut module = module.to_vec();
                    module.push(inner.ident.to_string());
                    let items = inner.content.as_ref().map(|(_, items)| items.as_slice());
                    self.add_items(items.unwrap_or_default(), &module);
                }
                _ => {}
            }
        }
    }
}

/// Adds every path of a `use`, with the name that it gets.
fn paths(tree: &UseTree, before: Names, found: &mut Vec<(Names, String)>) {
    let with = |name: String| before.iter().cloned().chain([name]).collect::<Names>();
    match tree {
        UseTree::Path(path) => paths(&path.tree, with(path.ident.to_string()), found),
        UseTree::Name(name) if name.ident == "self" => {
            let last = before.last().cloned().unwrap_or_default();
            found.push((before, last));
        }
        UseTree::Name(name) => found.push((with(name.ident.to_string()), name.ident.to_string())),
        UseTree::Rename(name) => {
            found.push((with(name.ident.to_string()), name.rename.to_string()));
        }
        UseTree::Glob(_) => found.push((before, "*".to_owned())),
        UseTree::Group(group) => {
            for tree in &group.items {
                paths(tree, before.clone(), found);
            }
        }
    }
}

/// The path from the root of the crate on; none if it leads into another crate.
fn absolute(path: Names, module: &[String]) -> Option<Names> {
    let mut base = module.to_vec();
    let mut rest = path.into_iter().peekable();
    match rest.next()?.as_str() {
        "crate" => base.clear(),
        "self" => {}
        "super" => drop(base.pop()),
        _ => return None,
    }
    while rest.next_if(|name| name == "super").is_some() {
        base.pop();
    }
    base.extend(rest);
    Some(base)
}

fn is_test(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg")
        && attribute
            .parse_args::<syn::Ident>()
            .is_ok_and(|name| name == "test")
}
