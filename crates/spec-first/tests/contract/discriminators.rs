//! `discriminator`: of all branches, the one that the value names is asked.

use std::sync::Arc;

use actix_web::http::StatusCode;
use serde_json::Value;
use spec_first::contract::{Call, Settings, no_rules};
use spec_first_build::Front;
use spec_first_build::contract::guard;
use spec_first_build::document::Document;

use crate::server::{Application, Server, application};

/// A server that sends back what it takes: a `Pet` of the document with these schemas.
fn server(version: &str, schemas: &str) -> Server {
    let (body, place) = match version {
        "swagger: '2.0'" => (
            "parameters: [{name: pet, in: body, required: true, schema: {$ref: '#/definitions/Pet'}}]",
            "definitions:",
        ),
        _ => (
            "requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}",
            "components:\n schemas:",
        ),
    };
    let text = format!(
        "{version}\ninfo: {{title: Pets, version: '1'}}\npaths:\n /pets:\n  post:\n   operationId: add\n   {body}\n   \
         responses: {{200: {{description: It}}}}\n{place}\n{schemas}\n"
    );
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("swagger.yml");
    std::fs::write(&path, text).expect("written");
    let document = Document::read(&path).expect("a document");
    let Front { mut contract, .. } = Front::new(&document).expect("an API");
    guard(&mut contract);
    contract["operations"][0]["responses"][0]["content"] =
        serde_json::json!([{ "media_type": "application/json", "format": "json", "schema": null }]);
    Server::start(&contract, Settings::default(), |routes| {
        routes.add(
            "add",
            &application(),
            |_: Arc<Application>, call: Call| async move {
                let body: Value = call.body(no_rules)?;
                call.respond(StatusCode::OK, no_rules, async { Ok(body) })
                    .await
            },
        );
    })
}

#[track_caller]
fn accepts(server: &Server, pet: &str) {
    server.post("/pets", pet).is_json(200, pet);
}

/// Asserts that the pet is rejected with these violations: pointer, keyword, place in the document, sentence.
#[track_caller]
fn rejects(server: &Server, pet: &str, expected: &[[&str; 4]]) {
    let answer = server.post("/pets", pet);
    let body: Value = serde_json::from_str(&answer.body).expect("JSON");
    let errors = body["errors"].as_array().into_iter().flatten();
    let found = errors.map(|error| {
        ["pointer", "keyword", "schema", "detail"]
            .map(|name| error[name].as_str().unwrap_or_default())
    });
    assert_eq!(
        (answer.status, found.collect::<Vec<_>>()),
        (400, expected.to_vec())
    );
}

const BRANCHES: &str = "
  Pet:
   oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
   discriminator: {propertyName: petType, mapping: {cat: '#/components/schemas/Cat', tom: Cat}}
  Cat: {type: object, properties: {petType: {type: string}, lives: {type: integer}}}
  Dog: {type: object, required: [name], properties: {petType: {type: string}, name: {type: string}}}";

#[test]
fn only_the_named_branch_is_validated() {
    for version in ["openapi: 3.0.3", "openapi: 3.1.0"] {
        let server = server(version, BRANCHES);
        // It is a cat as well.
        accepts(&server, r#"{"petType":"Dog","name":"Rex"}"#);
        accepts(&server, r#"{"petType":"cat","name":"Tom","lives":9}"#);
        accepts(&server, r#"{"petType":"tom"}"#);
        accepts(&server, r#"{"petType":"Cat"}"#);
        rejects(
            &server,
            r#"{"petType":"cat","name":"Tom","lives":"many"}"#,
            &[[
                "/lives",
                "type",
                "/components/schemas/Cat/properties/lives/type",
                r#""many" is not of type "integer""#,
            ]],
        );
        rejects(
            &server,
            r#"{"petType":"Dog","lives":9}"#,
            &[[
                "",
                "required",
                "/components/schemas/Dog/required",
                r#""name" is a required property"#,
            ]],
        );
    }
}

#[test]
fn an_unknown_name_is_rejected_with_the_known_ones() {
    for version in ["openapi: 3.0.3", "openapi: 3.1.0"] {
        let server = server(version, BRANCHES);
        let place = "/components/schemas/Pet/discriminator";
        rejects(
            &server,
            r#"{"petType":"bird","name":"Tweety"}"#,
            &[[
                "/petType",
                "discriminator",
                place,
                r#""bird" is not one of "cat", "tom", "Cat", "Dog""#,
            ]],
        );
        rejects(
            &server,
            r#"{"petType":5,"name":"Rex"}"#,
            &[[
                "/petType",
                "discriminator",
                place,
                r#"5 is not one of "cat", "tom", "Cat", "Dog""#,
            ]],
        );
    }
}

#[test]
fn a_value_that_names_no_branch_is_validated_by_all() {
    let server = server("openapi: 3.0.3", BRANCHES);
    accepts(&server, r#"{"lives":9}"#);
    rejects(
        &server,
        r#"{"name":"Rex"}"#,
        &[[
            "",
            "oneOf",
            "/components/schemas/Pet/oneOf",
            r#"{"name":"Rex"} is valid under more than one of the schemas listed in the 'oneOf' keyword"#,
        ]],
    );
    rejects(
        &server,
        "5",
        &[[
            "",
            "oneOf",
            "/components/schemas/Pet/oneOf",
            "5 is not valid under any of the schemas listed in the 'oneOf' keyword",
        ]],
    );
}

#[test]
fn null_is_let_in_beside_a_discriminator() {
    let schemas = BRANCHES.replace("  Pet:\n", "  Pet:\n   nullable: true\n");
    let server = server("openapi: 3.0.3", &schemas);
    accepts(&server, "null");
    accepts(&server, r#"{"petType":"Dog","name":"Rex"}"#);
    rejects(
        &server,
        r#"{"petType":"Dog"}"#,
        &[[
            "",
            "required",
            "/components/schemas/Dog/required",
            r#""name" is a required property"#,
        ]],
    );
    rejects(
        &server,
        r#"{"petType":"bird"}"#,
        &[[
            "/petType",
            "discriminator",
            "/components/schemas/Pet/discriminator",
            r#""bird" is not one of "cat", "tom", "Cat", "Dog""#,
        ]],
    );
}

#[test]
fn any_of_has_discriminators_too_and_branches_may_be_inline() {
    let schemas = "
  Pet:
   anyOf:
    - {type: object, properties: {petType: {enum: [cat]}, lives: {type: integer}}}
    - {type: object, properties: {petType: {enum: [dog, puppy]}}, required: [name]}
   discriminator: {propertyName: petType}";
    let server = server("openapi: 3.1.0", schemas);
    accepts(&server, r#"{"petType":"cat"}"#);
    accepts(&server, r#"{"petType":"puppy","name":"Rex","lives":"one"}"#);
    rejects(
        &server,
        r#"{"petType":"cat","lives":"many","name":"Tom"}"#,
        &[[
            "/lives",
            "type",
            "/components/schemas/Pet/anyOf/0/properties/lives/type",
            r#""many" is not of type "integer""#,
        ]],
    );
    rejects(
        &server,
        r#"{"petType":"bird"}"#,
        &[[
            "/petType",
            "discriminator",
            "/components/schemas/Pet/discriminator",
            r#""bird" is not one of "cat", "dog", "puppy""#,
        ]],
    );
}

#[test]
fn a_branch_without_a_name_takes_what_no_other_does() {
    let schemas = "
  Pet:
   oneOf: [{$ref: '#/components/schemas/Cat'}, {type: object, required: [name]}]
   discriminator: {propertyName: petType}
  Cat: {type: object}";
    let server = server("openapi: 3.0.3", schemas);
    accepts(&server, r#"{"petType":"Cat","name":"Tom"}"#);
    accepts(&server, r#"{"petType":"bird","name":"Tweety"}"#);
    rejects(
        &server,
        r#"{"petType":"bird"}"#,
        &[[
            "",
            "required",
            "/components/schemas/Pet/oneOf/1/required",
            r#""name" is a required property"#,
        ]],
    );
}

#[test]
fn a_union_in_a_union_is_chosen_from_in_turn() {
    let schemas = "
  Pet:
   oneOf: [{$ref: '#/components/schemas/Feline'}, {$ref: '#/components/schemas/Dog'}]
   discriminator: {propertyName: petType, mapping: {lion: Lion, dog: Dog}}
  Feline:
   oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Lion'}]
   discriminator: {propertyName: petType}
  Cat: {type: object, required: [lives]}
  Lion: {type: object}
  Dog: {type: object}";
    let server = server("openapi: 3.1.0", schemas);
    accepts(&server, r#"{"petType":"Lion"}"#);
    accepts(&server, r#"{"petType":"lion"}"#);
    accepts(&server, r#"{"petType":"dog"}"#);
    rejects(
        &server,
        r#"{"petType":"Cat"}"#,
        &[[
            "",
            "required",
            "/components/schemas/Cat/required",
            r#""lives" is a required property"#,
        ]],
    );
    rejects(
        &server,
        r#"{"petType":"Feline"}"#,
        &[[
            "/petType",
            "discriminator",
            "/components/schemas/Feline/discriminator",
            r#""Feline" is not one of "Cat", "Lion", "lion""#,
        ]],
    );
}

#[test]
fn what_a_guard_looks_at_counts_as_unevaluated() {
    let schemas = "
  Pet:
   oneOf: [{$ref: '#/components/schemas/Cat'}]
   discriminator: {propertyName: petType}
   unevaluatedProperties: false
  Cat: {type: object, properties: {lives: true}}";
    let server = server("openapi: 3.1.0", schemas);
    accepts(&server, r#"{"lives":9}"#);
    assert_eq!(
        server
            .post("/pets", r#"{"petType":"Cat","lives":9}"#)
            .status,
        400
    );
}

#[test]
fn the_value_names_the_base_or_one_that_inherits_from_it() {
    let schemas = "
  Pet: {type: object, required: [petType], discriminator: petType, properties: {petType: {type: string}}}
  Cat: {allOf: [{$ref: '#/definitions/Pet'}, {properties: {lives: {type: integer}}}]}
  Kitten: {allOf: [{$ref: '#/definitions/Cat'}], x-ms-discriminator-value: '#Kitten'}
  Bird: {type: object}";
    let server = server("swagger: '2.0'", schemas);
    for name in ["Pet", "Cat", "Kitten", "#Kitten"] {
        accepts(&server, &format!(r#"{{"petType":"{name}"}}"#));
    }
    rejects(
        &server,
        r#"{"petType":"Bird"}"#,
        &[[
            "/petType",
            "discriminator",
            "/definitions/Pet/discriminator",
            r##""Bird" is not one of "Pet", "Cat", "Kitten", "#Kitten""##,
        ]],
    );
}

#[test]
fn names_that_one_mapping_gives_are_known_to_the_others() {
    let schemas = "
  Pet:
   oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
   discriminator: {propertyName: petType, mapping: {cat: Cat}}
  Animal: {type: object, discriminator: {propertyName: petType, mapping: {dog: Dog}}}
  Cat: {allOf: [{$ref: '#/components/schemas/Animal'}]}
  Dog: {allOf: [{$ref: '#/components/schemas/Animal'}]}";
    let server = server("openapi: 3.0.3", schemas);
    accepts(&server, r#"{"petType":"cat"}"#);
    accepts(&server, r#"{"petType":"dog"}"#);
    assert_eq!(server.post("/pets", r#"{"petType":"bird"}"#).status, 400);
}

#[test]
fn a_base_may_map_its_names_and_without_subtypes_it_checks_none() {
    let schemas = "
  Pet: {type: object, discriminator: {propertyName: petType, mapping: {cat: Cat}}}
  Cat: {allOf: [{$ref: '#/components/schemas/Pet'}]}";
    let base = server("openapi: 3.0.3", schemas);
    accepts(&base, r#"{"petType":"cat"}"#);
    accepts(&base, "{}");
    assert_eq!(base.post("/pets", r#"{"petType":"dog"}"#).status, 400);

    let alone = "\n  Pet: {type: object, discriminator: petType}";
    accepts(&server("swagger: '2.0'", alone), r#"{"petType":"dog"}"#);
}

#[test]
fn a_branch_may_inherit_from_its_union() {
    let schemas = "
  Pet:
   type: object
   oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
   discriminator: {propertyName: petType}
  Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, required: [lives]}]}
  Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, required: [name]}]}";
    let server = server("openapi: 3.0.3", schemas);
    accepts(&server, r#"{"petType":"Cat","lives":9}"#);
    assert_eq!(server.post("/pets", r#"{"petType":"Cat"}"#).status, 400);
}

#[test]
fn an_object_that_names_an_subtype_has_all_that_the_subtype_adds() {
    let schemas = "
  Pet: {type: object, required: [petType], discriminator: petType, properties: {petType: {type: string}}}
  Cat: {allOf: [{$ref: '#/definitions/Pet'}, {required: [lives], properties: {lives: {type: integer}}}]}
  Dog: {allOf: [{$ref: '#/definitions/Pet'}], properties: {name: {type: string}}}
  Puppy: {allOf: [{$ref: '#/definitions/Dog'}, {required: [weeks]}]}";
    let server = server("swagger: '2.0'", schemas);
    for pet in [
        r#"{"petType":"Pet","lives":"none"}"#,
        r#"{"petType":"Cat","lives":9}"#,
        r#"{"petType":"Dog","name":"Rex"}"#,
        r#"{"petType":"Puppy","name":"Rex","weeks":9}"#,
    ] {
        accepts(&server, pet);
    }
    rejects(
        &server,
        r#"{"petType":"Cat"}"#,
        &[[
            "",
            "required",
            "/definitions/Cat/allOf/1/required",
            r#""lives" is a required property"#,
        ]],
    );
    for name in ["Dog", "Puppy"] {
        rejects(
            &server,
            &format!(r#"{{"petType":"{name}","name":5,"weeks":9}}"#),
            &[[
                "/name",
                "type",
                "/definitions/Dog/properties/name/type",
                r#"5 is not of type "string""#,
            ]],
        );
    }
    rejects(
        &server,
        r#"{"petType":"Puppy"}"#,
        &[[
            "",
            "required",
            "/definitions/Puppy/allOf/1/required",
            r#""weeks" is a required property"#,
        ]],
    );
}

/// What the build generates for a base with two subtypes, of which one has its name from a mapping.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(untagged)]
enum Pet {
    Cat(Subtype),
    Dog(Subtype),
    Base(Subtype),
}

spec_first::decode_subtypes!(Pet, "petType", { "cat" | "Cat" => Cat, "Dog" => Dog }, Base);

#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Subtype {
    #[serde(rename = "petType")]
    pet_type: String,
}

#[derive(Debug)]
enum Abstract {
    Cat(Subtype),
}

spec_first::decode_subtypes!(Abstract, "petType", { "Cat" => Cat });

#[test]
fn the_variant_is_the_subtype_that_is_named() {
    let subtype = |name: &str| Subtype {
        pet_type: name.to_owned(),
    };
    for (name, expected) in [
        ("cat", Pet::Cat(subtype("cat"))),
        ("Cat", Pet::Cat(subtype("Cat"))),
        ("Dog", Pet::Dog(subtype("Dog"))),
        ("Pet", Pet::Base(subtype("Pet"))),
    ] {
        let text = format!(r#"{{"petType":"{name}"}}"#);
        let pet: Pet = serde_json::from_str(&text).expect("a pet");
        assert_eq!(pet, expected);
        assert_eq!(serde_json::to_string(&pet).expect("JSON"), text);
    }
    let unknown: Result<Pet, _> = serde_json::from_str(r#"{"petType":"Cat","lives":9}"#);
    unknown.expect_err("no subtype has this member");
    let Abstract::Cat(cat) = serde_json::from_str(r#"{"petType":"Cat"}"#).expect("a cat");
    assert_eq!(cat, subtype("Cat"));
    let base: Result<Abstract, _> = serde_json::from_str(r#"{"petType":"Pet"}"#);
    base.expect_err("the base is no value");
}
