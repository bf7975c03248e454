//! The spec as its author wrote it.

use serde_json::Value;

use super::support::Server;

const WRITTEN: &str = include_str!("../../swagger.yml");

#[test]
fn yaml_is_the_file_to_the_byte() {
    let server = Server::start(&[]);
    for path in ["/api/swagger.yaml", "/api/openapi.yaml"] {
        let reply = server.get(path);
        assert_eq!(
            (reply.status, reply.header("content-type")),
            (200, "application/yaml"),
            "{path}"
        );
        assert_eq!(reply.text(), WRITTEN, "{path}");
    }
}

#[test]
fn json_has_the_same_members_in_the_same_order() {
    let server = Server::start(&[]);
    let [swagger, openapi] =
        ["/api/swagger.json", "/api/openapi.json"].map(|path| server.get(path));
    assert_eq!(swagger.header("content-type"), "application/json");
    assert_eq!(swagger.text(), openapi.text());
    let spec: Value = swagger.json();
    assert_eq!(
        spec["paths"]["/people"]["get"]["operationId"],
        "people.read_all"
    );
    assert_eq!(
        spec["definitions"]["Person"]["properties"]["lname"]["maxLength"],
        64
    );
    let keys = [
        "\"swagger\"",
        "\"info\"",
        "\"basePath\"",
        "\"paths\"",
        "\"responses\"",
        "\"definitions\"",
    ];
    let places = keys.map(|key| swagger.text().find(key).expect("a key"));
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn every_error_has_an_example_of_its_own() {
    let spec: Value = Server::start(&[]).get("/api/swagger.json").json();
    let resolved = |response: &Value| match response["$ref"].as_str() {
        Some(name) => spec.pointer(&name[1..]).expect("it is there").clone(),
        None => response.clone(),
    };
    let paths = spec["paths"].as_object().expect("paths").values();
    let operations = paths.flat_map(|path| path.as_object().expect("operations").values());
    let mut count = 0;
    for operation in operations {
        let responses = operation["responses"].as_object().expect("responses");
        for (status, response) in responses
            .iter()
            .filter(|(status, _)| status.as_str() >= "400")
        {
            let id = &operation["operationId"];
            let example = &resolved(response)["examples"]["application/problem+json"];
            assert_eq!(example["status"].to_string(), *status, "{id}");
            for violation in example["errors"].as_array().into_iter().flatten() {
                let keyword = violation["schema"].as_str().expect("a pointer");
                assert!(spec.pointer(keyword).is_some(), "{id} {status}: {keyword}");
            }
            count += 1;
        }
    }
    assert_eq!(count, 29);
}

#[test]
fn the_person_to_create_in_its_example_is_not_there_yet() {
    let server = Server::start(&[]);
    let spec: Value = server.get("/api/swagger.json").json();
    let example = &spec["definitions"]["NewPerson"]["example"];
    let path = format!("/api/people/{}", example["lname"].as_str().expect("a name"));
    assert_eq!(server.get(&path).status, 404);
}

#[test]
fn every_pattern_of_a_name_has_a_sentence_for_people() {
    let spec: Value = Server::start(&[]).get("/api/swagger.json").json();
    let mut found = Vec::new();
    collect_names(&spec, &mut found);
    assert_eq!(found.len(), 11);
    for schema in found {
        let sentence = schema["x-pattern-sentence"].as_str().unwrap_or_default();
        assert!(sentence.ends_with('.'), "{schema}");
        assert!(!sentence.contains('^'), "{schema}");
    }
}

/// The schemas and parameters with a pattern for names: all but tags and times, which nobody enters.
fn collect_names<'a>(value: &'a Value, found: &mut Vec<&'a Value>) {
    let Value::Object(members) = value else {
        value
            .as_array()
            .into_iter()
            .flatten()
            .for_each(|it| collect_names(it, found));
        return;
    };
    if members.contains_key("pattern") && members.contains_key("maxLength")
        || members.get("name") == Some(&"q".into())
    {
        found.push(value);
    }
    members.values().for_each(|it| collect_names(it, found));
}

#[test]
fn it_is_revalidated_by_its_tag() {
    let server = Server::start(&[]);
    let first = server.get("/api/swagger.json");
    assert_eq!(first.header("cache-control"), "no-cache");
    let tag = first.header("etag");
    assert!(tag.starts_with('"') && tag.ends_with('"'), "{tag}");
    for known in [tag, "*", &format!("\"other\", {tag}"), &format!("W/{tag}")] {
        let again = server.get_with("/api/swagger.json", &[("If-None-Match", known)]);
        assert_eq!((again.status, again.text()), (304, ""), "{known}");
        assert_eq!(again.header("etag"), tag);
        assert_eq!(again.header("vary"), "Accept-Encoding");
    }
    let other = server.get_with("/api/swagger.json", &[("If-None-Match", "\"other\"")]);
    assert_eq!((other.status, other.text()), (200, first.text()));
}

#[test]
fn head_is_get_without_the_body() {
    let server = Server::start(&[]);
    let (get, head) = (
        server.get("/api/swagger.json"),
        server.send("HEAD", "/api/swagger.json", &[], ""),
    );
    assert_eq!((head.status, head.text()), (200, ""));
    for name in ["content-length", "content-type", "etag", "vary"] {
        assert_eq!(head.header(name), get.header(name), "{name}");
    }
}
