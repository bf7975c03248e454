//! Which bodies are proven to need no check by their schemas: keyword by keyword, with a type that enforces it and one that does not.

use spec_first_build::document::Document;
use spec_first_build::proof::{Body, proofs};
use spec_first_build::{Front, Model};

/// What `proven` is where there is no gap.
const PROVEN: &str = "";

/// The bodies of the document `text`.
fn read(text: &str) -> Vec<Body> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("swagger.yml");
    std::fs::write(&path, text).expect("the document is written");
    let document = Document::read(&path);
    let document = document.unwrap_or_else(|faults| panic!("{faults:?}\n{text}"));
    let Front { api, contract, .. } = Front::new(&document).expect("the document is right");
    let model = Model::new(&document, &api, &contract).expect("the names are distinct");
    proofs(&document, &model, &contract)
}

/// The keywords that nothing enforces in a request and in a response of the schema `Case` among `schemas`.
fn gaps(version: &str, schemas: &str) -> [String; 2] {
    let (operation, place) = match version {
        "2.0" => (
            "parameters: [{name: case, in: body, required: true, schema: {$ref: '#/definitions/Case'}}]\n   \
             responses: {200: {description: It, schema: {$ref: '#/definitions/Case'}}}",
            "swagger: '2.0'\ndefinitions:".to_owned(),
        ),
        _ => (
            "requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Case'}}}}\n   \
             responses: {200: {description: It, content: {application/json: {schema: {$ref: '#/components/schemas/Case'}}}}}",
            format!("openapi: {version}\ncomponents:\n schemas:"),
        ),
    };
    let bodies = read(&format!(
        "info: {{title: Cases, version: '1'}}\npaths:\n /cases:\n  post:\n   operationId: save\n   {operation}\n{place}\n{schemas}\n"
    ));
    let gap = |is_response| {
        let mut bodies = bodies.iter();
        let body = bodies.find(|body| body.is_response == is_response);
        let proof = body.expect("the body is found").proof.as_ref();
        proof.map_or_else(|gap| gap.keyword.clone(), |_| String::new())
    };
    [gap(false), gap(true)]
}

/// Checks schemas, each with the gaps of a request and of a response. A scalar is a required member, since rules are of fields.
#[track_caller]
fn check(version: &str, cases: &[(&str, &str, &str)]) {
    for (schema, request, response) in cases {
        let schemas = format!(
            "  Case: {{type: object, required: [it], properties: {{it: {schema}}}}}\n  Other: {{type: object, properties: {{a: {{type: string, maxLength: 3}}}}}}"
        );
        let found = gaps(version, &schemas);
        assert_eq!(found, [*request, *response], "{version} {schema}");
    }
}

#[test]
fn types_enforce_types_enums_and_formats() {
    for version in ["2.0", "3.0.3", "3.1.0"] {
        check(
            version,
            &[
                ("{type: string}", PROVEN, PROVEN),
                ("{type: integer}", PROVEN, PROVEN),
                ("{type: integer, format: int32}", PROVEN, PROVEN),
                ("{type: integer, format: int64}", PROVEN, PROVEN),
                ("{type: number}", PROVEN, PROVEN),
                ("{type: number, format: double}", PROVEN, PROVEN),
                ("{type: number, format: float}", PROVEN, PROVEN),
                ("{type: boolean}", PROVEN, PROVEN),
                ("{type: string, enum: [a, b]}", PROVEN, PROVEN),
                ("{type: integer, enum: [1, 2]}", PROVEN, PROVEN),
                ("{type: number, enum: [1.5]}", PROVEN, PROVEN),
                ("{type: string, format: date}", PROVEN, PROVEN),
                ("{type: string, format: date-time}", PROVEN, PROVEN),
                ("{type: string, format: uuid}", PROVEN, PROVEN),
                ("{type: string, format: password}", PROVEN, PROVEN),
                ("{type: string, format: email}", PROVEN, PROVEN),
                ("{type: string, format: byte}", PROVEN, PROVEN),
                ("{}", PROVEN, PROVEN),
            ],
        );
    }
}

#[test]
fn rules_enforce_bounds_lengths_and_patterns() {
    for version in ["2.0", "3.0.3", "3.1.0"] {
        check(
            version,
            &[
                ("{type: integer, minimum: 1, maximum: 1000}", PROVEN, PROVEN),
                ("{type: integer, minimum: 0}", PROVEN, PROVEN),
                ("{type: integer, maximum: 1.0e+15}", PROVEN, PROVEN),
                (
                    "{type: number, minimum: 0.5, maximum: 9.99}",
                    PROVEN,
                    PROVEN,
                ),
                // A larger integer is rounded to the bound when it is decoded.
                (
                    "{type: number, maximum: 9007199254740992}",
                    "maximum",
                    "maximum",
                ),
                (
                    "{type: number, format: float, maximum: 3.5}",
                    "format",
                    "format",
                ),
                ("{type: integer, multipleOf: 1}", PROVEN, PROVEN),
                ("{type: integer, multipleOf: 5}", PROVEN, PROVEN),
                ("{type: integer, multipleOf: 2.5}", PROVEN, PROVEN),
                ("{type: number, multipleOf: 0.5}", PROVEN, PROVEN),
                (
                    "{type: string, minLength: 1, maxLength: 64}",
                    PROVEN,
                    PROVEN,
                ),
                ("{type: string, pattern: '^[a-z]+$'}", PROVEN, PROVEN),
                ("{type: string, pattern: '^(?=a)b'}", PROVEN, PROVEN),
                // It can be matched by backtracking alone.
                (r"{type: string, pattern: '(a)\1'}", "pattern", "pattern"),
                (
                    "{type: array, minItems: 1, items: {type: string}}",
                    PROVEN,
                    PROVEN,
                ),
            ],
        );
    }
    let exclusive = "{type: number, minimum: 0, exclusiveMinimum: true}";
    check("3.0.3", &[(exclusive, PROVEN, PROVEN)]);
    check(
        "3.1.0",
        &[("{type: number, exclusiveMinimum: 0}", PROVEN, PROVEN)],
    );
}

#[test]
fn rules_count_wherever_values_are() {
    let other = "{$ref: '#/components/schemas/Other'}";
    for part in [
        other,
        "{type: string, maxLength: 3}",
        "{type: integer, multipleOf: 5}",
    ] {
        let list = |schema: &str| format!("{{type: array, items: {schema}}}");
        let map = |schema: &str| format!("{{type: object, additionalProperties: {schema}}}");
        for schema in [
            part.to_owned(),
            list(part),
            list(&list(&list(part))),
            map(part),
            list(&map(part)),
            part.replace("{type", "{nullable: true, type"),
            list(&part.replace("{type", "{nullable: true, type")),
        ] {
            check("3.0.3", &[(&schema, PROVEN, PROVEN)]);
            let case = format!(
                "  Case: {schema}\n  Other: {{type: object, properties: {{a: {{type: string, maxLength: 3}}}}}}"
            );
            assert_eq!(gaps("3.0.3", &case), [PROVEN, PROVEN], "{schema}");
        }
        let tuple =
            format!("{{type: array, prefixItems: [{part}, {part}], items: false, minItems: 2}}");
        check("3.1.0", &[(&tuple, PROVEN, PROVEN)]);
    }
    let nullable = "{type: array, items: {type: object, nullable: true, properties: {a: {type: string, maxLength: 3}}}}";
    check("3.0.3", &[(nullable, PROVEN, PROVEN)]);
    // A list of lists that may hold itself.
    let own = "{type: array, maxItems: 3, items: {$ref: '#/components/schemas/Case'}}";
    assert_eq!(gaps("3.0.3", &format!("  Case: {own}")), [PROVEN, PROVEN]);
    // A struct that keeps what the spec does not name.
    let rest = "{type: object, properties: {a: {type: string}}, additionalProperties: {type: integer, maximum: 3}}";
    check("3.0.3", &[(rest, PROVEN, PROVEN)]);
}

#[test]
fn lists_sets_and_tuples_enforce_their_keywords() {
    let set = "{type: array, uniqueItems: true, items: {type: string}}";
    check("3.0.3", &[(set, PROVEN, PROVEN)]);
    let list = "{type: array, uniqueItems: true, items: {type: number}}";
    check("3.0.3", &[(list, PROVEN, PROVEN)]);
    // Moments that are written alike may have been different.
    let moments = "{type: array, uniqueItems: true, items: {type: string, format: date-time}}";
    check("3.0.3", &[(moments, "uniqueItems", PROVEN)]);
    let tuple =
        "{type: array, prefixItems: [{type: string}, {type: integer}], items: false, minItems: 2}";
    check("3.1.0", &[(tuple, PROVEN, PROVEN)]);
    let open = "{type: array, prefixItems: [{type: string}], items: {type: integer}}";
    check("3.1.0", &[(open, PROVEN, PROVEN)]);
    let contains = "{type: array, items: {type: integer}, contains: {const: 1}}";
    check("3.1.0", &[(contains, PROVEN, PROVEN)]);
}

#[test]
fn structs_and_maps_enforce_their_keywords() {
    check(
        "3.0.3",
        &[
            (
                "{type: object, additionalProperties: false, properties: {a: {type: string}}}",
                PROVEN,
                PROVEN,
            ),
            (
                "{type: object, additionalProperties: {type: integer}}",
                PROVEN,
                PROVEN,
            ),
            (
                "{type: object, additionalProperties: true, required: [a], properties: {a: {type: string}}}",
                PROVEN,
                PROVEN,
            ),
            // No additional member may be written in the place of one that is absent.
            (
                "{type: object, additionalProperties: true, properties: {a: {type: string}}}",
                PROVEN,
                PROVEN,
            ),
            (
                "{type: object, additionalProperties: {type: string, format: date}, required: [a], properties: {a: {type: string, format: date}}}",
                "additionalProperties",
                PROVEN,
            ),
            (
                "{type: object, maxProperties: 1, properties: {a: {type: string}, b: {type: string}}}",
                PROVEN,
                PROVEN,
            ),
            (
                "{allOf: [{$ref: '#/components/schemas/Other'}, {type: object, properties: {b: {type: integer}}}]}",
                PROVEN,
                PROVEN,
            ),
            (
                "{allOf: [{$ref: '#/components/schemas/Other'}, {type: object, additionalProperties: false, properties: {b: {type: integer}}}]}",
                "false",
                "false",
            ),
            ("{not: {type: string}}", PROVEN, PROVEN),
        ],
    );
    let pattern =
        "{type: object, patternProperties: {'^a': {type: integer}}, additionalProperties: false}";
    check("3.1.0", &[(pattern, PROVEN, PROVEN)]);
}

#[test]
fn null_absence_and_defaults_are_enforced() {
    check(
        "3.0.3",
        &[
            ("{type: string, nullable: true}", PROVEN, PROVEN),
            (
                "{type: string, nullable: true, enum: [a, null]}",
                PROVEN,
                PROVEN,
            ),
            (
                "{type: object, properties: {a: {type: string, nullable: true}, b: {type: string}, c: {type: string, default: x}}}",
                PROVEN,
                PROVEN,
            ),
            (
                "{nullable: true, allOf: [{$ref: '#/components/schemas/Other'}]}",
                PROVEN,
                PROVEN,
            ),
        ],
    );
    check("3.1.0", &[("{type: [string, 'null']}", PROVEN, PROVEN)]);
    let either = "{oneOf: [{type: 'null'}, {$ref: '#/components/schemas/Other'}]}";
    check("3.1.0", &[(either, PROVEN, PROVEN)]);
}

#[test]
fn unions_enforce_their_branches() {
    let scalars = "{oneOf: [{type: string}, {type: integer}]}";
    check("3.0.3", &[(scalars, PROVEN, PROVEN)]);
    let any = "{anyOf: [{type: object, required: [a], properties: {a: {type: string}}}, {type: object, required: [b], properties: {b: {type: string}}}]}";
    check("3.0.3", &[(any, PROVEN, PROVEN)]);
    // An object may have both members: the server refuses to write one.
    let one = any.replace("anyOf", "oneOf");
    check("3.0.3", &[(&one, PROVEN, PROVEN)]);
    let closed = one.replace(
        "type: object,",
        "type: object, additionalProperties: false,",
    );
    check("3.0.3", &[(&closed, PROVEN, PROVEN)]);
    let named = "{oneOf: [{type: object, required: [kind], properties: {kind: {type: string, enum: [a]}}}, {type: object, required: [kind], properties: {kind: {type: string, enum: [b]}}}]}";
    check("3.0.3", &[(named, PROVEN, PROVEN)]);
}

#[test]
fn a_discriminator_is_enforced_by_an_enum_of_names() {
    let pets = |kinds: [&str; 2]| {
        let pet = |name: &str, kind: &str| {
            format!(
                "  {name}: {{type: object, required: [kind], properties: {{kind: {{type: string{kind}}}}}}}\n"
            )
        };
        let union = "  Case: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind}}\n";
        format!("{}{}{union}", pet("Cat", kinds[0]), pet("Dog", kinds[1]))
    };
    let listed = gaps("3.0.3", &pets([", enum: [Cat]", ", enum: [Dog]"]));
    assert_eq!(listed, [PROVEN, PROVEN]);
    // A rule keeps a `Cat` from calling itself `Dog`.
    assert_eq!(gaps("3.0.3", &pets(["", ""])), [PROVEN, PROVEN]);
}

#[test]
fn an_subtype_by_itself_calls_itself_by_its_own_name() {
    let family = |kind: &str| {
        format!(
            "  Case: {{allOf: [{{$ref: '#/components/schemas/Pet'}}, {{type: object, required: [lives], properties: {{lives: {{type: integer}}}}}}]}}\n  \
             Dog: {{allOf: [{{$ref: '#/components/schemas/Pet'}}, {{type: object, required: [tail], properties: {{tail: {{type: string}}}}}}]}}\n  \
             Pet: {{type: object, required: [kind], properties: {{kind: {kind}}}, discriminator: {{propertyName: kind}}}}"
        )
    };
    assert_eq!(gaps("3.0.3", &family("{type: string}")), [PROVEN, PROVEN]);
    // A number is no name, and no rule is for it.
    let number = gaps("3.0.3", &family("{type: integer}"));
    assert_eq!(number, ["discriminator", "discriminator"]);
}

#[test]
fn views_and_types_that_hold_themselves_are_proven() {
    let views = "
  Case: {type: object, required: [id, name], properties: {id: {type: integer, readOnly: true}, name: {type: string}, secret: {type: string, writeOnly: true}, parent: {$ref: '#/components/schemas/Case'}}}";
    assert_eq!(gaps("3.0.3", views), [PROVEN, PROVEN]);
    let given = "
  Case: {type: object, properties: {a: {type: string, x-rust-type: 'std::net::IpAddr'}}}";
    assert_eq!(gaps("3.0.3", given), ["x-rust-type", "x-rust-type"]);
}

#[test]
fn a_whole_list_is_counted() {
    let list = "  Case: {type: array, minItems: 1, maxItems: 3, items: {type: integer}}";
    for version in ["2.0", "3.0.3", "3.1.0"] {
        assert_eq!(gaps(version, list), [PROVEN, PROVEN]);
    }
}

#[test]
fn a_keyword_beside_a_reference_counts_for_null() {
    let schemas = |beside: &str| {
        format!(
            "  Case: {{type: object, required: [it], properties: {{it: {{anyOf: [{{type: 'null'}}, {{$ref: '#/components/schemas/Other'}}]{beside}}}}}}}\n  Other: {{type: object}}"
        )
    };
    assert_eq!(gaps("3.1.0", &schemas("")), [PROVEN, PROVEN]);
    assert_eq!(
        gaps("3.1.0", &schemas(", not: {type: 'null'}")),
        ["not", "not"]
    );
}

#[test]
fn an_application_that_chooses_a_status_may_choose_that_of_another_type() {
    let response = |schema: &str| {
        format!(
            "{{description: It, content: {{application/json: {{schema: {{type: {schema}}}}}}}}}"
        )
    };
    let proven = |status: &str| {
        let (one, other) = (response("string"), response("integer"));
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: Cases, version: '1'}}\npaths:\n /cases:\n  get:\n   operationId: read\n   responses:\n    '200': {one}\n    {status}: {other}\n"
        );
        let bodies = read(&text);
        bodies
            .iter()
            .map(|body| body.proof.is_ok())
            .collect::<Vec<_>>()
    };
    assert_eq!(proven("'201'"), [true, true]);
    assert_eq!(proven("2XX"), [false, false]);
}

#[test]
fn a_keyword_that_the_proof_does_not_know_makes_it_fail() {
    for schema in [
        "{type: object, properties: {a: {type: string}}, unevaluatedProperties: false}",
        "{type: string, if: {$ref: '#/components/schemas/Other'}, then: {maxLength: 3}}",
        "{type: object, properties: {a: {type: string}}, not: {properties: {a: {$ref: '#/components/schemas/Other'}}}}",
    ] {
        let found = gaps(
            "3.1.0",
            &format!(
                "  Case: {{type: object, required: [it], properties: {{it: {schema}}}}}\n  Other: {{type: string, minLength: 2}}"
            ),
        );
        assert!(found.iter().all(|gap| gap != PROVEN), "{schema}: {found:?}");
    }
}

#[test]
fn keywords_without_a_rule_of_their_own_are_enforced_by_a_schema_of_theirs() {
    let named = "properties: {a: {type: string}, b: {type: integer}}";
    for schema in [
        format!("{{type: object, dependentRequired: {{a: [b]}}, {named}}}"),
        format!("{{type: object, minProperties: 1, {named}}}"),
        format!("{{type: object, not: {{required: [a, b]}}, {named}}}"),
        "{type: object, additionalProperties: {type: string}, propertyNames: {maxLength: 3}}"
            .to_owned(),
        "{type: array, items: {type: integer}, maxContains: 1, contains: {const: 1}}".to_owned(),
        "{type: string, if: {minLength: 2}, then: {maxLength: 3}}".to_owned(),
        "{type: [string, integer], maxLength: 3, maximum: 9}".to_owned(),
        "{const: {a: 1}}".to_owned(),
    ] {
        check("3.1.0", &[(&schema, PROVEN, PROVEN)]);
        let case = format!("  Case: {schema}");
        assert_eq!(gaps("3.1.0", &case), [PROVEN, PROVEN], "{schema}");
    }
    // What is decoded may be something else than what was received.
    let filled = "{type: object, minProperties: 1, properties: {a: {type: string, default: x}}}";
    check("3.1.0", &[(filled, "minProperties", PROVEN)]);
    let moment =
        "{type: object, not: {required: [a]}, properties: {a: {type: string, format: date-time}}}";
    check("3.1.0", &[(moment, "not", PROVEN)]);
}
