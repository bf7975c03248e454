//! Builds that run the generator.

use std::fs;
use std::path::Path;

use crate::project::{Project, Running, failed, generator, original, scratch, succeeded};

#[test]
#[ignore = "needs openapi-generator: run tests/run"]
fn the_committed_code_is_what_the_spec_generates() {
    let project = Project::copy();
    fs::remove_dir_all(project.root.join("generated")).expect("generated/ is removed");

    succeeded(&project.build(generator()));

    assert_eq!(
        tree(&project.root.join("generated")),
        tree(&original().join("generated"))
    );
}

#[test]
#[ignore = "needs openapi-generator: run tests/run"]
fn a_property_added_is_a_field() {
    let project = Project::copy();
    project.edit(
        "swagger.yml",
        NEW_PERSON,
        &NEW_PERSON.replace(
            "properties:",
            "properties:\n      nickname:\n        type: string\n        maxLength: 20",
        ),
    );

    succeeded(&project.build(generator()));

    let types = project.read("generated/types.rs");
    let field = "    #[serde(default, deserialize_with = \"not_null\")]\n    #[validate(length(max = 20))]\n    pub nickname: Option<String>,\n";
    assert!(types.contains(field), "{types}");
}

const NEW_PERSON: &str = "    description: A person to create.
    type: object
    required: [fname, lname]
    properties:";

#[test]
#[ignore = "needs openapi-generator: run tests/run"]
fn an_operation_added_is_a_missing_method_and_then_served() {
    let (operation, message, method) = (readme("yaml"), readme("text"), readme("rust"));
    let project = Project::copy();
    let next = "  /people/{lname}:\n";
    project.edit("swagger.yml", next, &format!("{operation}{next}"));

    let said = failed(&project.build(generator()));

    assert!(said.starts_with(&message), "{said}");

    let head = "impl<S: Store> operations::People for People<S> {\n";
    project.edit("src/people/operations.rs", head, &format!("{head}{method}"));
    succeeded(&project.build(generator()));

    let server = Running::start(&project);
    let greeting = "/api/people/greeting";
    let doug = server.get(&format!("{greeting}?name=Doug"));
    assert_eq!(doug, (200, "\"Hello Doug\"".to_owned()));
    assert_eq!(server.get(&format!("{greeting}?name=x")).0, 400);
    assert_eq!(server.get(&format!("{greeting}?name=Bartholomew")).0, 500);
    let (_, spec) = server.get("/api/swagger.json");
    assert!(spec.contains("\"operationId\":\"people.greet\""), "{spec}");
}

/// The block of this kind in the three steps of the README.
fn readme(kind: &str) -> String {
    let steps = include_str!("../../README.md")
        .split_once("## Change the contract")
        .expect("the steps")
        .1;
    let block = steps
        .split_once(&format!("   ```{kind}\n"))
        .expect("the block")
        .1;
    let block = block.split_once("   ```").expect("its end").0;
    block
        .lines()
        .map(|line| format!("{}\n", line.strip_prefix("   ").unwrap_or(line)))
        .collect()
}

#[test]
#[ignore = "needs openapi-generator: run tests/run"]
fn two_builds_at_once_do_no_harm() {
    let project = Project::copy();
    project.edit(
        "swagger.yml",
        "summary: Read one person",
        "summary: Read a person",
    );
    generator();

    std::thread::scope(|scope| {
        for name in ["one", "two", "three"] {
            let out = scratch().join(name);
            fs::create_dir_all(&out).expect("the folder is made");
            let build = spec_first_build::Project::new(project.root.clone(), out);
            scope.spawn(move || assert_eq!(build.build(), Ok(())));
        }
    });

    let files: Vec<_> = tree(&project.root.join("generated"))
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(
        files,
        [
            "mock.rs",
            "mod.rs",
            "people.rs",
            "routes.rs",
            "stamp.txt",
            "types.rs"
        ]
    );
    assert!(
        project
            .read("generated/people.rs")
            .contains("/// Read a person: `GET /people/{lname}`.")
    );
    succeeded(&project.build("/nowhere/openapi-generator"));
}

/// Every file of a folder with its text.
fn tree(folder: &Path) -> Vec<(String, String)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("the folder is read")
        .map(|entry| entry.expect("the entry is read").path())
        .map(|path| {
            let name = path
                .file_name()
                .expect("a file has a name")
                .to_string_lossy()
                .into_owned();
            (name, fs::read_to_string(path).expect("the file is read"))
        })
        .collect();
    files.sort();
    files
}
