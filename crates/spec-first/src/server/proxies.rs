//! Takes what trusted proxies say of a request, and nothing of what others say.

use std::net::{IpAddr, SocketAddr};

use actix_web::HttpMessage;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName};

use crate::forwarded::{Prefix, client};
use crate::options::Proxies;

/// What proxies set, and clients may have sent.
const HEADERS: [HeaderName; 5] = [
    header::FORWARDED,
    header::X_FORWARDED_FOR,
    header::X_FORWARDED_HOST,
    header::X_FORWARDED_PROTO,
    HeaderName::from_static("x-forwarded-prefix"),
];

/// The client of a request, in its extensions for the log.
#[derive(Clone, Copy, Debug)]
pub(super) struct Client(pub IpAddr);

/// Replaces the address of the peer by that of the client. Returns the prefix of what is sent, if there is one.
pub(super) fn trust(proxies: &Proxies, request: &mut ServiceRequest) -> Option<Prefix> {
    let peer = request.peer_addr();
    let address = peer.map(|peer| peer.ip());
    let is_trusted = proxies.trusted_proxy.iter().any(|it| it.contain(address));
    if !is_trusted {
        remove(request.headers_mut());
        if let Some(address) = address {
            request.extensions_mut().insert(Client(address));
        }
        return None;
    }
    let client = client(&proxies.trusted_proxy, address, request.headers());
    if client != address {
        // The port of the client is not known.
        request.head_mut().peer_addr = client.map(|client| SocketAddr::new(client, 0));
    }
    if let Some(client) = client {
        request.extensions_mut().insert(Client(client));
    }
    let prefix = proxies
        .forwarded_prefix
        .then(|| Prefix::of(request.headers()))??;
    request.extensions_mut().insert(prefix.clone());
    Some(prefix)
}

/// Adds the prefix to the address in a response.
pub(super) fn add_prefix<B>(prefix: &Prefix, response: &mut ServiceResponse<B>) {
    let headers = response.headers_mut();
    let location = headers.get(header::LOCATION);
    if let Some(location) = location.and_then(|location| prefix.locate(location)) {
        headers.insert(header::LOCATION, location);
    }
}

fn remove(headers: &mut HeaderMap) {
    for name in &HEADERS {
        headers.remove(name);
    }
}
