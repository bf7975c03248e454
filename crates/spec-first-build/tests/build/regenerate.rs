//! Builds that run the generator.

use std::fs;
use std::path::Path;

use crate::project::{Project, failed, generator, original, scratch, succeeded};
use crate::server::Server;

#[test]
#[ignore = "needs openapi-generator: run tests/run"]
fn the_committed_code_is_what_the_spec_generates() {
    let project = Project::copy();
    fs::remove_dir_all(project.root.join("generated")).expect("generated/ is removed");

    let mut script = project.script();
    let output = script.env("OPENAPI_GENERATOR_CLI", generator()).output();
    succeeded(&output.expect("the script runs"));

    assert_eq!(
        tree(&project.root.join("generated")),
        tree(&original().join("generated"))
    );
}

#[test]
#[ignore = "needs openapi-generator: run tests/run"]
fn a_property_added_is_a_field() {
    let project = Project::copy();
    let added = "properties:\n        note:\n          type: string\n          maxLength: 20";
    let new = NEW_TASK.replace("properties:", added);
    project.edit("swagger.yml", NEW_TASK, &new);

    succeeded(&project.lint(generator()));

    let types = project.read("generated/types.rs");
    let field = r#"    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(length(max = 20))]
    pub note: Option<String>,
"#;
    assert!(types.contains(field), "{types}");
}

const NEW_TASK: &str = "    NewTask:
      description: A task to add.
      type: object
      required: [title, work]
      properties:";

#[test]
#[ignore = "needs openapi-generator: run tests/run"]
fn an_operation_added_is_a_missing_method_and_then_served() {
    let project = Project::copy();
    let next = "  /tasks/{number}:\n";
    project.edit("swagger.yml", next, &format!("{COUNT}{next}"));

    let text = failed(&project.build(generator()));

    let message = "error[E0046]: not all trait items implemented, missing: `count`\n";
    assert!(text.starts_with(message), "{text}");

    let head = "impl Tasks for List {\n";
    let method = "    async fn count(&self) -> Result<u64, Problem> {
        Ok(self.with(|tasks| tasks.len() as u64))
    }
";
    project.edit("src/list.rs", head, &format!("{head}{method}"));
    succeeded(&project.build(generator()));

    let server = Server::start(&project);
    assert_eq!(server.get("/v1/tasks/count"), (200, "0".to_owned()));
    let (_, spec) = server.get("/v1/openapi.json");
    assert!(spec.contains("\"operationId\":\"tasks.count\""), "{spec}");
}

const COUNT: &str = r#"  /tasks/count:
    get:
      operationId: tasks.count
      responses:
        "200":
          description: How many tasks there are.
          content:
            application/json:
              schema:
                type: integer
                minimum: 0
"#;

#[test]
#[ignore = "needs openapi-generator: run tests/run"]
fn builds_at_the_same_time_do_no_harm() {
    let project = Project::copy();
    project.edit("swagger.yml", "summary: Read a task", "summary: Read one");
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
    let expected = [
        "mock.rs",
        "mod.rs",
        "routes.rs",
        "stamp.txt",
        "tasks.rs",
        "types.rs",
    ];
    assert_eq!(files, expected);
    let comment = "/// Read one: `GET /tasks/{number}`.";
    assert!(project.read("generated/tasks.rs").contains(comment));
    succeeded(&project.lint("/nowhere/openapi-generator"));
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
