//! The declared contents that a body may have, and which of them it is sent as.

use actix_web::http::header::HeaderValue;

use crate::body::Download;
use crate::request::accept::Accept;
use crate::response::content::Content;
use crate::response::declared::Contents;
use crate::schema::MediaType;

/// The declared contents that a body may have, in their order.
pub(super) struct Representations<'c> {
    pub contents: Contents<'c>,
    pub accept: &'c Accept,
}

/// Of contents the one that a client prefers, or else the first.
pub(super) fn preferred<'c>(
    accept: &Accept,
    mut contents: impl Iterator<Item = &'c Content> + Clone,
) -> Option<&'c Content> {
    let has_choice = contents.clone().nth(1).is_some();
    let offers = contents.clone().map(|content| &content.range);
    let preferred = has_choice.then(|| accept.prefer(offers)).flatten();
    contents.nth(preferred.unwrap_or(0))
}

impl<'c> Representations<'c> {
    /// The one that the client prefers, or else the first.
    pub fn preferred(&self) -> Option<&'c Content> {
        preferred(self.accept, self.contents.iter().copied())
    }

    /// The content of a download, and the media type that is sent: its own, or else the declared one. There is none if its own is
    /// not declared, or if the declared one is a range.
    pub fn of_download(&self, download: &Download) -> (Option<&'c Content>, Option<HeaderValue>) {
        let declared = || {
            let content = self.preferred();
            (content, content.and_then(|it| it.header.clone()))
        };
        let Some(name) = download.media_type() else {
            return declared();
        };
        let own = MediaType::parse(&name).filter(|it| !it.is_range());
        let closest = own.and_then(|own| self.closest(&own));
        let header = HeaderValue::from_str(&name).ok();
        match (closest, &download.media_type) {
            (Some(content), Some(_)) => (Some(content), header),
            (Some(content), None) => (Some(content), content.header.clone().or(header)),
            // A file's ending says less than the spec.
            (None, None) => declared(),
            (None, Some(_)) => (self.contents.first().copied(), None),
        }
    }

    /// The content that describes a media type most closely.
    fn closest(&self, media_type: &MediaType) -> Option<&'c Content> {
        let closeness = |content: &&Content| content.media_type().closeness(media_type);
        let described = self.contents.iter().copied();
        let described = described.filter(|content| closeness(content) > 0);
        described.max_by_key(closeness)
    }

    /// Why a download has no media type that could be sent.
    pub fn undeclared(&self, download: &Download) -> String {
        let declared: Vec<_> = self
            .contents
            .iter()
            .map(|it| it.declared.as_str())
            .collect();
        let declared = declared.join(" or ");
        match download.media_type() {
            Some(name) => format!("the body is {name:?} where {declared} is declared"),
            None => format!("the body names no media type within {declared}"),
        }
    }
}
