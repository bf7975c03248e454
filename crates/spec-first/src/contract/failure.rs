//! What every enum of failures has.

/// Implements what a generated enum of failures has besides its responses: its status, `Display`, `Error`, and the conversion from
/// every error that is a problem, for `?`. Each variant has its constant of `StatusCode`, or a field `status` of its own; one more
/// is `Problem`.
#[macro_export]
macro_rules! failure {
    ($name:ident, { $($variant:ident $(=> $status:ident)?),* $(,)? }) => {
        impl $name {
            /// The status that is sent.
            #[must_use]
            pub fn status(&self) -> $crate::actix_web::http::StatusCode {
                match self {
                    $($crate::failure!(@pattern $variant status $($status)?) => $crate::failure!(@status status $($status)?),)*
                    Self::Problem(problem) => problem.status(),
                }
            }
        }

        impl<E: Into<$crate::problem::Problem>> From<E> for $name {
            fn from(error: E) -> Self {
                Self::Problem(error.into())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    Self::Problem(problem) => std::fmt::Display::fmt(problem, formatter),
                    other => std::fmt::Display::fmt(&other.status(), formatter),
                }
            }
        }

        impl std::error::Error for $name {}
    };
    (@pattern $variant:ident $field:ident $status:ident) => { Self::$variant { .. } };
    (@pattern $variant:ident $field:ident) => { Self::$variant { $field, .. } };
    (@status $field:ident $status:ident) => { $crate::actix_web::http::StatusCode::$status };
    (@status $field:ident) => { *$field };
}
