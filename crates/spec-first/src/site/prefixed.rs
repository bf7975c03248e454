//! The spec as clients of a proxy see it, which adds a prefix to all paths.

use std::sync::{Arc, Mutex, PoisonError};

use actix_web::web::Bytes;
use serde_json::{Value, json};

use super::assets::{Asset, gunzip};
use crate::forwarded::Prefix;

/// How many prefixes are remembered: a server is known under one or two.
const MOST: usize = 8;

/// The members of security schemes and their flows that are URLs.
const URLS: [&str; 6] = [
    "authorizationUrl",
    "deviceAuthorizationUrl",
    "oauth2MetadataUrl",
    "openIdConnectUrl",
    "refreshUrl",
    "tokenUrl",
];

/// A prefix, a media type, and the document with the prefix.
type Made = (Prefix, &'static str, Asset);

/// The document with each prefix that has been asked for.
#[derive(Clone)]
pub struct Prefixed {
    /// Compressed with gzip.
    json: &'static [u8],
    made: Arc<Mutex<Vec<Made>>>,
}

impl Prefixed {
    /// The document without a prefix, compressed with gzip.
    pub fn new(json: &'static [u8]) -> Self {
        Self {
            json,
            made: Arc::default(),
        }
    }

    /// The document whose servers and security schemes have the prefix, as JSON, which YAML contains (YAML 1.2.2, section 1.3).
    pub fn asset(&self, prefix: &Prefix, media_type: &'static str) -> Asset {
        // It is complete at any time, so a panic elsewhere does it no harm.
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let known = made.iter().find(|it| it.0 == *prefix && it.1 == media_type);
        if let Some((_, _, asset)) = known {
            return asset.clone();
        }
        let json = gunzip(self.json).unwrap_or_default();
        let json = with_prefix(&json, prefix.as_str());
        let asset = Asset::new(media_type, Bytes::from(json));
        if made.len() == MOST {
            made.remove(0);
        }
        made.push((prefix.clone(), media_type, asset.clone()));
        asset
    }
}

fn with_prefix(json: &[u8], prefix: &str) -> Vec<u8> {
    // The build has read it.
    let mut document: Value = serde_json::from_slice(json).unwrap_or_default();
    let Some(root) = document.as_object_mut() else {
        return json.to_owned();
    };
    if root.contains_key("swagger") {
        let base = root.get("basePath").and_then(Value::as_str);
        let base = base.unwrap_or_default().trim_end_matches('/');
        let base = format!("{prefix}{base}");
        root.insert("basePath".to_owned(), base.into());
        add_to_schemes(root.get_mut("securityDefinitions"), prefix);
    } else {
        // Without servers there is one at `/` (OpenAPI 3.1, section 4.8.1.1).
        let is_empty = root
            .get("servers")
            .is_none_or(|it| it.as_array().is_none_or(Vec::is_empty));
        if is_empty {
            root.insert("servers".to_owned(), json!([{ "url": "/" }]));
        }
        add_to_servers(root.get_mut("servers"), prefix);
        let paths = root.get_mut("paths").and_then(Value::as_object_mut);
        for path in paths.into_iter().flat_map(|paths| paths.values_mut()) {
            add_to_servers(path.get_mut("servers"), prefix);
            let operations = path
                .as_object_mut()
                .into_iter()
                .flat_map(|path| path.values_mut());
            for operation in operations {
                add_to_servers(operation.get_mut("servers"), prefix);
            }
        }
    }
    add_to_schemes(document.pointer_mut("/components/securitySchemes"), prefix);
    document.to_string().into_bytes()
}

fn add_to_servers(servers: Option<&mut Value>, prefix: &str) {
    let servers = servers.and_then(Value::as_array_mut);
    for server in servers.into_iter().flatten() {
        let Some(Value::String(url)) = server.get_mut("url") else {
            continue;
        };
        if is_path(url) {
            *url = format!("{prefix}{}", url.trim_end_matches('/'));
        }
    }
}

/// Swagger UI resolves these URLs by the server, or in Swagger 2.0 by its own address: a relative path has the prefix of that.
fn add_to_schemes(schemes: Option<&mut Value>, prefix: &str) {
    let schemes = schemes.and_then(Value::as_object_mut);
    for scheme in schemes.into_iter().flat_map(|it| it.values_mut()) {
        add_to_urls(scheme, prefix);
        let flows = scheme.get_mut("flows").and_then(Value::as_object_mut);
        for flow in flows.into_iter().flat_map(|it| it.values_mut()) {
            add_to_urls(flow, prefix);
        }
    }
}

fn add_to_urls(object: &mut Value, prefix: &str) {
    for name in URLS {
        if let Some(Value::String(url)) = object.get_mut(name)
            && is_path(url)
        {
            url.insert_str(0, prefix);
        }
    }
}

/// Whether a URL is of this server, and begins at its root.
fn is_path(url: &str) -> bool {
    url.starts_with('/') && !url.starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_servers_have_the_prefix() {
        for (json, expected) in [
            (
                r#"{"swagger":"2.0","basePath":"/v1"}"#,
                r#"{"swagger":"2.0","basePath":"/a/v1"}"#,
            ),
            (
                r#"{"swagger":"2.0","basePath":"/"}"#,
                r#"{"swagger":"2.0","basePath":"/a"}"#,
            ),
            (
                r#"{"swagger":"2.0"}"#,
                r#"{"swagger":"2.0","basePath":"/a"}"#,
            ),
            (
                r#"{"openapi":"3.1.0"}"#,
                r#"{"openapi":"3.1.0","servers":[{"url":"/a"}]}"#,
            ),
            (
                r#"{"openapi":"3.1.0","servers":[{"url":"/v1"},{"url":"https://b/v1"},{"url":"//b/v1"},{"url":"v1"}]}"#,
                r#"{"openapi":"3.1.0","servers":[{"url":"/a/v1"},{"url":"https://b/v1"},{"url":"//b/v1"},{"url":"v1"}]}"#,
            ),
            (
                r#"{"openapi":"3.0.0","servers":[{"url":"/"}],"paths":{"/b":{"servers":[{"url":"/c"}],"get":{"servers":[{"url":"/d"}]}}}}"#,
                r#"{"openapi":"3.0.0","servers":[{"url":"/a"}],"paths":{"/b":{"servers":[{"url":"/a/c"}],"get":{"servers":[{"url":"/a/d"}]}}}}"#,
            ),
        ] {
            assert_eq!(with_prefix(json.as_bytes(), "/a"), expected.as_bytes());
        }
    }

    #[test]
    fn paths_of_security_schemes_have_the_prefix() {
        for (url, expected) in [
            ("/token", "/a/token"),
            ("/token/?b=/c", "/a/token/?b=/c"),
            ("token", "token"),
            ("../token", "../token"),
            ("//b/token", "//b/token"),
            ("https://b/token", "https://b/token"),
        ] {
            let old = |url| json!({ "b": { "type": "oauth2", "tokenUrl": url, "authorizationUrl": url }, "c": { "type": "basic" } });
            let new = |url| {
                let flow = json!({ "authorizationUrl": url, "refreshUrl": url, "tokenUrl": url, "scopes": { "tokenUrl": "/" } });
                let flows = json!({ "authorizationCode": flow, "deviceAuthorization": { "deviceAuthorizationUrl": url } });
                json!({ "b": { "flows": flows, "oauth2MetadataUrl": url }, "c": { "openIdConnectUrl": url } })
            };
            for (document, expected) in [
                (
                    json!({ "swagger": "2.0", "securityDefinitions": old(url) }),
                    json!({ "swagger": "2.0", "securityDefinitions": old(expected), "basePath": "/a" }),
                ),
                (
                    json!({ "openapi": "3.1.0", "components": { "securitySchemes": new(url) } }),
                    json!({ "openapi": "3.1.0", "components": { "securitySchemes": new(expected) }, "servers": [{ "url": "/a" }] }),
                ),
            ] {
                let written = with_prefix(document.to_string().as_bytes(), "/a");
                assert_eq!(written, expected.to_string().as_bytes());
            }
        }
    }
}
