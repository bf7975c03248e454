//! Names that would harm a careless page, and names of all the world.

use serde_json::json;

use crate::answers::answer_with;
use crate::page::{FIRST_PEOPLE, Page};

/// First and last name: markup, what URLs are made of, scripts of both directions, emoji, the longest of all.
const NAMES: [(&str, &str); 14] = [
    ("<img src=x onerror=alert(1)>", "<script>alert(1)<br>"),
    ("\" onmouseover=\"alert(1)", "' OR 1=1 --"),
    ("${alert(1)} {{7*7}}", "javascript:alert(1)"),
    ("&lt;b&gt;", "&amp;"),
    ("a/b\\c", "..%2F..%2Fapi%2Fpeople"),
    ("100%", "%2F%2e%2e%"),
    ("a?b=c", "?length=1#top"),
    ("...", "..a.."),
    ("محمد", "عبد الله"),
    ("שלום", "כהן"),
    ("花子", "山田"),
    ("Зоя", "Ёлкина"),
    ("👩👦", "🦄🏳️"),
    ("𝔊𝔬𝔡𝔢𝔩𝔦𝔢𝔳𝔞", "spaces  kept"),
];

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn any_name_is_only_text_and_its_person_can_be_updated_and_deleted() {
    let page = Page::open();
    for (fname, lname) in FIRST_PEOPLE {
        page.submit("", lname, "#delete");
        page.shows("[role=status]", &format!("Deleted {fname} {lname}."));
    }
    for (fname, lname) in NAMES {
        page.submit(fname, lname, "#create");
        page.lists(&[(fname, lname)]);
        page.choose(1);
        page.holds(fname, lname);
        page.submit(lname, lname, "#update");
        page.lists(&[(lname, lname)]);
        page.submit(lname, lname, "#delete");
        page.lists(&[]);
    }
    page.until(
        "document.querySelectorAll('#people bdi *, [role] img, [role] b').length",
        json!(0),
    );
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn a_name_in_an_error_is_only_text() {
    let page = Page::open();
    page.submit("x", "<img src=x onerror=alert(1)>", "#delete");
    page.alerts(
        "Not deleted",
        "There is nobody with the last name “<img src=x onerror=alert(1)>”.",
    );
    page.close(&["404 /api/people/%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E"]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn names_of_64_characters_beyond_the_basic_plane_are_taken() {
    let page = Page::open();
    let (fname, lname) = ("🦄".repeat(64), "𝔐".repeat(64));
    page.submit(&fname, &lname, "#create");
    page.lists(&[
        ("Kent", "Brockman"),
        ("Bunny", "Easter"),
        ("Doug", "Farrell"),
        (&fname, &lname),
    ]);
    page.submit("", &lname, "#delete");
    page.lists(&FIRST_PEOPLE);
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn a_last_name_that_no_url_can_address_is_not_sent_even_where_the_spec_cannot_be_read() {
    let page = Page::open();
    page.browser.devtools("Network.enable", json!({}));
    let blocked = json!({ "urls": ["*/api/swagger.json"] });
    page.browser.devtools("Network.setBlockedURLs", blocked);
    page.browser.reload();
    page.lists(&FIRST_PEOPLE);
    for lname in [".", "..", "x/../Farrell", "..\\Farrell"] {
        let words = format!(
            "No address can name “{lname}”, so this person can only be changed in the database."
        );
        page.submit("Homer", lname, "#update");
        page.alerts("Not updated", &words);
        page.submit("Homer", lname, "#delete");
        page.alerts("Not deleted", &words);
    }
    page.lists(&FIRST_PEOPLE);
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn names_that_differ_look_different() {
    let page = Page::open();
    // What an older version of the server may have kept.
    let unseen = |code: &str| format!("<span class=\"unseen\" title=\"{code}\">{code}</span>");
    let names = [
        ("Farrell", "Farrell".to_owned()),
        ("Far\u{200b}rell", format!("Far{}rell", unseen("U+200B"))),
        ("Far\u{202e}rell", format!("Far{}rell", unseen("U+202E"))),
        ("Farrell ", format!("Farrell{}", unseen("U+0020"))),
        ("\u{3000}Farrell", format!("{}Farrell", unseen("U+3000"))),
        ("Far\u{a0}rell", format!("Far{}rell", unseen("U+00A0"))),
        ("Far\nrell", format!("Far{}rell", unseen("U+000A"))),
        ("Farrell\u{fe0f}", format!("Farrell{}", unseen("U+FE0F"))),
        (
            "F\u{430}rrell",
            "F<span class=\"alike\" title=\"Not Latin: U+0430\">\u{430}</span>rrell".to_owned(),
        ),
        ("Мария", "Мария".to_owned()),
        ("a  b", "a  b".to_owned()),
        ("🏳️👩\u{200d}👦", "🏳️👩\u{200d}👦".to_owned()),
    ];
    let list: Vec<_> = names
        .iter()
        .map(
            |(name, _)| json!({ "fname": name, "lname": name, "timestamp": "2026-11-28 00:00:00" }),
        )
        .collect();
    answer_with(
        &page,
        json!([200, "application/json", json!(list).to_string()]),
    );
    page.browser.run(
        "document.getElementById('search').form.requestSubmit()",
        json!([]),
    );
    let shown: Vec<_> = names.iter().map(|(_, html)| html).collect();
    for column in [1, 2] {
        let found = format!(
            "[...document.querySelectorAll('tbody td:nth-child({column}) bdi')].map(it => it.innerHTML.replaceAll('&nbsp;', '\u{a0}'))"
        );
        page.until(&found, json!(shown));
    }
    page.close(&[]);
}
