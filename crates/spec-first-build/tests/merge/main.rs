//! Two people change the spec at the same time, and git merges what was generated for each of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use spec_first_build::document::Document;
use spec_first_build::{Front, Model, print};
use tempfile::TempDir;

const SPEC: &str = include_str!("swagger.yml");

/// What one adds: an operation in the first module, with a body that has a pattern and a default.
const REVIEW: &str = r##"  /books/{id}/reviews:
    post:
      operationId: books.review
      parameters:
        - { name: id, in: path, required: true, schema: { type: integer } }
      requestBody:
        required: true
        content:
          application/json: { schema: { $ref: "#/components/schemas/Review" } }
      responses:
        "204": { description: The review is added. }
"##;
const REVIEW_SCHEMA: &str = r##"    Review:
      type: object
      required: [text]
      properties:
        text: { type: string, maxLength: 1000 }
        stars: { type: integer, minimum: 1, maximum: 5, default: 3 }
        code: { type: string, pattern: "^[A-Z]+$" }
"##;

/// What the other adds: an operation at the end, whose response is one of two schemas.
const LOAN: &str = r##"  /loans/{id}:
    get:
      operationId: readers.loan
      parameters:
        - { name: id, in: path, required: true, schema: { type: integer } }
      responses:
        "200":
          description: The loan.
          content:
            application/json: { schema: { $ref: "#/components/schemas/Loan" } }
"##;
const LOAN_SCHEMA: &str = r##"    Loan:
      oneOf:
        - type: object
          title: Lent
          required: [until]
          properties: { until: { type: string, format: date } }
        - type: object
          title: Returned
          required: [on]
          properties: { on: { type: string, format: date } }
"##;

#[test]
#[ignore = "needs openapi-generator: run tests/run"]
fn two_added_operations_merge_without_a_conflict() {
    let repository = Repository::new();
    repository.commit(SPEC);
    repository.git(&["checkout", "--quiet", "-b", "review"]);
    repository.commit(&with_review(SPEC));
    repository.git(&["checkout", "--quiet", "-b", "loan", "main"]);
    repository.commit(&with_loan(SPEC));

    repository.git(&["merge", "--quiet", "--no-edit", "review"]);

    let merged = repository.sources();
    assert_eq!(
        repository.read("swagger.yml"),
        with_loan(&with_review(SPEC))
    );
    let stamp = repository.read("generated/stamp.txt");
    assert_eq!(stamp.matches("sha256").count(), 2, "{stamp}");
    repository.generate();
    assert_eq!(merged, repository.sources());
    let stamp = repository.read("generated/stamp.txt");
    assert_eq!(stamp.matches("sha256").count(), 1, "{stamp}");
}

#[test]
#[ignore = "needs openapi-generator: run tests/run"]
fn what_generated_code_does_not_show_changes_nothing() {
    let repository = Repository::new();
    repository.commit(SPEC);
    let commented = SPEC.replace("paths:\n", "# A comment.\npaths:\n");
    fs::write(repository.path("swagger.yml"), commented).expect("the spec is written");
    repository.generate();
    let changed = repository.git(&["diff", "--name-only"]);
    assert_eq!(text(&changed), "swagger.yml\n");
}

fn with_review(spec: &str) -> String {
    let schema = "    Reader:\n";
    let spec = spec.replace(
        "  /readers/{id}:\n",
        &format!("{REVIEW}  /readers/{{id}}:\n"),
    );
    spec.replace(schema, &format!("{REVIEW_SCHEMA}{schema}"))
}

fn with_loan(spec: &str) -> String {
    format!("{spec}{LOAN_SCHEMA}").replace("components:\n", &format!("{LOAN}components:\n"))
}

/// A repository with a spec and what is generated from it.
struct Repository(TempDir);

impl Repository {
    fn new() -> Self {
        let repository = Self(tempfile::tempdir().expect("a folder"));
        repository.git(&["init", "--quiet", "--initial-branch", "main"]);
        let attributes = include_str!("../../../../.gitattributes");
        fs::write(repository.path(".gitattributes"), attributes).expect("the file is written");
        repository
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("the file is read")
    }

    /// Commits a spec, and what is generated from it.
    fn commit(&self, spec: &str) {
        fs::write(self.path("swagger.yml"), spec).expect("the spec is written");
        self.generate();
        self.git(&["add", "."]);
        self.git(&["commit", "--quiet", "--message", "Change the spec"]);
    }

    fn generate(&self) {
        let document = Document::read(&self.path("swagger.yml")).expect("the spec is right");
        let Front { api, contract, .. } = Front::new(&document).expect("the spec is right");
        let model = Model::new(&document, &api, &contract).expect("the names are distinct");
        // In the target folder, where an installed generator is found.
        let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("merge");
        let out = out.join(self.0.path().file_name().expect("a folder has a name"));
        fs::create_dir_all(&out).expect("the folder is made");
        print::print(&model, self.0.path(), &out).expect("the code is generated");
        fs::remove_dir_all(out).expect("the folder is removed");
    }

    /// The generated sources, by their names.
    fn sources(&self) -> Vec<(String, String)> {
        let names = [
            "books.rs",
            "mock.rs",
            "mod.rs",
            "readers.rs",
            "routes.rs",
            "types.rs",
        ];
        let read = |name: &str| (name.to_owned(), self.read(&format!("generated/{name}")));
        names.map(read).into()
    }

    fn git(&self, arguments: &[&str]) -> Output {
        let output = Command::new("git")
            .args(["-c", "user.name=Test", "-c", "user.email=test@example.org"])
            .args(arguments)
            .current_dir(self.0.path())
            .output()
            .expect("git runs");
        assert!(
            output.status.success(),
            "{arguments:?}: {}{}",
            text(&output),
            String::from_utf8_lossy(&output.stderr)
        );
        output
    }
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}
