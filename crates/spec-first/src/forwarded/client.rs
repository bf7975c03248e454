//! The client of a request that has come by way of proxies.

use std::net::IpAddr;

use actix_web::http::header::{FORWARDED, HeaderMap, HeaderName, X_FORWARDED_FOR};

use super::header::{forwarded, x_forwarded_for};
use super::peers::Peers;

/// The address of the client: of the last one that is not trusted, from the trusted `peer` on. A part that is no address ends the
/// search, and a request with both headers that disagree has its peer's address: a client may have sent one of them, if the proxy
/// sets the other one alone.
pub(crate) fn client(
    trusted: &[Peers],
    peer: Option<IpAddr>,
    headers: &HeaderMap,
) -> Option<IpAddr> {
    let find = |name: &HeaderName, addresses: fn(&str) -> Vec<Option<IpAddr>>| {
        let value = joined(headers, name)?;
        Some(last_untrusted(trusted, peer, &addresses(&value)))
    };
    let standard = find(&FORWARDED, forwarded);
    let usual = find(&X_FORWARDED_FOR, x_forwarded_for);
    match (standard, usual) {
        (Some(one), Some(other)) if one != other => peer,
        (Some(found), _) | (None, Some(found)) => found,
        (None, None) => peer,
    }
}

fn last_untrusted(
    trusted: &[Peers],
    peer: Option<IpAddr>,
    addresses: &[Option<IpAddr>],
) -> Option<IpAddr> {
    let mut last = peer;
    for address in addresses.iter().rev() {
        let Some(address) = address else {
            return last;
        };
        last = Some(*address);
        if !trusted.iter().any(|peers| peers.contain(last)) {
            return last;
        }
    }
    last
}

/// All lines of a header as one value (RFC 9110, section 5.3). One that is not text has no address in it.
fn joined(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let lines: Vec<_> = headers
        .get_all(name)
        .map(|line| line.to_str().unwrap_or("-"))
        .collect();
    (!lines.is_empty()).then(|| lines.join(","))
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    #[test]
    fn the_client_is_the_last_that_is_not_trusted() {
        let trusted = ["10.0.0.0/8", "::1"].map(|text| text.parse().expect(text));
        let usual = "x-forwarded-for";
        for (headers, client) in [
            (vec![], "10.0.0.1"),
            (vec![(usual, "192.0.2.1")], "192.0.2.1"),
            (
                vec![(usual, "203.0.113.9, 192.0.2.1, 10.0.0.2")],
                "192.0.2.1",
            ),
            (
                vec![(usual, "203.0.113.9"), (usual, "192.0.2.1")],
                "192.0.2.1",
            ),
            (vec![(usual, "10.0.0.3, 10.0.0.2")], "10.0.0.3"),
            (vec![(usual, "192.0.2.1, x, 10.0.0.2")], "10.0.0.2"),
            (vec![(usual, "x")], "10.0.0.1"),
            (vec![(usual, "192.0.2.1,")], "10.0.0.1"),
            (
                vec![("forwarded", "for=192.0.2.1, for=\"[::1]\"")],
                "192.0.2.1",
            ),
            (vec![("forwarded", "for=_secret")], "10.0.0.1"),
            (
                vec![("forwarded", "for=192.0.2.1"), (usual, "192.0.2.1")],
                "192.0.2.1",
            ),
            (
                vec![("forwarded", "for=192.0.2.1"), (usual, "192.0.2.2")],
                "10.0.0.1",
            ),
        ] {
            let mut map = HeaderMap::new();
            for (name, value) in &headers {
                map.append(
                    HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                );
            }
            let peer = "10.0.0.1".parse().ok();
            let found = super::client(&trusted, peer, &map);
            assert_eq!(
                found.map(|it| it.to_string()).as_deref(),
                Some(client),
                "{headers:?}"
            );
        }
    }
}
