//! Swagger UI: the files of its package, and three of ours that start it with the spec.

use actix_web::http::Uri;
use actix_web::http::header::{self, CONTENT_SECURITY_POLICY, HeaderName, HeaderValue};
use include_dir::{Dir, include_dir};

use super::assets::{Asset, media_type};
use crate::spec::document::About;

/// The package's files, each compressed.
static PACKAGE: Dir = include_dir!("$OUT_DIR/swagger-ui");

const INDEX: &str = include_str!("swagger_ui/index.html");
const START: &str = include_str!("swagger_ui/start.js");
const STYLE: &str = include_str!("swagger_ui/start.css");
/// What the index has above Swagger UI where there is a page, whose address is relative, so that it is right behind any proxy.
const LINK_BACK: &str = "    <nav class=\"back\"><a href=\"{page}\">← Back to the page</a></nav>\n";

/// Nothing from other hosts and nothing inline; `data:` holds the icons in Swagger UI's stylesheet. It asks authorization servers
/// for tokens.
fn policy(about: &About) -> HeaderValue {
    let urls = about.token_urls.iter();
    let mut origins: Vec<_> = urls.filter_map(|url| origin(url)).collect();
    origins.sort_unstable();
    origins.dedup();
    let connected = [&["'self'".to_owned()], origins.as_slice()]
        .concat()
        .join(" ");
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src {connected}; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    HeaderValue::try_from(policy).expect("an origin has letters, digits and `-._:[]` only")
}

/// Where the server at an address is, as a policy names it; none of a relative address, which is on this server.
fn origin(url: &str) -> Option<String> {
    let uri = url.parse::<Uri>().ok()?;
    let scheme = uri
        .scheme_str()
        .filter(|it| ["http", "https"].contains(it))?;
    let host = uri.host()?;
    let port = uri.port_u16().map(|port| format!(":{port}"));
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-._:[]".contains(letter);
    let origin = format!("{scheme}://{host}{}", port.unwrap_or_default());
    host.chars().all(is_plain).then_some(origin)
}

/// The headers of each file besides the policy.
const HEADERS: [(HeaderName, &str); 2] = [
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CROSS_ORIGIN_RESOURCE_POLICY, "same-origin"),
];

/// Of the document alone: the window of an authorization server, which its Authorize opens, has to reach the one that opened it,
/// and the file to which that server redirects may not have a policy at all.
const OPENER: [(HeaderName, &str); 1] = [(
    header::CROSS_ORIGIN_OPENER_POLICY,
    "same-origin-allow-popups",
)];

/// Swagger UI's files by name, for the API at this base path; with a link back to the page at `/`, if there is one.
pub fn files(
    about: &About,
    base_path: &str,
    has_page: bool,
) -> impl Iterator<Item = (&'static str, Asset)> + use<> {
    let package = PACKAGE.files().filter_map(|file| {
        let name = file.path().file_name()?.to_str()?.strip_suffix(".gz")?;
        Some((name, Asset::compressed(media_type(name), file.contents())))
    });
    let ours = [
        (
            "index.html",
            Asset::new(media_type("index.html"), index(about, base_path, has_page))
                .with_headers(&OPENER),
        ),
        ("start.css", Asset::new(media_type("start.css"), STYLE)),
        ("start.js", Asset::new(media_type("start.js"), START)),
    ];
    let policy = policy(about);
    package.chain(ours).map(move |(name, asset)| {
        let asset = asset.with_header_value(CONTENT_SECURITY_POLICY, policy.clone());
        (name, asset.with_headers(&HEADERS))
    })
}

fn index(about: &About, base_path: &str, has_page: bool) -> String {
    let link_back = if has_page { LINK_BACK } else { "" };
    let steps = base_path.matches('/').count() + 1;
    INDEX
        .replace("{link_back}", link_back)
        .replace("{page}", &"../".repeat(steps))
        .replace("{spec}", &about.file_name)
        .replace("{base_path}", &escaped(base_path))
        .replace("{token_urls}", &escaped(&about.token_urls.join(" ")))
        .replace("{title}", &escaped(&about.heading))
}

/// The text as HTML shows it, in an element or in a quoted attribute.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_names_the_servers_of_tokens() {
        let token_urls = [
            "https://ann:secret@login.test:8443/token?a",
            "https://login.test:8443/",
            "http://[::1]:9/.well-known/openid-configuration",
            "/token",
            "javascript:1",
            "https://a;script-src/",
            "https://a 'unsafe-inline'/",
        ];
        let about = About {
            token_urls: token_urls.map(str::to_owned).to_vec(),
            ..About::default()
        };
        let policy = policy(&about);
        let policy = policy.to_str().expect("it is text");
        let expected = "; connect-src 'self' http://[::1]:9 https://login.test:8443; base-uri";
        assert!(policy.contains(expected), "{policy}");
    }
}
