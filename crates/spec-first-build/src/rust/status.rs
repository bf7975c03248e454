//! What Rust calls statuses.

/// The variant for a status of success, and the constant of `StatusCode`; ranges and the default have no constant.
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

/// As [`name`], for a status of failure, with the names of RFC 9110.
pub fn failure_name(status: &str) -> (&'static str, Option<&'static str>) {
    let (variant, constant) = match status {
        "400" => ("BadRequest", "BAD_REQUEST"),
        "401" => ("Unauthorized", "UNAUTHORIZED"),
        "402" => ("PaymentRequired", "PAYMENT_REQUIRED"),
        "403" => ("Forbidden", "FORBIDDEN"),
        "404" => ("NotFound", "NOT_FOUND"),
        "405" => ("MethodNotAllowed", "METHOD_NOT_ALLOWED"),
        "406" => ("NotAcceptable", "NOT_ACCEPTABLE"),
        "407" => (
            "ProxyAuthenticationRequired",
            "PROXY_AUTHENTICATION_REQUIRED",
        ),
        "408" => ("RequestTimeout", "REQUEST_TIMEOUT"),
        "409" => ("Conflict", "CONFLICT"),
        "410" => ("Gone", "GONE"),
        "411" => ("LengthRequired", "LENGTH_REQUIRED"),
        "412" => ("PreconditionFailed", "PRECONDITION_FAILED"),
        "413" => ("ContentTooLarge", "PAYLOAD_TOO_LARGE"),
        "414" => ("UriTooLong", "URI_TOO_LONG"),
        "415" => ("UnsupportedMediaType", "UNSUPPORTED_MEDIA_TYPE"),
        "416" => ("RangeNotSatisfiable", "RANGE_NOT_SATISFIABLE"),
        "417" => ("ExpectationFailed", "EXPECTATION_FAILED"),
        "418" => ("ImATeapot", "IM_A_TEAPOT"),
        "421" => ("MisdirectedRequest", "MISDIRECTED_REQUEST"),
        "422" => ("UnprocessableContent", "UNPROCESSABLE_ENTITY"),
        "423" => ("Locked", "LOCKED"),
        "424" => ("FailedDependency", "FAILED_DEPENDENCY"),
        "426" => ("UpgradeRequired", "UPGRADE_REQUIRED"),
        "428" => ("PreconditionRequired", "PRECONDITION_REQUIRED"),
        "429" => ("TooManyRequests", "TOO_MANY_REQUESTS"),
        "431" => (
            "RequestHeaderFieldsTooLarge",
            "REQUEST_HEADER_FIELDS_TOO_LARGE",
        ),
        "451" => (
            "UnavailableForLegalReasons",
            "UNAVAILABLE_FOR_LEGAL_REASONS",
        ),
        "500" => ("InternalServerError", "INTERNAL_SERVER_ERROR"),
        "501" => ("NotImplemented", "NOT_IMPLEMENTED"),
        "502" => ("BadGateway", "BAD_GATEWAY"),
        "503" => ("ServiceUnavailable", "SERVICE_UNAVAILABLE"),
        "504" => ("GatewayTimeout", "GATEWAY_TIMEOUT"),
        "505" => ("HttpVersionNotSupported", "HTTP_VERSION_NOT_SUPPORTED"),
        "506" => ("VariantAlsoNegotiates", "VARIANT_ALSO_NEGOTIATES"),
        "507" => ("InsufficientStorage", "INSUFFICIENT_STORAGE"),
        "508" => ("LoopDetected", "LOOP_DETECTED"),
        "510" => ("NotExtended", "NOT_EXTENDED"),
        "511" => (
            "NetworkAuthenticationRequired",
            "NETWORK_AUTHENTICATION_REQUIRED",
        ),
        _ if status.starts_with('4') => return ("ClientError", None),
        _ if status.starts_with('5') => return ("ServerError", None),
        _ => return ("Default", None),
    };
    (variant, Some(constant))
}
