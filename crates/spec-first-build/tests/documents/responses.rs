//! How the methods of operations succeed, as the templates read it.

use std::fs;

use serde_json::Value;
use spec_first_build::document::Document;
use spec_first_build::print::facts;
use spec_first_build::{Front, Model};

use crate::golden::folder;

/// What an operation succeeds with: its type, the variants of its enum, and the argument for what the client accepts.
fn succeeds(file: &str, path: &str, method: &str) -> String {
    let text = fs::read_to_string(folder("contract").join(file)).expect("the document is there");
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path().join("swagger.yml");
    fs::write(&at, text).expect("the document is written");
    let document = Document::read(&at).expect("the document is right");
    let Front { api, contract, .. } = Front::new(&document).expect("the document is right");
    let facts = facts(&Model::new(&document, &api, &contract).expect("the names are distinct"));
    let method = &facts["paths"][path][method]["x-rs-method"];
    let success = &method["success"];
    let list = |list: &Value, text: fn(&Value) -> String| {
        let all = list.as_array().into_iter().flatten();
        all.map(text).collect::<Vec<_>>().join(" | ")
    };
    let name = |value: &Value| value["name"].as_str().unwrap_or_default().to_owned();
    let mut lines = vec![success["type"].as_str().unwrap_or_default().to_owned()];
    if success["enum"].is_object() {
        lines.push(list(&success["enum"]["variants"], variant));
    }
    let accept = &success["enum"]["accept"];
    if accept.is_object() {
        let wires = |it: &Value| {
            let wire = it["wire"].as_str().unwrap_or_default().trim_matches('"');
            format!("{wire} {}", it["variant"].as_str().unwrap_or_default())
        };
        lines.push(format!(
            "{}: {}",
            name(accept),
            list(&accept["media_types"], wires)
        ));
    }
    lines.join("\n")
}

fn variant(variant: &Value) -> String {
    let fields = variant["fields"].as_array().into_iter().flatten();
    let fields: Vec<_> = fields
        .map(|field| {
            let text = |name: &str| field[name].as_str().unwrap_or_default().to_owned();
            format!("{}: {}", text("name"), text("type"))
        })
        .collect();
    let name = variant["name"].as_str().unwrap_or_default();
    let media_types = variant["media_types"].as_str().unwrap_or_default();
    format!("{name}({}) {media_types}", fields.join(", "))
        .trim_end()
        .to_owned()
}

#[test]
fn each_media_type_has_its_type_in_2_0() {
    let succeeds = |path, method| succeeds("responses_2_0.yml", path, method);
    assert_eq!(
        succeeds("/pets", "get"),
        "List\n\
         OkJson(set_cookie: Option<Vec<String>>, x_tags: Option<Vec<Vec<String>>>, body: Vec<Pet>) \"application/json\" | \
         OkXml(set_cookie: Option<Vec<String>>, x_tags: Option<Vec<Vec<String>>>, body: String) \"application/xml\"\n\
         ListAccept: application/json Json | application/xml Xml"
    );
    assert_eq!(
        succeeds("/pets", "head"),
        "Count\nOk(content_length: Option<i64>)"
    );
    assert_eq!(succeeds("/pets.csv", "get"), "String");
    assert_eq!(
        succeeds("/name", "get"),
        "Name\nOkText(body: String) \"text/plain\", \"application/json\" | OkHtml(body: String) \"text/html\"\n\
         NameAccept: text/plain Text | application/json Text | text/html Html"
    );
    assert_eq!(
        succeeds("/photo", "get"),
        "Photo\nOkPng(body: body::Download) \"image/png\" | OkJpeg(body: body::Download) \"image/jpeg\"\n\
         PhotoAccept: image/png Png | image/jpeg Jpeg"
    );
    assert_eq!(succeeds("/lines", "get"), "body::Items<Pet>");
}

#[test]
fn each_media_type_has_its_type_in_3_0() {
    let succeeds = |path, method| succeeds("responses_3_0.yml", path, method);
    let headers = "x_range: Option<PetsListXRange>, x_filter: Option<Vec<String>>";
    let variants = [
        ("Json", "Vec<Pet>", "application/json"),
        ("HalJson", "BTreeMap<String, Value>", "application/hal+json"),
        ("Csv", "String", "text/csv"),
        ("Xml", "String", "application/xml"),
        (
            "WwwFormUrlencoded",
            "String",
            "application/x-www-form-urlencoded",
        ),
        ("Mixed", "body::Download", "multipart/mixed"),
    ];
    let variants = variants.map(|(name, kind, media_type)| {
        format!("Ok{name}({headers}, body: {kind}) \"{media_type}\"")
    });
    assert_eq!(
        succeeds("/pets", "get"),
        format!(
            "List\n{} | PartialContent(body: String) | NotModified()\n\
             ListAccept: application/json Json | application/hal+json HalJson | text/csv Csv | application/xml Xml | \
             application/x-www-form-urlencoded WwwFormUrlencoded | multipart/mixed Mixed",
            variants.join(" | ")
        )
    );
    assert_eq!(
        succeeds("/any", "get"),
        "PetsAnyResponses\nSuccessJson(body: Pet) \"application/json\" | SuccessImage(body: body::Download) \"image/*\" | \
         SuccessText(body: i64) \"text/*\"\n\
         AnyAccept: application/json Json | image/* Image | text/* Text"
    );
    assert_eq!(succeeds("/export", "get"), "body::Download");
    assert_eq!(
        succeeds("/words", "get"),
        "Words\nOkText(body: String) \"text/plain\" | OkHtml(body: String) \"text/html\" | OkYaml(body: String) \"application/yaml\"\n\
         WordsAccept: text/plain Text | text/html Html | application/yaml Yaml"
    );
    assert_eq!(succeeds("/dotnet", "get"), "Pet");
    assert_eq!(
        succeeds("/names", "get"),
        "Names\n\
         Ok3gppImsXml(body: String) \"application/3gpp-ims+xml\" | OkSelf(body: body::Download) \"application/self\" | \
         OkC(body: String) \"text/x-c++\" | OkC2(body: String) \"text/c--\" | \
         OkVndPetsV2Json(body: bool) \"application/vnd.pets.v2+json\" | \
         OkVndPetsV3Json(body: i64) \"application/vnd.pets.v3+json\" | \
         OkVndPetsJson(body: String) \"application/vnd.pets+json; version=4\" | \
         OkVndPetsJson2(body: f64) \"application/vnd.pets+json; version=5\" | \
         OkXml(body: String) \"application/xml\", \"text/xml; charset=utf-8\" | \
         OkAny(body: body::Download) \"*/*\" | OkApplication(body: body::Download) \"application/*\"\n\
         NamesAccept: application/3gpp-ims+xml _3gppImsXml | application/self Self_ | text/x-c++ C | text/c-- C2 | \
         application/vnd.pets.v2+json VndPetsV2Json | application/vnd.pets.v3+json VndPetsV3Json | \
         application/vnd.pets+json; version=4 VndPetsJson | application/vnd.pets+json; version=5 VndPetsJson2 | \
         application/xml Xml | text/xml; charset=utf-8 Xml | */* Any | application/* Application"
    );
}

#[test]
fn each_media_type_has_its_type_in_3_1() {
    let succeeds = |path, method| succeeds("responses_3_1.yml", path, method);
    assert_eq!(
        succeeds("/events", "get"),
        "Watch\nOkEventStream(body: body::Items<body::Event<Pet>>) \"text/event-stream\" | \
         OkJsonl(body: body::Items<Pet>) \"application/jsonl\"\n\
         WatchAccept: text/event-stream EventStream | application/jsonl Jsonl"
    );
    assert_eq!(succeeds("/log", "get"), "body::Items<body::Event<String>>");
    assert_eq!(
        succeeds("/photo", "get"),
        "Photo\nOkPng(body: body::Download) \"image/png\" | OkPdf(body: body::Download) \"application/pdf\"\n\
         PhotoAccept: image/png Png | application/pdf Pdf"
    );
    assert_eq!(succeeds("/level", "get"), "Option<i64>");
}
