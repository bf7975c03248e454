//! What a client accepts (RFC 9110, 12.5.1): the media types of `Accept`, and which of those that are offered it prefers.

use std::fmt;

use actix_web::http::header::{ACCEPT, HeaderMap, HeaderValue};

use crate::schema::MediaType;

/// The highest quality, in thousandths.
const MAX_QUALITY: u16 = 1000;

/// The media types that a client accepts; none if it accepts all.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Accept(Vec<Accepted>);

/// A media type or range, and how much the client wants it.
#[derive(Debug, PartialEq)]
struct Accepted {
    range: MediaRange,
    /// In thousandths; 0 is not acceptable.
    quality: u16,
}

/// A media type or a range of them, with its parameters.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MediaRange {
    media_type: MediaType,
    /// The names are in lower case.
    parameters: Vec<(String, String)>,
}

/// How well an offer fits: a higher quality first, then the closer range.
type Fit = (u16, Closeness);

/// How closely a range describes a media type: by type and subtype, and then by the number of equal parameters.
type Closeness = (u8, usize);

impl Accept {
    /// What the headers of a request say. A part that is malformed is ignored, as if the client had not sent it.
    pub fn of(headers: &HeaderMap) -> Self {
        let mut lines = headers.get_all(ACCEPT);
        // As most clients of an API have it.
        if let (Some(b"*/*"), None) = (lines.next().map(HeaderValue::as_bytes), lines.next()) {
            return Self::default();
        }
        let lines = headers
            .get_all(ACCEPT)
            .filter_map(|line| line.to_str().ok());
        let elements = lines.flat_map(|line| split(line, ','));
        Self(elements.filter_map(Accepted::parse).collect())
    }

    /// The number of the offer that the client prefers: the one with the highest quality; of several, the one that it names most
    /// closely, then the first. None if it accepts no offer.
    ///
    /// A range with parameters that no offer has, as `application/json; indent=4`, is only used without them if the client
    /// accepts nothing else.
    pub fn prefer<'o>(
        &self,
        offers: impl Iterator<Item = &'o MediaRange> + Clone,
    ) -> Option<usize> {
        if self.0.is_empty() {
            return offers.enumerate().next().map(|(number, _)| number);
        }
        let exact = self.best(offers.clone(), |range, offer| range.count_equal(offer));
        exact.or_else(|| self.best(offers, |_, _| Some(0)))
    }

    /// Whether the client accepts one of the offers.
    pub fn accepts<'o>(&self, offers: impl Iterator<Item = &'o MediaRange> + Clone) -> bool {
        self.prefer(offers).is_some()
    }

    fn best<'o>(
        &self,
        offers: impl Iterator<Item = &'o MediaRange>,
        count: impl Fn(&MediaRange, &MediaRange) -> Option<usize>,
    ) -> Option<usize> {
        let mut best: Option<(Fit, usize)> = None;
        for (number, offer) in offers.enumerate() {
            let fit = self.fit(offer, &count).filter(|(quality, _)| *quality > 0);
            if let Some(fit) = fit
                && best.is_none_or(|(known, _)| fit > known)
            {
                best = Some((fit, number));
            }
        }
        best.map(|(_, number)| number)
    }

    /// The quality of an offer, by the range that describes it most closely; `count` counts the equal parameters of both, if those
    /// of the range are among those of the offer. An offer that is a range itself has the quality of its best part.
    fn fit(
        &self,
        offer: &MediaRange,
        count: impl Fn(&MediaRange, &MediaRange) -> Option<usize>,
    ) -> Option<Fit> {
        let around = self.0.iter().filter_map(|accepted| {
            let closeness = accepted.range.media_type.closeness(&offer.media_type);
            let equal = count(&accepted.range, offer)?;
            (closeness > 0).then_some(((closeness, equal), accepted.quality))
        });
        let around = around
            .max()
            .map(|(closeness, quality)| (quality, closeness));
        let within = self.0.iter().filter_map(|accepted| {
            let is_part = offer.media_type.is_range()
                && !accepted.range.media_type.is_range()
                && offer.media_type.closeness(&accepted.range.media_type) > 0;
            is_part.then_some((accepted.quality, (3, 0)))
        });
        around.into_iter().chain(within).max()
    }
}

impl Accepted {
    fn parse(text: &str) -> Option<Self> {
        let mut range = MediaRange::parse(text)?;
        let weight = range.parameters.iter().position(|(name, _)| name == "q");
        let Some(weight) = weight else {
            return Some(Self {
                range,
                quality: MAX_QUALITY,
            });
        };
        let quality = quality(&range.parameters[weight].1)?;
        // What follows the weight was an extension of `Accept` once, and no parameter of the media type (RFC 9110, appendix B).
        range.parameters.truncate(weight);
        Some(Self { range, quality })
    }
}

impl MediaRange {
    /// Parses a media type or range with its parameters; none if it is malformed.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = split(text, ';');
        let media_type = MediaType::parse(parts.next()?)?;
        let parameters = parts.filter(|part| !part.is_empty()).map(|part| {
            let (name, value) = part.split_once('=')?;
            Some((name.trim().to_ascii_lowercase(), unquoted(value.trim())))
        });
        Some(Self {
            media_type,
            parameters: parameters.collect::<Option<_>>()?,
        })
    }

    /// The type without its parameters.
    pub fn media_type(&self) -> &MediaType {
        &self.media_type
    }

    /// The value of a parameter, by its name in lower case.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let mut parameters = self.parameters.iter();
        let found = parameters.find(|(other, _)| other == name);
        found.map(|(_, value)| value.as_str())
    }

    /// How many parameters this range has, if the offer has them all. What is sent as text is UTF-8.
    fn count_equal(&self, offer: &Self) -> Option<usize> {
        let is_utf8 =
            |name: &str, value: &str| name == "charset" && value.eq_ignore_ascii_case("utf-8");
        let has = |(name, value): &(String, String)| {
            let mut parameters = offer.parameters.iter();
            parameters.any(|(other, its)| other == name && its.eq_ignore_ascii_case(value))
                || is_utf8(name, value)
        };
        let all = self.parameters.iter().all(has);
        all.then_some(self.parameters.len())
    }
}

impl fmt::Display for MediaRange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.media_type)?;
        let mut parameters = self.parameters.iter();
        parameters.try_for_each(|(name, value)| write!(formatter, "; {name}={value}"))
    }
}

/// A weight in thousandths: 0 to 1 with at most three digits after the point.
fn quality(text: &str) -> Option<u16> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let is_valid = fraction.len() <= 3 && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let fraction: u16 = format!("{fraction:0<3}")
        .parse()
        .ok()
        .filter(|_| is_valid)?;
    match whole {
        "0" | "" if !text.is_empty() => Some(fraction),
        "1" if fraction == 0 => Some(MAX_QUALITY),
        _ => None,
    }
}

/// The parts of a text between separators that are not within quotes, without the space around them.
fn split(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let (mut quoted, mut escaped) = (false, false);
    let parts = text.split(move |character: char| {
        let is_end = character == separator && !quoted;
        quoted ^= character == '"' && !escaped;
        escaped = quoted && character == '\\' && !escaped;
        is_end
    });
    parts.map(str::trim)
}

/// The text of a quoted string (RFC 9110, 5.6.4), or a token as it is.
fn unquoted(text: &str) -> String {
    let inner = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    let Some(inner) = inner else {
        return text.to_owned();
    };
    let mut characters = inner.chars();
    let mut plain = String::new();
    while let Some(character) = characters.next() {
        match character {
            '\\' => plain.extend(characters.next()),
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    fn accept(lines: &[&str]) -> Accept {
        let mut headers = HeaderMap::new();
        for line in lines {
            let line = HeaderValue::from_bytes(line.as_bytes()).expect("a header");
            headers.append(ACCEPT, line);
        }
        Accept::of(&headers)
    }

    /// The offer that is preferred, or nothing.
    fn preferred<'o>(lines: &[&str], offers: &[&'o str]) -> &'o str {
        let ranges: Vec<_> = offers
            .iter()
            .map(|offer| MediaRange::parse(offer).expect("a media type"))
            .collect();
        let number = accept(lines).prefer(ranges.iter());
        number.map_or("", |number| offers[number])
    }

    #[test]
    fn the_preferred_offer_follows_from_quality_specificity_and_order() {
        let (json, csv, html) = ("application/json", "text/csv", "text/html");
        let all = [json, csv, html];
        for (header, expected) in [
            ("*/*", json),
            ("text/csv", csv),
            ("TEXT/CSV", csv),
            ("text/*", csv),
            ("text/*;q=0.5, text/html", html),
            ("text/csv;q=0.5, application/json;q=0.4", csv),
            ("text/csv;q=0.5, */*", json),
            ("text/csv, */*", csv),
            ("application/json;q=0, */*", csv),
            ("application/json;q=0, text/csv;q=0, */*;q=0.1", html),
            ("text/*;q=0, */*", json),
            ("text/csv;q=0.001", csv),
            ("text/csv;q=0.000", ""),
            ("image/png", ""),
            ("text/html;level=1;q=0, text/html;q=0.3", html),
            ("text/csv ; q = 1 , application/json ; q=0.9", csv),
            (r#"text/x;note="a, text/html", text/csv"#, csv),
            (r#"text/x;note="a\", text/html", text/csv"#, csv),
            ("application/json; charset=utf-8", json),
            ("application/json; indent=4", json),
            ("application/json; indent=4, text/csv", csv),
            ("text/csv;q=1;extension=2", csv),
        ] {
            assert_eq!(preferred(&[header], &all), expected, "{header}");
        }
        assert_eq!(preferred(&["image/png", "text/csv"], &all), csv);
    }

    #[test]
    fn what_is_malformed_is_ignored() {
        let all = ["application/json", "text/csv"];
        for (header, expected) in [
            ("", "application/json"),
            (",,", "application/json"),
            ("*", "application/json"),
            ("csv", "application/json"),
            ("text/csv;q=2, application/json;q=0.1", "application/json"),
            ("text/csv;q=, application/json;q=0.1", "application/json"),
            ("text/csv;q=0.1234", "application/json"),
            ("text/csv;q=-1", "application/json"),
            ("text/csv;q", "application/json"),
            ("text/csv;q=.5, application/json;q=.4", "text/csv"),
            ("a/b/c, text/csv", "text/csv"),
            ("\u{e4}/*, text/csv", "application/json"),
        ] {
            assert_eq!(preferred(&[header], &all), expected, "{header:?}");
        }
    }

    #[test]
    fn an_offered_range_is_accepted_with_any_part_of_it() {
        for (header, expected) in [
            ("image/png", "image/*"),
            ("image/png;q=0, image/gif", "image/*"),
            ("image/*;q=0.1", "image/*"),
            ("text/plain", ""),
            ("image/png;q=0", ""),
            ("image/*;q=0, image/gif;q=0.5", "image/*"),
            ("*/*", "image/*"),
        ] {
            assert_eq!(preferred(&[header], &["image/*"]), expected, "{header}");
        }
        assert_eq!(preferred(&["text/plain"], &["*/*"]), "*/*");
    }

    #[test]
    fn parameters_distinguish_offers() {
        let versions = [
            "application/vnd.pet+json; version=1",
            "application/vnd.pet+json;version=2",
        ];
        for (header, expected) in [
            ("application/vnd.pet+json", versions[0]),
            ("application/vnd.pet+json;version=2", versions[1]),
            ("application/vnd.pet+json;version=\"2\"", versions[1]),
            ("application/vnd.pet+json;version=3", versions[0]),
            (
                "application/vnd.pet+json;q=0.5, application/vnd.pet+json;version=2",
                versions[1],
            ),
        ] {
            assert_eq!(preferred(&[header], &versions), expected, "{header}");
        }
    }

    #[test]
    fn without_an_offer_nothing_is_preferred() {
        assert_eq!(preferred(&["*/*"], &[]), "");
        assert_eq!(preferred(&[], &[]), "");
    }

    /// Numbers that look random and are always the same (xorshift).
    struct Random(u64);

    impl Random {
        fn choose<'t>(&mut self, texts: &[&'t str]) -> &'t str {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            texts[self.0 as usize % texts.len()]
        }
    }

    #[test]
    fn any_header_has_a_preference_among_the_offers_or_none() {
        let pieces = [
            "text",
            "/",
            "csv",
            "*",
            ";",
            ",",
            "q",
            "=",
            "0",
            "1",
            ".",
            "5",
            "\"",
            "\\",
            " ",
            "\t",
            "charset",
            "utf-8",
            "application/json",
            "text/csv",
            ";q=0.5",
            "*/*",
            "image/*",
            "\u{e9}",
            "a=\"b,c\"",
        ];
        let offers = ["application/json", "text/csv", "text/csv;a=b", "image/*"];
        let ranges = offers.map(|offer| MediaRange::parse(offer).expect("a media type"));
        let mut random = Random(1);
        for _ in 0..20_000 {
            let count = random
                .choose(&["1", "3", "7", "12", "40"])
                .parse()
                .unwrap_or(1);
            let header: String = (0..count).map(|_| random.choose(&pieces)).collect();
            let accept = accept(&[&header]);
            let number = accept.prefer(ranges.iter());
            assert!(
                number.is_none_or(|number| number < offers.len()),
                "{header:?}"
            );
            assert_eq!(accept.accepts(ranges.iter()), number.is_some());
            // What is preferred is still so if it is the only offer.
            if let Some(number) = number {
                assert!(accept.accepts(ranges[number..=number].iter()), "{header:?}");
            }
        }
    }
}
