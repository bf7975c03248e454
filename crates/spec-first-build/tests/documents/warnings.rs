//! Documents in `warned/` are accepted, although the server does not support all of them; next to each are its warnings. Its
//! twin in `good/`, without what is not supported, has none.

use std::path::Path;

use spec_first_build::{Front, Project};

use crate::golden;

#[test]
fn every_document_that_is_not_fully_supported_has_its_warnings() {
    for path in golden::documents("warned") {
        golden::compare(&path.with_extension("txt"), &warnings_of(&path));
    }
}

#[test]
fn a_good_twin_has_no_warnings() {
    for path in golden::documents("warned") {
        let name = path.file_name().expect("a file has a name");
        assert_eq!(
            warnings_of(&golden::folder("good").join(name)),
            "",
            "{name:?}"
        );
    }
}

#[test]
fn a_good_document_has_only_deserved_warnings() {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../swagger.yml");
    let mut documents = vec![demo];
    for folder in ["good", "real", "examples"] {
        documents.extend(golden::documents(folder));
    }
    let warnings: String = documents.iter().map(|path| warnings_of(path)).collect();
    // What is not served has its own documents, and all schemas of one large document have the same example.
    let known = ["501", " served", "is declared", ": 5 is not of type"];
    let others = warnings
        .lines()
        .filter(|line| !known.iter().any(|it| line.contains(it)));
    let others: String = others.map(|line| format!("{line}\n")).collect();
    golden::compare(&golden::folder("good.warnings.txt"), &others);
}

#[test]
fn headers_that_media_types_and_security_describe_are_no_parameters() {
    let Front { api, warnings, .. } = read(&golden::folder("good/parameter_told_elsewhere.yml"));
    let parameters = &api.operations[0].parameters;
    let names: Vec<_> = parameters.iter().map(|it| it.name.as_str()).collect();
    assert_eq!((names, warnings.len()), (vec!["X-Trace"], 0));
}

#[test]
fn an_ignored_default_is_not_filled_in() {
    let default = |folder| {
        let path = golden::folder(folder).join("default_breaks_a_referenced_schema.yml");
        read(&path).api.operations[0].parameters[0].default.clone()
    };
    assert_eq!((default("good"), default("warned")), (Some(1.into()), None));
}

#[test]
fn a_status_without_a_body_has_none_whatever_is_declared() {
    let Front { contract, .. } = read(&golden::folder("warned/bodiless_status_has_content.yml"));
    for pointer in ["/operations/0/responses/0", "/operations/1/responses/1"] {
        let response = contract.pointer(pointer).expect("a response");
        assert_eq!(response["content"], serde_json::json!([]), "{response}");
    }
}

/// The warnings, and the operations that are not answered.
fn warnings_of(path: &Path) -> String {
    let Front { api, warnings, .. } = read(path);
    let warnings = warnings.iter().map(|warning| format!("{warning}\n"));
    let unserved = api.operations.iter().filter_map(|operation| {
        let reason = operation.unsupported()?.reason();
        Some(format!("501 {}: {reason}\n", operation.id))
    });
    warnings.chain(unserved).collect()
}

fn read(path: &Path) -> Front {
    golden::read(path).1
}

#[test]
fn denied_warnings_are_errors_among_the_others() {
    let folder = tempfile::tempdir().expect("a folder");
    let spec = "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths:\n  /a:\n    pots: {}\n    get:\n      sumary: A\n      \
                responses: {204: {description: Done.}}\n";
    let build = |spec: &str, denies_warnings| {
        std::fs::write(folder.path().join("swagger.yml"), spec).expect("written");
        let project = Project::new(folder.path().to_owned(), folder.path().to_owned());
        project
            .deny_warnings(denies_warnings)
            .build()
            .err()
            .unwrap_or_default()
    };
    let method = "swagger.yml:5:5: /paths/~1a/pots: `pots` is ignored, because a path has no such member. \
                  Perhaps `post` is meant.";
    let summary = "swagger.yml:7:7: /paths/~1a/get/sumary: `sumary` is ignored, because an operation has no such member. \
                   Perhaps `summary` is meant.";
    assert_eq!(build(spec, true), [method, summary]);
    let wrong = spec.replace("info", "security: [{key: []}]\ninfo");
    let (method, summary) = (
        method.replace(":5:5", ":6:5"),
        summary.replace(":7:7", ":8:7"),
    );
    let scheme = "swagger.yml:2:13: /security/0/key: The security scheme `key` is not declared. Declare it under `components`, in \
                  `securitySchemes`.";
    assert_eq!(build(&wrong, true), [scheme, &method, &summary]);
    assert_eq!(build(&wrong, false), [scheme]);
}
