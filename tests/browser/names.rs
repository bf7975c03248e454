//! Names that would harm a careless page, and names of all the world.

use serde_json::json;

use crate::page::Page;

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
    for lname in ["Brockman", "Easter", "Farrell"] {
        page.submit("", lname, "#delete");
        page.shows("[role=status]", &format!("Deleted {lname}."));
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
        "404 Not Found",
        "Person with last name <img src=x onerror=alert(1)> not found",
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
    page.lists(&crate::page::FIRST_PEOPLE);
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn a_last_name_that_no_url_can_address_is_refused_and_marked() {
    let page = Page::open();
    for lname in [".", ".."] {
        let words = format!("No URL can address the last name “{lname}”, so nobody has it.");
        for button in ["#update", "#delete"] {
            page.click("#reset");
            page.submit("Homer", lname, button);
            page.alerts("Not sent", &words);
            page.blames(&[("lname", &words)]);
        }
        page.submit("Homer", lname, "#create");
        page.shows("[role=alert] strong", "400 Bad Request");
        page.until(
            "document.querySelector('#lname').ariaInvalid",
            json!("true"),
        );
    }
    page.close(&["400 /api/people", "400 /api/people"]);
}
