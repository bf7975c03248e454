//! The Rust types that schemas become, as the templates read them.

use serde_json::{Value, json};
use spec_first_build::document::Document;
use spec_first_build::print::facts;
use spec_first_build::{Front, Model};

/// The facts of the document `text`.
fn read(text: &str) -> Value {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("swagger.yml");
    std::fs::write(&path, text).expect("the document is written");
    let document = Document::read(&path).expect("the document is right");
    let Front { api, contract, .. } = Front::new(&document).expect("the document is right");
    facts(&Model::new(&document, &api, &contract).expect("the names are distinct"))
}

/// The facts of the components `schemas`, of which the operation `save` takes and gives a `Case`.
pub fn components(version: &str, schemas: &str) -> Value {
    let (operation, place) = match version {
        "2.0" => (
            "parameters: [{name: case, in: body, required: true, schema: {$ref: '#/definitions/Case'}}]\n   \
             responses: {200: {description: It, schema: {$ref: '#/definitions/Case'}}}",
            "swagger: '2.0'\ndefinitions:",
        ),
        _ => (
            "requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Case'}}}}\n   \
             responses: {200: {description: It, content: {application/json: {schema: {$ref: '#/components/schemas/Case'}}}}}",
            "openapi: VERSION\ncomponents:\n schemas:",
        ),
    };
    let place = place.replace("VERSION", version);
    read(&format!(
        "info: {{title: Cases, version: '1'}}\npaths:\n /cases:\n  post:\n   operationId: save\n   {operation}\n{place}\n{schemas}\n"
    ))
}

/// The item `name`; null if there is none.
pub fn item<'f>(facts: &'f Value, name: &str) -> &'f Value {
    let mut items = facts["x-rs-types"].as_array().into_iter().flatten();
    items
        .find(|item| item["name"] == name)
        .unwrap_or(&Value::Null)
}

/// The names of all items, in their order.
pub fn names(facts: &Value) -> Vec<&str> {
    let items = facts["x-rs-types"].as_array().into_iter().flatten();
    items.filter_map(|item| item["name"].as_str()).collect()
}

/// The fields of the struct `name`, as `name: type`.
pub fn fields(facts: &Value, name: &str) -> Vec<String> {
    let fields = item(facts, name)["struct"]["fields"].as_array();
    pairs(fields.unwrap_or_else(|| panic!("{name} is no struct: {:?}", names(facts))))
}

/// The variants of the union `name`, as `name: type`.
pub fn variants(facts: &Value, name: &str) -> Vec<String> {
    let branches = item(facts, name)["union"]["branches"].as_array();
    pairs(branches.unwrap_or_else(|| panic!("{name} is no union: {:?}", names(facts))))
}

fn pairs(list: &[Value]) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let pairs = list.iter();
    pairs
        .map(|it| format!("{}: {}", text(&it["name"]), text(&it["type"])))
        .collect()
}

const PETS: &str = "
  Case: {type: object, required: [pet], properties: {pet: {$ref: '#/definitions/Pet'}, dog: {$ref: '#/definitions/Dog'}}}
  Pet: {type: object, discriminator: petType, required: [petType], properties: {petType: {type: string}, friend: {$ref: '#/definitions/Pet'}}}
  Cat: {allOf: [{$ref: '#/definitions/Pet'}, {type: object, properties: {lives: {type: integer}}}], x-ms-discriminator-value: cat}
  Dog: {allOf: [{$ref: '#/definitions/Pet'}], properties: {size: {type: string}}}
  Puppy: {allOf: [{$ref: '#/definitions/Dog'}, {type: object, required: [weeks], properties: {weeks: {type: integer}}}]}";

#[test]
fn a_base_is_an_enum_of_its_subtypes_and_itself() {
    let facts = components("2.0", PETS);
    assert_eq!(fields(&facts, "Case"), ["pet: Pet", "dog: Option<Dog>"]);
    assert_eq!(
        variants(&facts, "Pet"),
        ["Cat: Cat", "Dog: DogBase", "Puppy: Puppy", "Base: PetBase"]
    );
    assert_eq!(
        item(&facts, "Pet")["union"]["named"],
        json!({
            "property": "\"petType\"",
            "subtypes": [
                { "names": "\"cat\" | \"Cat\"", "name": "Cat" },
                { "names": "\"Dog\"", "name": "Dog" },
                { "names": "\"Puppy\"", "name": "Puppy" },
            ],
            "base": "Base",
        })
    );
    assert_eq!(variants(&facts, "Dog"), ["Puppy: Puppy", "Base: DogBase"]);
    let base = ["pet_type: String", "friend: Option<Box<Pet>>"];
    assert_eq!(fields(&facts, "PetBase"), base);
    let weeks = [
        "pet_type: String",
        "friend: Option<Box<Pet>>",
        "size: Option<String>",
        "weeks: i64",
    ];
    assert_eq!(fields(&facts, "Puppy"), weeks);
}

#[test]
fn a_base_that_lists_its_subtypes_alone_is_none_itself() {
    let schemas = "
  Case:
   type: object
   required: [kind]
   properties: {kind: {type: string, enum: [card, cash]}}
   discriminator: {propertyName: kind, mapping: {card: Card, cash: '#/components/schemas/Cash'}}
  Card: {allOf: [{$ref: '#/components/schemas/Case'}, {required: [number], properties: {number: {type: string}}}]}
  Cash: {allOf: [{$ref: '#/components/schemas/Case'}]}";
    for version in ["3.0.3", "3.1.0"] {
        let facts = components(version, schemas);
        assert_eq!(variants(&facts, "Case"), ["Card: Card", "Cash: Cash"]);
        assert_eq!(item(&facts, "Case")["union"]["named"]["base"], false);
        let named = &item(&facts, "Case")["union"]["named"]["subtypes"][0]["names"];
        assert_eq!(named, "\"card\" | \"Card\"");
    }
}

#[test]
fn a_value_that_is_like_the_name_of_an_subtype_names_it() {
    let schemas = "
  Case: {type: object, discriminator: kind, required: [kind], properties: {kind: {type: string, enum: [cat, small-dog, bird]}}}
  Cat: {allOf: [{$ref: '#/definitions/Case'}, {type: object, properties: {lives: {type: integer}}}]}
  SmallDog: {allOf: [{$ref: '#/definitions/Case'}, {type: object, properties: {size: {type: integer}}}]}";
    let facts = components("2.0", schemas);
    assert_eq!(
        item(&facts, "Case")["union"]["named"],
        json!({
            "property": "\"kind\"",
            "subtypes": [
                { "names": "\"Cat\" | \"cat\"", "name": "Cat" },
                { "names": "\"SmallDog\" | \"small-dog\"", "name": "SmallDog" },
            ],
            "base": "Base",
        })
    );
    // What `bird` means is not known, so nothing of it is lost.
    let base = ["kind: CaseKind", "additional: BTreeMap<String, Value>"];
    assert_eq!(fields(&facts, "CaseBase"), base);

    let facts = components("2.0", &schemas.replace(", bird", ""));
    let subtypes = ["Cat: Cat", "SmallDog: SmallDog"];
    assert_eq!(variants(&facts, "Case"), subtypes);
}

#[test]
fn a_value_that_is_like_the_names_of_two_subtypes_names_none() {
    let schemas = "
  Case: {type: object, discriminator: kind, required: [kind], properties: {kind: {type: string, enum: [a-b, AB]}}}
  AB: {allOf: [{$ref: '#/definitions/Case'}]}
  A_B: {allOf: [{$ref: '#/definitions/Case'}]}";
    let facts = components("2.0", schemas);
    let named = &item(&facts, "Case")["union"]["named"]["subtypes"];
    assert_eq!(named[0]["names"], "\"AB\"");
    assert_eq!(named[1]["names"], "\"A_B\"");
    let base = ["kind: CaseKind", "additional: BTreeMap<String, Value>"];
    assert_eq!(fields(&facts, "CaseBase"), base);
}

#[test]
fn a_base_without_a_discriminator_or_without_subtypes_is_a_struct() {
    let without = PETS.replace("discriminator: petType, ", "");
    let facts = components("2.0", &without);
    assert_eq!(
        fields(&facts, "Pet"),
        ["pet_type: String", "friend: Option<Box<Pet>>"]
    );
    assert!(!names(&facts).contains(&"Cat"));

    let alone = "\n  Case: {type: object, discriminator: kind, required: [kind], properties: {kind: {type: string}}}";
    assert_eq!(fields(&components("2.0", alone), "Case"), ["kind: String"]);
}

#[test]
fn what_is_required_is_an_argument_and_the_rest_has_a_default() {
    let schemas = "
  Case:
   type: object
   required: [id, name]
   properties:
    id: {type: integer}
    note: {type: string}
    count: {type: integer, format: int32, default: 7}
    name: {type: string}
    loose: {$ref: '#/definitions/Loose'}
    counted: {$ref: '#/definitions/Counted'}
  Loose: {type: object, properties: {note: {type: string}}, additionalProperties: {type: string}}
  Counted: {type: object, properties: {count: {type: integer, default: 7}, note: {type: string}}}";
    let facts = components("2.0", schemas);
    let new = &item(&facts, "Case")["struct"]["new"];
    assert_eq!(
        pairs(new["arguments"].as_array().expect("arguments")),
        ["id: i64", "name: String"]
    );
    let fields = new["fields"].as_array().expect("fields").iter();
    let values: Vec<_> = fields.map(|field| field["value"].as_str()).collect();
    let count = Some("case_count_default()");
    assert_eq!(
        values,
        [None, Some("None"), count, None, Some("None"), Some("None")]
    );

    let loose = &item(&facts, "Loose")["struct"];
    assert_eq!(
        [&loose["optional"], &loose["new"], &loose["default"]],
        [true, false, false]
    );
    let counted = &item(&facts, "Counted")["struct"];
    assert_eq!([&counted["optional"], &counted["new"]], [false, false]);
    let values = counted["default"]["fields"]
        .as_array()
        .expect("fields")
        .iter();
    let values: Vec<_> = values.map(|field| field["value"].as_str()).collect();
    assert_eq!(values, [Some("counted_count_default()"), Some("None")]);
}

#[test]
fn more_than_seven_required_members_are_a_struct_of_their_own() {
    let schemas = "
  Case:
   type: object
   required: [a, b, c, d, e, f, g, h]
   properties:
    a: {type: string, description: The first.}
    b: {$ref: '#/definitions/Seven'}
    c: {$ref: '#/definitions/CaseRequired'}
    d: {type: integer}
    e: {type: integer}
    f: {type: integer}
    g: {type: integer}
    note: {type: string}
    count: {type: integer, default: 7}
  Seven:
   type: object
   required: [a, b, c, d, e, f, g]
   properties: {note: {type: string}}
  CaseRequired: {type: object, properties: {note: {type: string}}}";
    let facts = components("2.0", schemas);
    let new = &item(&facts, "Case")["struct"]["new"];
    assert_eq!(new["arguments"], json!([]));
    assert_eq!(new["required"]["name"], "CaseRequiredMembers");
    assert_eq!(new["required"]["owner"], "Case");
    assert_eq!(new["required"]["members"][0]["docs"], json!(["The first."]));
    assert_eq!(
        pairs(new["required"]["members"].as_array().expect("members")),
        [
            "a: String",
            "b: Seven",
            "c: CaseRequired",
            "d: i64",
            "e: i64",
            "f: i64",
            "g: i64",
            "h: Value"
        ]
    );
    let fields = new["fields"].as_array().expect("fields").iter();
    let values: Vec<_> = fields.filter_map(|field| field["value"].as_str()).collect();
    assert_eq!(values[0], "required.a");
    assert_eq!(values[7..], ["None", "case_count_default()", "required.h"]);

    let new = &item(&facts, "Seven")["struct"]["new"];
    assert_eq!(new["required"], false);
    assert_eq!(new["arguments"].as_array().map(Vec::len), Some(7));
}

#[test]
fn an_enum_is_named_after_the_component_that_holds_it() {
    let schemas = "
  Case: {type: object, properties: {paid: {$ref: '#/definitions/Paid'}, due: {$ref: '#/definitions/Due'}}}
  Paid: {allOf: [{$ref: '#/definitions/Bill'}, {properties: {by: {type: string, enum: [card]}}}]}
  Due: {allOf: [{$ref: '#/definitions/Bill'}]}
  Bill: {type: object, properties: {state: {type: string, enum: [new, old]}}}";
    let facts = components("2.0", schemas);
    let paid = ["state: Option<BillState>", "by: Option<PaidBy>"];
    assert_eq!(fields(&facts, "Paid"), paid);
    assert_eq!(fields(&facts, "Bill"), ["state: Option<BillState>"]);
}

#[test]
fn a_constant_is_an_enum_of_one_value() {
    let schemas = "
  Case:
   type: object
   required: [kind]
   properties:
    kind: {const: card}
    level: {type: integer, const: 2}
    ratio: {const: 0.5}";
    let facts = components("3.1.0", schemas);
    let expected = [
        "kind: CaseKind",
        "level: Option<CaseLevel>",
        "ratio: Option<f64>",
    ];
    assert_eq!(fields(&facts, "Case"), expected);
    let variants = &item(&facts, "CaseKind")["string_enum"]["variants"];
    assert_eq!(variants[0], json!({ "name": "Card", "rename": "\"card\"" }));
    let variants = &item(&facts, "CaseLevel")["integer_enum"]["variants"];
    assert_eq!(variants[0]["value"], "2");
}

#[test]
fn a_uuid_is_one_unless_its_text_matters() {
    let schemas = "
  Case:
   type: object
   required: [id]
   properties:
    id: {description: Which., type: string, format: uuid}
    parent: {$ref: '#/components/schemas/Id'}
    others: {type: array, uniqueItems: true, items: {$ref: '#/components/schemas/Id'}}
    long: {type: string, format: uuid, minLength: 36}
    lower: {type: string, format: uuid, pattern: '^[a-f0-9-]*$'}
    chosen: {type: string, format: uuid, enum: [123e4567-e89b-12d3-a456-426614174000]}
    open: {format: uuid}
    named: {type: object, additionalProperties: {type: string, format: uuid}}
  Id: {type: string, format: uuid, nullable: true}";
    let facts = components("3.0.3", schemas);
    let expected = [
        "id: Uuid",
        "parent: Field<Uuid>",
        "others: Option<Vec<Option<Uuid>>>",
        "long: Option<String>",
        "lower: Option<String>",
        "chosen: Option<CaseChosen>",
        "open: Option<Value>",
        "named: Option<BTreeMap<String, Uuid>>",
    ];
    assert_eq!(fields(&facts, "Case"), expected);
    let imports = facts["x-rs-types-imports"].to_string();
    assert!(imports.contains("uuid::Uuid"), "{imports}");
}

#[test]
fn signs_are_named_in_words() {
    let schemas = "
  Case: {type: object, properties: {is: {type: string, enum: ['≥', '≤', '=', '≠']}}}";
    let facts = components("2.0", schemas);
    let variants = item(&facts, "CaseIs")["string_enum"]["variants"].as_array();
    let names = variants.expect("an enum").iter();
    let names: Vec<_> = names
        .filter_map(|variant| variant["name"].as_str())
        .collect();
    assert_eq!(
        names,
        ["GreaterThanOrEqual", "LessThanOrEqual", "Equal", "NotEqual"]
    );
}

#[test]
fn arguments_are_those_of_the_path_the_query_the_headers_and_the_body() {
    let facts = read(
        "
swagger: '2.0'
info: {title: Cases, version: '1'}
paths:
 /a/{first}/{second}:
  parameters: [{name: second, in: path, required: true, type: string}]
  post:
   operationId: save
   parameters:
   - {name: body, in: body, schema: {type: object}}
   - {name: X-Head, in: header, type: string}
   - {name: late, in: query, type: string}
   - {name: first, in: path, required: true, type: string}
   - {name: early, in: query, required: true, type: string}
   responses: {200: {description: It}}
",
    );
    let method = &facts["paths"]["/a/{first}/{second}"]["post"]["x-rs-method"];
    let arguments = method["arguments"].as_array().expect("arguments").iter();
    let names: Vec<_> = arguments.filter_map(|it| it["name"].as_str()).collect();
    assert_eq!(
        names,
        ["first", "second", "late", "early", "x_head", "body"]
    );
}

/// The variants of the union `Case`, made of these branches.
fn branches(branches: &str) -> Vec<String> {
    let schemas = format!(
        "
  Named: {{type: object, properties: {{a: {{type: integer}}}}}}
  Case: {{oneOf: [{branches}]}}"
    );
    variants(&components("3.1.0", &schemas), "Case")
}

#[test]
fn an_inline_branch_is_named_by_what_distinguishes_it() {
    let kinds = "{type: object, properties: {kind: {enum: [card]}, number: {type: string}}}, \
                 {type: object, properties: {kind: {const: cash}, number: {type: string}}}";
    assert_eq!(branches(kinds), ["Card: CaseCard", "Cash: CaseCash"]);
    let titles = "{title: Post Box, type: object, properties: {kind: {const: a}}}, {type: object, properties: {kind: {const: b}}}";
    assert_eq!(branches(titles), ["PostBox: CasePostBox", "B: CaseB"]);
    let numbers = "{type: object, properties: {version: {const: 1}}}, {type: object, properties: {version: {enum: [2]}}}";
    assert_eq!(
        branches(numbers),
        ["Version1: CaseVersion1", "Version2: CaseVersion2"]
    );
    let required = "{type: object, required: [id, email], properties: {id: {type: integer}, email: {type: string}}}, \
                    {type: object, required: [id, phone], properties: {id: {type: integer}, phone: {type: string}}}";
    assert_eq!(branches(required), ["Email: CaseEmail", "Phone: CasePhone"]);
    let optional = "{type: object, properties: {id: {type: integer}, email: {type: string}}}, {type: object, properties: {id: {type: integer}}}";
    assert_eq!(
        branches(optional),
        ["Email: CaseEmail", "Object: CaseObject"]
    );
}

#[test]
fn a_branch_that_nothing_else_distinguishes_is_named_by_its_type() {
    let types = "{type: string}, {type: integer}, {type: boolean}, {type: array, items: {type: object, properties: {a: {type: string}}}}, \
                 {type: object, properties: {b: {type: string}}}, {$ref: '#/components/schemas/Named'}";
    assert_eq!(
        branches(types),
        [
            "Text: String",
            "Integer: i64",
            "Boolean: bool",
            "List: Vec<CaseListItem>",
            "B: CaseB",
            "Named: Named"
        ]
    );
    let same = "{title: Same, type: object, properties: {a: {type: string}}}, {title: Same, type: object, properties: {b: {type: string}}}";
    assert_eq!(branches(same), ["A: CaseA", "B: CaseB"]);
    let alike = "{type: object, properties: {a: {type: string}}}, {type: object, properties: {a: {type: integer}}}";
    assert_eq!(
        branches(alike),
        ["Object: CaseObject", "Object2: CaseObject2"]
    );
}

/// A document with these operations, in the module `shop`, each with its path.
fn operations(paths: &[&str]) -> Value {
    let paths = paths.concat();
    read(&format!(
        "
swagger: '2.0'
info: {{title: Cases, version: '1'}}
paths:{paths}
parameters:
 Sort: {{name: sort, in: query, type: string, enum: [up, down]}}
responses:
 Page: {{description: It, schema: {{type: object, properties: {{state: {{type: string, enum: [a, b]}}}}}}}}
definitions:
 Order:
  type: object
  properties:
   status: {{type: string, title: State, enum: [new, old]}}
   items: {{type: array, items: {{title: Item, type: object, properties: {{id: {{type: integer}}}}}}}}
   sizes: {{type: object, additionalProperties: {{type: object, properties: {{cm: {{type: integer}}}}}}}}
"
    ))
}

const ORDERS: &str = "
 /orders:
  parameters: [{name: depth, in: query, type: string, enum: [one, all]}]
  get:
   operationId: orders.list
   parameters: [{$ref: '#/parameters/Sort'}, {name: by, in: query, type: string, enum: [id, name]}]
   responses: {200: {description: It, schema: {type: array, items: {title: Entry, type: object, properties: {id: {type: integer}}}}}}
  post:
   operationId: createOrder
   parameters: [{name: order, in: body, schema: {type: object, title: Entry, properties: {order: {$ref: '#/definitions/Order'}}}}]
   responses: {200: {$ref: '#/responses/Page'}}";

const OTHERS: &str = "
 /others:
  get:
   operationId: others.list
   parameters: [{$ref: '#/parameters/Sort'}, {name: by, in: query, type: string, enum: [id]}]
   responses:
    200: {description: It, schema: {type: array, items: {title: Entry, type: object, properties: {other: {type: integer}}}}}
  post:
   operationId: others.createOrder
   parameters: [{name: body, in: body, schema: {$ref: '#/definitions/Order/properties/items/items'}}]
   responses: {200: {$ref: '#/responses/Page'}, 201: {description: It, schema: {$ref: '#/definitions/Order/properties/status'}}}";

#[test]
fn an_inline_schema_is_named_after_its_owner() {
    let facts = operations(&[ORDERS]);
    assert_eq!(
        names(&facts),
        [
            "OrdersDepth",
            "Sort",
            "OrdersListBy",
            "OrdersListResponseItem",
            "CreateOrderRequest",
            "Order",
            "OrderStatus",
            "OrderItem",
            "OrderSize",
            "PageResponse",
            "PageResponseState"
        ]
    );
}

#[test]
fn elements_of_lists_in_lists_are_named_after_the_component() {
    let schemas = "
  Pair: {type: array, items: {type: array, items: {anyOf: [{type: string}, {$ref: '#/components/schemas/Pair'}]}}}
  Case: {type: object, properties: {pair: {$ref: '#/components/schemas/Pair'}, rows: {type: array, items: {type: array, items: {type: object, properties: {a: {type: string}}}}}}}";
    let facts = components("3.0.3", schemas);
    assert_eq!(names(&facts), ["Case", "PairItem", "CaseRowItem"]);
}

#[test]
fn an_operation_in_front_renames_no_type() {
    let alone = operations(&[ORDERS]);
    let both = operations(&[OTHERS, ORDERS]);
    for item in alone["x-rs-types"].as_array().expect("types") {
        let name = item["name"].as_str().expect("a name");
        assert_eq!(item["struct"], self::item(&both, name)["struct"], "{name}");
    }
    assert_eq!(names(&both).len(), names(&alone).len() + 2);
    let method = |facts: &Value| {
        let method = facts["paths"]["/orders"]["get"]["x-rs-method"].clone();
        (method["arguments"].clone(), method["success"].clone())
    };
    assert_eq!(method(&alone), method(&both));
}

#[test]
fn members_beside_a_union_are_a_struct_with_an_enum() {
    for keyword in ["oneOf", "anyOf"] {
        let schemas = format!(
            "
  Case:
   type: object
   required: [id]
   properties: {{id: {{type: integer}}, note: {{type: string}}}}
   {keyword}:
   - {{type: object, required: [number], properties: {{number: {{type: string}}}}}}
   - {{$ref: '#/components/schemas/Cash'}}
  Cash: {{type: object, required: [coins], properties: {{coins: {{type: integer}}}}}}"
        );
        let facts = components("3.0.3", &schemas);
        assert_eq!(
            fields(&facts, "Case"),
            ["id: i64", "note: Option<String>", "variant: CaseVariant"]
        );
        let field = &item(&facts, "Case")["struct"]["fields"][2];
        assert_eq!(field["serde"]["arguments"][0]["flatten"], true);
        assert_eq!(
            variants(&facts, "CaseVariant"),
            ["Number: CaseNumber", "Cash: Cash"]
        );
        let rest = "additional: BTreeMap<String, Value>";
        assert_eq!(fields(&facts, "CaseNumber"), ["number: String", rest]);
        assert_eq!(fields(&facts, "Cash"), ["coins: i64", rest]);
        let new = &item(&facts, "Case")["struct"]["new"]["arguments"];
        assert_eq!(
            pairs(new.as_array().expect("arguments")),
            ["id: i64", "variant: CaseVariant"]
        );
    }
}

#[test]
fn a_member_that_a_branch_describes_too_belongs_to_the_branches() {
    let schemas = "
  Case:
   type: object
   required: [id, kind]
   properties: {id: {type: integer}, kind: {type: string}}
   oneOf:
   - {type: object, properties: {kind: {enum: [card]}, number: {type: string}}}
   - {type: object, properties: {kind: {enum: [cash]}}}
   - {$ref: '#/components/schemas/Gift'}
  Gift: {type: object, required: [code], properties: {code: {type: string}}}";
    let facts = components("3.0.3", schemas);
    assert_eq!(fields(&facts, "Case"), ["id: i64", "variant: CaseVariant"]);
    assert_eq!(
        variants(&facts, "CaseVariant"),
        ["Card: CaseCard", "Cash: CaseCash", "Gift: CaseGift"]
    );
    let rest = "additional: BTreeMap<String, Value>";
    assert_eq!(
        fields(&facts, "CaseCard"),
        ["kind: CaseCardKind", "number: Option<String>", rest]
    );
    assert_eq!(
        fields(&facts, "CaseGift"),
        ["code: String", "kind: String", rest]
    );
}

#[test]
fn members_that_requests_lack_are_dropped_by_the_branches() {
    let schemas = "
  Case:
   type: object
   required: [name]
   properties: {id: {type: integer, readOnly: true}, name: {type: string}}
   oneOf:
   - {type: object, required: [a], properties: {a: {type: string}, at: {type: integer, readOnly: true}}}
   - {$ref: '#/components/schemas/Other'}
  Other: {type: object, required: [b], properties: {b: {type: string}}}";
    let facts = components("3.0.3", schemas);
    let rest = "additional: BTreeMap<String, Value>";
    let request = ["name: String", "variant: CaseRequestVariant"];
    assert_eq!(fields(&facts, "CaseRequest"), request);
    assert_eq!(fields(&facts, "CaseRequestA"), ["a: String", rest]);
    assert_eq!(fields(&facts, "CaseRequestOther"), ["b: String", rest]);
    let response = ["id: Option<i64>", "name: String", "variant: CaseVariant"];
    assert_eq!(fields(&facts, "Case"), response);
    assert_eq!(
        fields(&facts, "CaseA"),
        ["a: String", "at: Option<i64>", rest]
    );
    assert_eq!(fields(&facts, "Other"), ["b: String", rest]);
}

#[test]
fn the_field_of_a_union_has_a_name_of_its_own() {
    let schemas = "
  Case:
   type: object
   properties: {id: {type: integer, x-rust-name: variant}}
   oneOf:
   - {type: object, required: [a], properties: {a: {type: string}}}
   - {type: object, required: [b], properties: {b: {type: string}}}";
    let facts = components("3.0.3", schemas);
    assert_eq!(
        fields(&facts, "Case"),
        ["variant: Option<i64>", "variant_2: CaseVariant2"]
    );
}

#[test]
fn branches_that_depend_on_other_members_leave_a_value() {
    for branch in [
        "additionalProperties: false",
        "minProperties: 2",
        "not: {required: [id]}",
    ] {
        let schemas = format!(
            "
  Case: {{type: object, properties: {{case: {{$ref: '#/components/schemas/Mixed'}}}}}}
  Mixed:
   type: object
   properties: {{id: {{type: integer}}}}
   oneOf:
   - {{type: object, properties: {{a: {{type: string}}}}, {branch}}}
   - {{type: object, properties: {{b: {{type: string}}}}}}"
        );
        let facts = components("3.0.3", &schemas);
        assert_eq!(fields(&facts, "Case"), ["case: Option<Value>"], "{branch}");
    }
}
