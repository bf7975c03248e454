//! The Rust types of schemas that are joined with others, and of lists and maps that hold themselves.

use serde_json::{Value, json};

use crate::types::{components, fields, item, names, variants};

/// Each member of `Case` with its schema and its type.
fn members_are(version: &str, components_text: &str, members: &[(&str, &str, &str)]) -> Value {
    let schemas: String = members
        .iter()
        .map(|(name, schema, _)| format!("\n    {name}: {schema}"))
        .collect();
    let facts = components(
        version,
        &format!("\n  Case:\n   type: object\n   properties:{schemas}{components_text}"),
    );
    let expected: Vec<_> = members
        .iter()
        .map(|(name, _, kind)| format!("{name}: {kind}"))
        .collect();
    assert_eq!(fields(&facts, "Case"), expected, "{version}");
    facts
}

const SCALARS: &str = "
  Name: {type: string, minLength: 1}
  Count: {type: integer, minimum: 0}
  Rate: {type: number}
  Id: {type: string, format: uuid}
  Maybe: {type: string, nullable: true}
  Flag: {type: boolean}
  Names: {type: array, items: {$ref: '#/components/schemas/Name'}}
  Color: {type: string, enum: [red, green, blue], x-enum-varnames: [Rot, Gruen, Blau]}
  Warm: {type: string, enum: [red, orange]}
  Level: {type: integer, enum: [1, 2, 3]}
  Chosen: {type: string, x-rust-type: Box<str>}";

#[test]
fn scalars_that_are_joined_are_one_scalar() {
    let facts = members_are(
        "3.0.3",
        SCALARS,
        &[
            (
                "short",
                "{allOf: [{$ref: '#/components/schemas/Name'}, {maxLength: 5}]}",
                "Option<String>",
            ),
            (
                "byte",
                "{allOf: [{$ref: '#/components/schemas/Count'}, {maximum: 255}]}",
                "Option<u8>",
            ),
            (
                "int",
                "{allOf: [{$ref: '#/components/schemas/Count'}, {format: int32}, {maximum: 99999, exclusiveMaximum: true}]}",
                "Option<u32>",
            ),
            (
                "whole",
                "{allOf: [{$ref: '#/components/schemas/Rate'}, {type: integer, minimum: -1}, {maximum: 9}]}",
                "Option<i8>",
            ),
            (
                "rate",
                "{allOf: [{$ref: '#/components/schemas/Rate'}, {minimum: 0.5}]}",
                "Option<f64>",
            ),
            (
                "id",
                "{type: string, allOf: [{$ref: '#/components/schemas/Id'}]}",
                "Option<Uuid>",
            ),
            (
                "long",
                "{allOf: [{$ref: '#/components/schemas/Id'}, {minLength: 36}]}",
                "Option<String>",
            ),
            (
                "maybe",
                "{allOf: [{$ref: '#/components/schemas/Maybe'}, {maxLength: 5}]}",
                "Field<String>",
            ),
            (
                "certain",
                "{type: string, allOf: [{$ref: '#/components/schemas/Maybe'}]}",
                "Option<String>",
            ),
            (
                "flag",
                "{allOf: [{$ref: '#/components/schemas/Flag'}, {description: On or off.}]}",
                "Option<bool>",
            ),
            (
                "few",
                "{allOf: [{$ref: '#/components/schemas/Names'}, {maxItems: 5}]}",
                "Option<Vec<String>>",
            ),
            (
                "chosen",
                "{allOf: [{$ref: '#/components/schemas/Chosen'}, {maxLength: 5}]}",
                "Option<Box<str>>",
            ),
            (
                "nothing",
                "{nullable: true, allOf: [{$ref: '#/components/schemas/Count'}, {maximum: 9}]}",
                "Field<u8>",
            ),
            (
                "own",
                "{type: integer, minimum: 0, allOf: [{maximum: 9}]}",
                "Option<u8>",
            ),
        ],
    );
    assert_eq!(names(&facts), ["Case"]);
}

#[test]
fn enums_that_are_joined_have_the_values_of_both() {
    let facts = members_are(
        "3.0.3",
        SCALARS,
        &[
            (
                "same",
                "{allOf: [{$ref: '#/components/schemas/Color'}, {maxLength: 5}]}",
                "Option<Color>",
            ),
            (
                "named",
                "{allOf: [{$ref: '#/components/schemas/Color'}, {type: string, enum: [red, blue]}]}",
                "Option<CaseNamed>",
            ),
            (
                "both",
                "{allOf: [{$ref: '#/components/schemas/Color'}, {$ref: '#/components/schemas/Warm'}]}",
                "Option<CaseBoth>",
            ),
            (
                "wide",
                "{type: string, enum: [red, orange, violet], allOf: [{$ref: '#/components/schemas/Warm'}]}",
                "Option<Warm>",
            ),
            (
                "level",
                "{nullable: true, allOf: [{$ref: '#/components/schemas/Level'}, {enum: [2, 3, 4]}]}",
                "Field<CaseLevel>",
            ),
            (
                "none",
                "{allOf: [{$ref: '#/components/schemas/Color'}, {enum: [black]}]}",
                "Option<String>",
            ),
        ],
    );
    let variants = |name: &str, kind: &str| {
        let variants = item(&facts, name)[kind]["variants"].as_array();
        let names = variants.into_iter().flatten();
        names
            .map(|it| it["name"].as_str().unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(variants("CaseNamed", "string_enum"), ["Rot", "Blau"]);
    assert_eq!(variants("CaseBoth", "string_enum"), ["Rot"]);
    assert_eq!(variants("CaseLevel", "integer_enum"), ["Value2", "Value3"]);
}

#[test]
fn a_reference_with_other_keywords_is_narrowed() {
    let schemas = SCALARS.replace("nullable: true", "minLength: 0");
    let facts = members_are(
        "3.1.0",
        &schemas,
        &[
            (
                "byte",
                "{$ref: '#/components/schemas/Count', maximum: 255}",
                "Option<u8>",
            ),
            (
                "red",
                "{$ref: '#/components/schemas/Color', enum: [red]}",
                "Option<CaseRed>",
            ),
            (
                "only",
                "{$ref: '#/components/schemas/Color', const: red}",
                "Option<CaseOnly>",
            ),
            (
                "color",
                "{$ref: '#/components/schemas/Color', description: Any.}",
                "Option<Color>",
            ),
            (
                "case",
                "{$ref: '#/components/schemas/Case', type: object}",
                "Option<Box<Case>>",
            ),
            (
                "many",
                "{$ref: '#/components/schemas/Case', minProperties: 1}",
                "Option<Box<Case>>",
            ),
        ],
    );
    let only = &item(&facts, "CaseOnly")["string_enum"]["variants"];
    assert_eq!(only.as_array().map(Vec::len), Some(1));
}

#[test]
fn values_that_are_listed_have_their_type() {
    members_are(
        "3.1.0",
        "",
        &[
            ("flag", "{const: true}", "Option<bool>"),
            ("ratio", "{const: 0.5}", "Option<f64>"),
            ("word", "{enum: [a, b, null]}", "Field<CaseWord>"),
            ("number", "{enum: [1, 2]}", "Option<CaseNumber>"),
            ("some", "{enum: [1, 2.5]}", "Option<f64>"),
            ("mixed", "{enum: [1, a]}", "Option<Value>"),
            ("nothing", "{const: null}", "Option<Value>"),
            ("list", "{const: [1]}", "Option<Vec<Value>>"),
        ],
    );
}

const NODES: &str = "
  Node: {type: object, properties: {next: {type: object, description: The next., allOf: [{$ref: '#/components/schemas/Node'}]}}}
  Loose: {properties: {a: {type: string}}}
  Cat: {type: object, properties: {cat: {type: string}}}
  Pet: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Node'}]}
  Alias: {type: object, title: Another node, oneOf: [{$ref: '#/components/schemas/Node'}]}
  Empty: {type: object}
  Own: {x-rust-name: OwnNode, type: object, allOf: [{$ref: '#/components/schemas/Node'}]}";

#[test]
fn a_type_beside_one_reference_is_the_type_of_its_target() {
    for (version, null) in [("3.0.3", "nullable: true"), ("2.0", "x-nullable: true")] {
        let place = match version {
            "2.0" => "#/definitions/",
            _ => "#/components/schemas/",
        };
        let replaced = |text: &str| text.replace("#/components/schemas/", place);
        let case = |name, text: &str, kind| (name, replaced(text), kind);
        let mut members = vec![
            case(
                "own",
                "{allOf: [{$ref: '#/components/schemas/Own'}]}",
                "Option<OwnNode>",
            ),
            case(
                "all",
                "{type: object, allOf: [{$ref: '#/components/schemas/Node'}]}",
                "Option<Node>",
            ),
            case(
                "described",
                "{description: A., example: {}, allOf: [{$ref: '#/components/schemas/Node'}]}",
                "Option<Node>",
            ),
            case(
                "two",
                "{allOf: [{type: object}, {$ref: '#/components/schemas/Node'}, {$ref: '#/components/schemas/Empty'}]}",
                "Option<Node>",
            ),
            case(
                "strict",
                "{type: object, allOf: [{$ref: '#/components/schemas/Loose'}]}",
                "Option<Loose>",
            ),
            case(
                "loose",
                "{allOf: [{$ref: '#/components/schemas/Loose'}]}",
                "Option<Any<Loose>>",
            ),
            case(
                "null",
                &format!(
                    "{{type: object, {null}, allOf: [{{$ref: '#/components/schemas/Node'}}]}}"
                ),
                "Field<Node>",
            ),
            case(
                "list",
                "{type: array, items: {type: object, allOf: [{$ref: '#/components/schemas/Node'}]}}",
                "Option<Vec<Node>>",
            ),
            case(
                "map",
                "{type: object, allOf: [{$ref: '#/components/schemas/Empty'}]}",
                "Option<BTreeMap<String, Value>>",
            ),
            case(
                "more",
                "{type: object, allOf: [{$ref: '#/components/schemas/Node'}], required: [next]}",
                "Option<CaseMore>",
            ),
        ];
        if version != "2.0" {
            members.extend([
                case("one", "{type: object, oneOf: [{$ref: '#/components/schemas/Node'}]}", "Option<Node>"),
                case("any", "{nullable: true, type: object, anyOf: [{$ref: '#/components/schemas/Node'}]}", "Field<Node>"),
                case("alone", "{anyOf: [{$ref: '#/components/schemas/Node'}]}", "Option<Node>"),
                case("alias", "{$ref: '#/components/schemas/Alias'}", "Option<Node>"),
                case("pet", "{type: object, allOf: [{$ref: '#/components/schemas/Pet'}]}", "Option<Pet>"),
                case("inline", "{oneOf: [{type: object, properties: {a: {type: string}}}]}", "Option<CaseInline>"),
                case("text", "{oneOf: [{type: string}]}", "Option<String>"),
                case("named", "{oneOf: [{$ref: '#/components/schemas/Cat'}], properties: {b: {type: string}}}", "Option<CaseNamed>"),
            ]);
        }
        let members: Vec<_> = members
            .iter()
            .map(|(name, text, kind)| (*name, text.as_str(), *kind))
            .collect();
        let nodes = match version {
            "2.0" => NODES
                .lines()
                .filter(|line| !line.contains("oneOf"))
                .collect::<Vec<_>>()
                .join("\n"),
            _ => NODES.to_owned(),
        };
        let facts = members_are(version, &replaced(&nodes), &members);
        assert_eq!(fields(&facts, "Node")[0], "next: Option<Box<Node>>");
        assert_eq!(fields(&facts, "CaseMore"), ["next: Node"]);
        if version != "2.0" {
            assert_eq!(variants(&facts, "Pet"), ["Cat: Cat", "Node: Node"]);
            assert_eq!(
                fields(&facts, "CaseNamed"),
                ["cat: Option<String>", "b: Option<String>"]
            );
        }
    }
}

#[test]
fn a_list_or_a_map_that_holds_itself_has_a_name() {
    let schemas = "
  Case: {type: object, properties: {tree: {$ref: '#/definitions/Tree'}, list: {$ref: '#/definitions/List'}, names: {$ref: '#/definitions/Names'}, grid: {$ref: '#/definitions/Grid'}, maybe: {$ref: '#/definitions/Maybe'}, few: {$ref: '#/definitions/Few'}, free: {$ref: '#/definitions/Free'}}}
  Tree: {description: A tree., type: array, items: {$ref: '#/definitions/Tree'}}
  List: {type: array, items: {$ref: '#/definitions/Map'}}
  Map: {type: object, additionalProperties: {$ref: '#/definitions/List'}}
  Names: {type: array, items: {$ref: '#/definitions/Name'}}
  Name: {type: object, properties: {names: {$ref: '#/definitions/Names'}}}
  Grid: {type: array, items: {type: array, items: {$ref: '#/definitions/Grid'}}}
  Maybe: {type: array, x-nullable: true, items: {$ref: '#/definitions/Maybe'}}
  Few: {type: array, items: {allOf: [{$ref: '#/definitions/Few'}, {maxItems: 3}]}}
  Free: {type: object, additionalProperties: {type: object, allOf: [{$ref: '#/definitions/Free'}]}}";
    let facts = components("2.0", schemas);
    let expected = [
        "tree: Option<Tree>",
        "list: Option<List>",
        "names: Option<Vec<Name>>",
        "grid: Option<Grid>",
        "maybe: Field<Maybe>",
        "few: Option<Few>",
        "free: Option<Free>",
    ];
    assert_eq!(fields(&facts, "Case"), expected);
    for (name, kind) in [
        ("Tree", "Vec<Tree>"),
        ("List", "Vec<Map>"),
        ("Map", "BTreeMap<String, List>"),
        ("Grid", "Vec<Vec<Grid>>"),
        ("Maybe", "Vec<Option<Maybe>>"),
        ("Few", "Vec<Few>"),
        ("Free", "BTreeMap<String, Free>"),
    ] {
        let expected = json!({ "optional": true, "type": kind, "function": false });
        assert_eq!(item(&facts, name)["newtype"], expected, "{name}");
    }
    assert_eq!(item(&facts, "Tree")["docs"], json!(["A tree."]));

    let pair = "
  Case: {type: array, prefixItems: [{type: string}, {oneOf: [{type: 'null'}, {$ref: '#/components/schemas/Case'}]}], items: false, minItems: 2}";
    let facts = components("3.1.0", pair);
    let kind = &item(&facts, "Case")["newtype"]["type"];
    assert_eq!(kind, "Box<(String, Option<Case>)>");
}

#[test]
fn a_circle_has_its_types_wherever_it_is_entered() {
    let schemas = "
  Case: {type: object, properties: {child: {$ref: '#/components/schemas/Child'}, node: {$ref: '#/components/schemas/Node'}}}
  Child: {allOf: [{$ref: '#/components/schemas/Node'}, {type: object, properties: {age: {type: integer}}}]}
  Node:
   type: object
   properties:
    all: {type: array, items: {oneOf: [{$ref: '#/components/schemas/Node'}]}}
    named: {type: object, additionalProperties: {$ref: '#/components/schemas/Node'}}
    next: {type: object, allOf: [{$ref: '#/components/schemas/Node'}]}
    last: {nullable: true, allOf: [{$ref: '#/components/schemas/Node'}]}";
    let facts = components("3.0.3", schemas);
    let node = [
        "all: Option<Vec<Node>>",
        "named: Option<BTreeMap<String, Node>>",
        "next: Option<Box<Node>>",
        "last: Field<Box<Node>>",
    ];
    assert_eq!(fields(&facts, "Node"), node);
    let child = [
        "all: Option<Vec<Node>>",
        "named: Option<BTreeMap<String, Node>>",
        "next: Option<Node>",
        "last: Field<Node>",
        "age: Option<i64>",
    ];
    assert_eq!(fields(&facts, "Child"), child);
    assert_eq!(names(&facts), ["Case", "Child", "Node"]);
}
