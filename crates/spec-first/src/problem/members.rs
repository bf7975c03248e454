//! What an application adds to a problem: a type of its own, and extension members (RFC 9457, 3.1.1 and 3.2).

use serde::Serialize;
use serde_json::{Map, Value};

use super::{Problem, title};

/// The type of a problem that says no more than its status (RFC 9457, 4.2.1).
const BLANK: &str = "about:blank";

/// The members that a problem has itself, each with what sets it.
const OWN: [(&str, &str); 5] = [
    ("type", "`with_type`"),
    ("title", "`with_title`"),
    ("status", "the status that it is made of"),
    ("detail", "the text that it is made of"),
    ("errors", "`with_errors`"),
];

/// The members that few problems have.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Members {
    kind: Option<String>,
    title: Option<String>,
    extensions: Map<String, Value>,
}

impl Members {
    pub fn extensions(&self) -> &Map<String, Value> {
        &self.extensions
    }
}

impl Problem {
    /// The same problem with a type of its own: a URI reference that identifies it, and whose address may describe it (RFC 9457,
    /// 3.1.1). Without one it is `about:blank`.
    ///
    /// ```
    /// use spec_first::problem::Problem;
    ///
    /// let problem = Problem::forbidden("the balance is 30, but that costs 50")
    ///     .with_type("https://example.com/problems/out-of-credit")
    ///     .with_title("You do not have enough credit")
    ///     .with("balance", 30)
    ///     .with("accounts", ["/account/12345", "/account/67890"]);
    /// assert_eq!(
    ///     serde_json::to_string(&problem.body()).unwrap(),
    ///     concat!(
    ///         r#"{"type":"https://example.com/problems/out-of-credit","title":"You do not have enough credit","status":403,"#,
    ///         r#""detail":"the balance is 30, but that costs 50","balance":30,"accounts":["/account/12345","/account/67890"]}"#,
    ///     )
    /// );
    /// ```
    #[must_use]
    pub fn with_type(mut self, uri: impl Into<String>) -> Self {
        self.members_mut().kind = Some(uri.into());
        self
    }

    /// The same problem with a title, which all problems of its type should have; without one it is the reason phrase of the
    /// status.
    #[must_use]
    pub fn with_title(mut self, title: impl Into<String>) -> Self {
        self.members_mut().title = Some(title.into());
        self
    }

    /// The same problem with an extension member (RFC 9457, 3.2), after those that it has; a second value of a name replaces the
    /// first. `instance` is one as well.
    ///
    /// The members that a problem has itself (`type`, `title`, `status`, `detail`, `errors`) cannot be set this way, nor can a
    /// value that cannot be written as JSON: the problem becomes a 500 whose cause names the mistake.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Serialize) -> Self {
        let name = name.into();
        if let Some((_, setter)) = OWN.iter().find(|(own, _)| *own == name) {
            return Self::internal(format_args!(
                "the member {name:?} of a problem was given as an extension; it is set by {setter}"
            ));
        }
        match serde_json::to_value(value) {
            Ok(value) => {
                self.members_mut().extensions.insert(name, value);
                self
            }
            Err(error) => Self::internal(format_args!("the member {name:?} of a problem: {error}")),
        }
    }

    /// The type: a URI reference.
    #[must_use]
    pub fn kind(&self) -> &str {
        let own = self.members.as_ref().and_then(|it| it.kind.as_deref());
        own.unwrap_or(BLANK)
    }

    /// The title: the reason phrase of the status, unless the problem has one of its own.
    #[must_use]
    pub fn title(&self) -> &str {
        let own = self.members.as_ref().and_then(|it| it.title.as_deref());
        own.unwrap_or(title(self.status))
    }

    /// The value of an extension member.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.members.as_ref()?.extensions.get(name)
    }

    /// The extension members, in the order in which they were added.
    pub fn extensions(&self) -> impl Iterator<Item = (&str, &Value)> {
        let members = self.members.iter();
        let extensions = members.flat_map(|members| &members.extensions);
        extensions.map(|(name, value)| (name.as_str(), value))
    }

    fn members_mut(&mut self) -> &mut Members {
        self.members.get_or_insert_default()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    fn text(problem: &Problem) -> String {
        serde_json::to_string(&problem.body()).expect("JSON")
    }

    #[test]
    fn extensions_follow_the_other_members_in_their_order() {
        let problem = Problem::conflict("taken").with("b", 1).with("a", [2]);
        let problem = problem.with("b", "one").with("instance", "/people/Easter");
        assert_eq!(
            text(&problem),
            r#"{"type":"about:blank","title":"Conflict","status":409,"detail":"taken","b":"one","a":[2],"instance":"/people/Easter"}"#
        );
        assert_eq!(problem.get("b"), Some(&"one".into()));
        assert_eq!(problem.get("c"), None);
        let names: Vec<_> = problem.extensions().map(|(name, _)| name).collect();
        assert_eq!(names, ["b", "a", "instance"]);
    }

    #[test]
    fn a_type_may_have_the_title_of_its_status() {
        let problem = Problem::not_found("no Easter").with_type("/problems/nobody");
        assert_eq!(
            text(&problem),
            r#"{"type":"/problems/nobody","title":"Not Found","status":404,"detail":"no Easter"}"#
        );
        assert_eq!(
            (problem.kind(), problem.title()),
            ("/problems/nobody", "Not Found")
        );
        let plain = Problem::not_found("");
        assert_eq!((plain.kind(), plain.title()), ("about:blank", "Not Found"));
        let titled = problem.with_title("Nobody");
        assert_eq!(titled.to_string(), "404 Nobody: no Easter");
    }

    #[test]
    fn a_member_of_the_problem_itself_is_no_extension() {
        for (name, setter) in [
            ("type", "`with_type`"),
            ("title", "`with_title`"),
            ("status", "the status that it is made of"),
            ("detail", "the text that it is made of"),
            ("errors", "`with_errors`"),
        ] {
            let problem = Problem::conflict("taken").with("a", 1).with(name, "a");
            assert_eq!((problem.status().as_u16(), problem.get("a")), (500, None));
            let cause = format!(
                "the member {name:?} of a problem was given as an extension; it is set by {setter}"
            );
            assert_eq!(problem.cause(), Some(cause.as_str()));
        }
        assert_eq!(
            Problem::conflict("").with("Status", 1).get("Status"),
            Some(&1.into())
        );
    }

    #[test]
    fn a_value_that_is_no_json_makes_a_failure_of_the_problem() {
        let map = HashMap::from([([1], 2)]);
        let problem = Problem::conflict("taken").with("map", map);
        assert_eq!(problem.status().as_u16(), 500);
        assert_eq!(
            problem.cause(),
            Some("the member \"map\" of a problem: key must be a string")
        );
    }
}
