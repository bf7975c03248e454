//! What Rust calls the statuses of success.

/// The variant for a status, and the constant of `StatusCode`; ranges and the default have no constant.
pub fn name(status: &str) -> (&'static str, Option<&'static str>) {
    let (variant, constant) = match status {
        "200" => ("Ok", "OK"),
        "201" => ("Created", "CREATED"),
        "202" => ("Accepted", "ACCEPTED"),
        "203" => ("NonAuthoritative", "NON_AUTHORITATIVE_INFORMATION"),
        "204" => ("NoContent", "NO_CONTENT"),
        "205" => ("ResetContent", "RESET_CONTENT"),
        "206" => ("PartialContent", "PARTIAL_CONTENT"),
        "207" => ("MultiStatus", "MULTI_STATUS"),
        "208" => ("AlreadyReported", "ALREADY_REPORTED"),
        "226" => ("ImUsed", "IM_USED"),
        "300" => ("MultipleChoices", "MULTIPLE_CHOICES"),
        "301" => ("MovedPermanently", "MOVED_PERMANENTLY"),
        "302" => ("Found", "FOUND"),
        "303" => ("SeeOther", "SEE_OTHER"),
        "304" => ("NotModified", "NOT_MODIFIED"),
        "307" => ("TemporaryRedirect", "TEMPORARY_REDIRECT"),
        "308" => ("PermanentRedirect", "PERMANENT_REDIRECT"),
        _ if status.starts_with('3') => return ("Redirect", None),
        _ => return ("Success", None),
    };
    (variant, Some(constant))
}
