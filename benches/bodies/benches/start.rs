//! `cargo bench --package bodies --bench start`: the time that a server needs at its start for a spec of 170 operations, beside one of
//! 17.

use std::fmt::Write;
use std::fs;
use std::sync::Arc;

use actix_web::HttpResponse;
use criterion::{Criterion, criterion_group, criterion_main};
use mimalloc::MiMalloc;
use spec_first::contract::Call;
use spec_first::{Api, Service, Settings, Spec};
use spec_first_build::Front;
use spec_first_build::contract::{Embedded, embedded, guard};
use spec_first_build::document::Document;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// A spec with a schema of its own for each operation.
fn spec(operations: usize) -> String {
    let mut paths = String::new();
    let mut schemas = String::new();
    for number in 0..operations {
        let _ = write!(
            paths,
            r##"
  /things{number}/{{id}}:
    put:
      operationId: things.replace_{number}
      parameters:
        - {{name: id, in: path, required: true, schema: {{type: string, pattern: "^[a-z][a-z0-9-]*$", maxLength: 64}}}}
        - {{name: limit, in: query, schema: {{type: integer, minimum: 1, maximum: 1000, default: 100}}}}
        - {{name: tags, in: query, schema: {{type: array, items: {{type: string, minLength: 1}}}}}}
        - {{name: If-Match, in: header, schema: {{type: string}}}}
      requestBody:
        required: true
        content: {{application/json: {{schema: {{$ref: "#/components/schemas/Thing{number}"}}}}}}
      responses:
        "200":
          description: The thing.
          headers: {{ETag: {{schema: {{type: string, pattern: '^".*"$'}}}}}}
          content: {{application/json: {{schema: {{$ref: "#/components/schemas/Thing{number}"}}}}}}
        "404":
          description: There is no such thing.
          content: {{application/problem+json: {{schema: {{$ref: "#/components/schemas/Problem"}}}}}}"##
        );
        let _ = write!(
            schemas,
            r##"
    Thing{number}:
      type: object
      required: [name, created]
      properties:
        name: {{type: string, minLength: 1, maxLength: 100, pattern: "^[^\\u0000-\\u001f]*$"}}
        created: {{type: string, format: date-time}}
        size: {{type: number, minimum: 0, exclusiveMaximum: true, maximum: 1e6}}
        kind: {{type: string, enum: [small, large, kind{number}]}}
        parts: {{type: array, maxItems: 50, items: {{$ref: "#/components/schemas/Thing{number}"}}}}"##
        );
    }
    format!(
        r#"openapi: 3.0.3
info: {{title: Things, version: 1.0.0}}
paths:{paths}
components:
  schemas:
    Problem: {{type: object, properties: {{status: {{type: integer}}, detail: {{type: string}}}}}}{schemas}
"#
    )
}

/// The API of the spec, as the build script and the generated code make it. It lives until the program ends.
fn api(operations: usize) -> Api {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("swagger.yml");
    fs::write(&file, spec(operations)).expect("written");
    let document = Document::read(&file).expect("a document");
    let Front { mut contract, .. } = Front::new(&document).expect("an API");
    guard(&mut contract);
    let ids: Vec<_> = contract["operations"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|operation| operation["id"].as_str().expect("a text").to_owned())
        .collect();
    assert_eq!(ids.len(), operations);
    contract["about"] = serde_json::json!({
        "heading": "Things 1.0.0",
        "title": "Things",
        "version": "1.0.0",
        "file_name": "openapi.json",
        "sha256": "",
    });
    let Embedded { contract, schemas } = embedded(contract);
    let [contract, schemas] = [contract, schemas].map(|it| &*it.to_string().leak());
    let spec = Box::leak(Box::new(Spec::new(contract, schemas, "{}")));
    let application = Arc::new(());
    Api::new(spec, move |routes| {
        for id in &ids {
            let handle = |_: Arc<()>, _: Call| async { Ok(HttpResponse::Ok().finish()) };
            routes.add(id, &application, handle);
        }
    })
}

fn starts(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("start");
    for operations in [17, 170] {
        let api = api(operations);
        group.bench_function(format!("{operations} operations"), |bencher| {
            bencher.iter(|| Service::new(&api, Settings::default()).expect("a service"));
        });
    }
    group.finish();
}

criterion_group!(benches, starts);
criterion_main!(benches);
