//! What the page shows when something is refused, unanswered or not even sent.

use serde_json::json;

use crate::answers::answer_with;
use crate::page::{FIRST_PEOPLE, Page};

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn an_unknown_last_name_is_told_and_the_fields_are_kept() {
    let page = Page::open();
    page.submit("Homer", "Simson", "#update");
    page.alerts(
        "Not updated",
        "There is nobody with the last name “Simson”.",
    );
    page.holds("Homer", "Simson");
    page.submit("Homer", "Farel", "#delete");
    page.alerts("Not deleted", "There is nobody with the last name “Farel”.");
    page.lists(&FIRST_PEOPLE);
    page.close(&["404 /api/people/Simson", "404 /api/people/Farel"]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn a_known_last_name_is_marked() {
    let page = Page::open();
    page.submit("Bart", "Farrell", "#create");
    page.alerts("Not created", "See the marked field.");
    page.blames(&[("lname", "Somebody has this last name already.")]);
    page.focuses("lname");
    page.lists(&FIRST_PEOPLE);
    page.close(&["409 /api/people"]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn names_that_the_spec_refuses_are_marked_in_its_words_and_not_sent() {
    let page = Page::open();
    let first = "A first name can't begin or end with a space, and can't contain line breaks, tabs or invisible characters.";
    let last = "A last name can't contain / or \\, can't be only dots, can't begin or end with a space (nor with dots and a \
                space), and can't contain line breaks, tabs or invisible characters.";
    for (fname, lname, faults) in [
        (" Homer", "Simpson", vec![("fname", first)]),
        ("Ho\u{200b}mer", "Simpson", vec![("fname", first)]),
        ("Homer", "Simp\u{202e}son", vec![("lname", last)]),
        (
            "Homer\u{a0}",
            "a/b",
            vec![("fname", first), ("lname", last)],
        ),
        ("Homer", "x/../Farrell", vec![("lname", last)]),
        ("Homer", "a\\b", vec![("lname", last)]),
        ("Homer", "..", vec![("lname", last)]),
        ("Homer", "Simpson .", vec![("lname", last)]),
    ] {
        page.submit(fname, lname, "#create");
        page.blames(&faults);
        page.alerts(
            "Not created",
            match faults.len() {
                1 => "See the marked field.",
                _ => "See the marked fields.",
            },
        );
        page.focuses(faults[0].0);
    }
    page.browser.insert("y");
    page.blames(&[]);
    page.lists(&FIRST_PEOPLE);
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn the_errors_of_a_400_are_told_by_keyword_and_bound() {
    let page = Page::open();
    let at = |name: &str, keyword: &str| {
        json!({
            "in": "body", "pointer": format!("/{name}"), "keyword": keyword, "detail": "\"x\" does not match \"^$\"",
            "schema": format!("/definitions/NewPerson/properties/{name}/{keyword}"),
        })
    };
    let without = json!({ "in": "body", "pointer": "/lname", "detail": "\"x\" is not kept" });
    let missing = json!({ "in": "body", "pointer": "", "keyword": "required", "detail": "\"lname\" is a required property" });
    let path = json!({
        "in": "path", "name": "lname", "keyword": "maxLength", "detail": "body at /lname",
        "schema": "/paths/~1people~1{lname}/put/parameters/0/maxLength",
    });
    let long =
        "A last name has at most 64 characters; this one has more, once its accents are separate.";
    for (errors, faults) in [
        (
            json!([at("fname", "pattern")]),
            vec![(
                "fname",
                "A first name can't begin or end with a space, and can't contain line breaks, tabs or invisible characters.",
            )],
        ),
        (json!([path]), vec![("lname", long)]),
        (json!([at("lname", "maxLength")]), vec![("lname", long)]),
        (
            json!([at("fname", "type"), without, at("lname", "pattern")]),
            vec![
                ("fname", "The server does not take this first name."),
                ("lname", "The server does not take this last name."),
            ],
        ),
        (json!([missing]), vec![("lname", "Enter a last name.")]),
    ] {
        let problem = json!({ "title": "Bad Request", "status": 400, "detail": "body at /fname", "errors": errors });
        let answer = json!([400, "application/problem+json", problem.to_string()]);
        answer_with(&page, answer);
        page.submit("Homer", "Simpson", "#create");
        page.blames(&faults);
    }
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn a_field_takes_as_much_as_the_spec_says_and_tells_what_it_leaves_out() {
    let page = Page::open();
    let limits = "['fname', 'lname', 'search'].map(id => document.getElementById(id).maxLength)";
    page.until(limits, json!([64, 64, 64]));
    let patterns = "fetch('api/swagger.json').then(it => it.json()).then(({ definitions: { NewPerson } }) => \
                    ['fname', 'lname'].map(id => document.getElementById(id).pattern === NewPerson.properties[id].pattern))";
    page.until(patterns, json!([true, true]));
    let cut = "Only the first 64 characters fit.";
    for letter in ["x", "🦄"] {
        page.fill(&letter.repeat(65), "Simpson");
        page.holds(&letter.repeat(64), "Simpson");
        page.blames(&[("fname", cut)]);
        page.fill(&letter.repeat(64), "Simpson");
        page.holds(&letter.repeat(64), "Simpson");
        page.blames(&[]);
    }
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn empty_names_are_not_sent() {
    let page = Page::open();
    let first = ("fname", "Enter a first name.");
    let last = ("lname", "Enter a last name.");
    for (fname, lname, button, title, faults) in [
        ("", "", "#create", "Not created", vec![first, last]),
        ("Homer", "", "#create", "Not created", vec![last]),
        (" ", "Simpson", "#create", "Not created", vec![first]),
        ("", "Farrell", "#update", "Not updated", vec![first]),
        ("Doug", "", "#delete", "Not deleted", vec![last]),
    ] {
        page.submit(fname, lname, button);
        page.shows("[role=alert] strong", title);
        page.blames(&faults);
    }
    page.lists(&FIRST_PEOPLE);
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn a_failure_can_be_dismissed() {
    let page = Page::open();
    page.submit("", "", "#delete");
    page.alerts("Not deleted", "See the marked field.");
    page.click("#dismiss");
    page.shows("[role=alert] *", "");
    page.shows("#dismiss", "");
    page.focuses("fname");
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn a_server_that_is_gone_is_reported_and_the_fields_are_kept() {
    let mut page = Page::open();
    page.server.kill();
    page.submit("Homer", "Simpson", "#create");
    page.alerts(
        "Not created",
        "The server can’t be reached. Check the connection, then try again.",
    );
    page.holds("Homer", "Simpson");
    page.until(
        "document.querySelector('#create').ariaDisabled",
        json!(null),
    );
    let lost = |path: &str| {
        format!(
            "{}{path} - Failed to load resource: net::ERR_CONNECTION_REFUSED",
            page.server.url
        )
    };
    let expected = [lost("api/people")];
    page.close(&expected.each_ref().map(String::as_str));
}
