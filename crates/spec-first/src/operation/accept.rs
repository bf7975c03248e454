//! The representation of a response that a client prefers.

use crate::operation::call::Call;
use crate::request::accept::MediaRange;

/// The representations of a response that the application has to choose from. Generated code implements it.
pub trait Acceptable: Copy + 'static {
    /// Each media type, as the spec writes it, with its representation; at least one.
    const MEDIA_TYPES: &'static [(&'static str, Self)];
}

impl Call {
    /// The representation that the client prefers: by the qualities and ranges of its `Accept` (RFC 9110, 12.5.1), else the first.
    #[must_use]
    pub fn accept<T: Acceptable>(&self) -> T {
        let ranges = T::MEDIA_TYPES.iter();
        let ranges: Vec<_> = ranges
            .filter_map(|(name, _)| MediaRange::parse(name))
            .collect();
        let preferred = self.parts.accept.prefer(ranges.iter());
        T::MEDIA_TYPES[preferred.unwrap_or(0)].1
    }
}
