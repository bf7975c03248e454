//! The operations of the spec, done with a store. It turns what a store refuses into problems.

use std::sync::Arc;

use ::people::generated::people::{self as operations, Create, ReadAll, ReadOne, Update};
use ::people::generated::types::{NewPerson, Person, PersonUpdate};
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use spec_first::body::Shared;
use spec_first::problem::{Part, Problem, Violation};

use super::entity_tag::{condition, tag};
use super::memory::Kept;
use super::store::{self, Error, Store};
use super::timestamp::Timestamp;
use super::version::Version;
use super::{name, search};

/// The application: people, kept in a store.
pub struct People<S> {
    store: Arc<S>,
    clock: fn() -> Timestamp,
}

impl<S: Store> People<S> {
    /// The application on this store.
    pub fn new(store: Arc<S>) -> Self {
        Self {
            store,
            clock: Timestamp::now,
        }
    }
}

impl<S: Store<Row: Into<Row>>> operations::People for People<S> {
    async fn read_all(
        &self,
        length: u16,
        offset: u64,
        after: Option<String>,
        q: Option<String>,
    ) -> Result<ReadAll, Problem> {
        let part = store::Part {
            prefix: search::fold(&normal(q.unwrap_or_default(), SEARCH)?),
            after,
            offset,
            length,
        };
        let page = self.store.list(part).await;
        let page = page.map_err(|error| refused(error, ""))?;
        Ok(ReadAll::Ok {
            x_total_count: Some(page.total),
            body: page.people.into_iter().map(body).collect(),
        })
    }

    async fn create(&self, person: NewPerson) -> Result<Create, Problem> {
        let person = store::Person {
            last_name: normal(person.lname, LAST_NAME_IN_BODY)?,
            first_name: normal(person.fname, FIRST_NAME_IN_BODY)?,
            changed: (self.clock)(),
            version: new_version()?,
        };
        let last_name = person.last_name.clone();
        let added = self.store.add(person).await;
        let Row { version, body } = row(added, &last_name)?;
        Ok(Create::Created {
            e_tag: Some(tag(version)),
            location: Some(location(&last_name)),
            body,
        })
    }

    async fn read_one(
        &self,
        lname: String,
        if_match: Option<String>,
        if_none_match: Option<String>,
    ) -> Result<ReadOne, Problem> {
        let lname = normal(lname, LAST_NAME_IN_PATH)?;
        let found = self.store.find(&lname).await;
        let Row { version, body } = row(found, &lname)?;
        let condition = condition(if_match.as_deref(), if_none_match.as_deref());
        if !condition.requires(version) {
            return Err(refused(Error::NotAccepted, &lname));
        }
        let e_tag = Some(tag(version));
        Ok(match condition.excludes(version) {
            true => ReadOne::NotModified { e_tag },
            false => ReadOne::Ok { e_tag, body },
        })
    }

    async fn update(
        &self,
        lname: String,
        if_match: Option<String>,
        if_none_match: Option<String>,
        person: PersonUpdate,
    ) -> Result<Update, Problem> {
        let lname = normal(lname, LAST_NAME_IN_PATH)?;
        let change = store::Change {
            first_name: normal(person.fname, FIRST_NAME_IN_BODY)?,
            changed: (self.clock)(),
            version: new_version()?,
        };
        if let Some(other) = person.lname {
            same(&lname, normal(other, LAST_NAME_IN_BODY)?)?;
        }
        let condition = condition(if_match.as_deref(), if_none_match.as_deref());
        let updated = self.store.update(&lname, change, condition).await;
        let Row { version, body } = row(updated, &lname)?;
        Ok(Update::Ok {
            e_tag: Some(tag(version)),
            body,
        })
    }

    async fn delete(
        &self,
        lname: String,
        if_match: Option<String>,
        if_none_match: Option<String>,
    ) -> Result<(), Problem> {
        let lname = normal(lname, LAST_NAME_IN_PATH)?;
        let condition = condition(if_match.as_deref(), if_none_match.as_deref());
        let removed = self.store.remove(&lname, condition).await;
        removed.map_err(|error| refused(error, &lname))
    }
}

impl From<store::Person> for Person {
    fn from(person: store::Person) -> Self {
        let timestamp = person.changed.text();
        Self::new(person.first_name, person.last_name, timestamp)
    }
}

/// What is sent of a person, which stores in memory keep.
#[derive(Clone)]
pub struct Row {
    version: Version,
    body: Shared<Person>,
}

impl From<store::Person> for Row {
    fn from(person: store::Person) -> Self {
        Self {
            version: person.version,
            body: Person::from(person).into(),
        }
    }
}

impl Kept for Row {
    fn last_name(&self) -> &str {
        &self.body.lname
    }

    fn first_name(&self) -> &str {
        &self.body.fname
    }

    fn version(&self) -> Version {
        self.version
    }
}

fn body(row: impl Into<Row>) -> Shared<Person> {
    row.into().body
}

/// What a store answers of the person with this last name.
fn row(answer: Result<impl Into<Row>, Error>, last_name: &str) -> Result<Row, Problem> {
    let row = answer.map_err(|error| refused(error, last_name))?;
    Ok(row.into())
}

/// Where a request has a name: its part, and the parameter's name or the pointer into the body.
type Place = (Part, Option<&'static str>, Option<&'static str>);

const SEARCH: Place = (Part::Query, Some("q"), None);
const LAST_NAME_IN_PATH: Place = (Part::Path, Some("lname"), None);
const LAST_NAME_IN_BODY: Place = (Part::Body, None, Some("/lname"));
const FIRST_NAME_IN_BODY: Place = (Part::Body, None, Some("/fname"));

/// The name in the form in which it is kept.
fn normal(name: String, place: Place) -> Result<String, Problem> {
    name::normalize(name).map_err(|error| {
        let detail = error.to_string();
        Problem::bad_request(&detail).with_errors(vec![violation(place, detail)])
    })
}

/// The last name is the key of a person: one that is inconsistent with the path is a conflict (RFC 9110, 9.3.4).
fn same(lname: &str, other: String) -> Result<(), Problem> {
    if lname == other {
        return Ok(());
    }
    let detail = format!("The last name {lname} cannot be changed to {other}");
    Err(Problem::conflict(&detail).with_errors(vec![violation(LAST_NAME_IN_BODY, detail)]))
}

fn violation((part, name, pointer): Place, detail: String) -> Violation {
    Violation {
        part,
        name: name.map(str::to_owned),
        pointer: pointer.map(str::to_owned),
        keyword: None,
        schema: None,
        detail,
    }
}

/// The address of a person, relative to that of the list: a proxy may serve the API at another path.
fn location(last_name: &str) -> String {
    // All but what is unreserved in a URL (RFC 3986, 2.3).
    const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'.')
        .remove(b'_')
        .remove(b'~');
    const LIST: &str = "people/";
    let mut location = String::with_capacity(LIST.len() + 3 * last_name.len());
    location.push_str(LIST);
    location.extend(utf8_percent_encode(last_name, ESCAPED));
    location
}

fn refused(error: Error, last_name: &str) -> Problem {
    let detail = |what| ["Person with last name ", last_name, " ", what].concat();
    match error {
        Error::NotFound => Problem::not_found(detail("not found")),
        Error::AlreadyExists => Problem::conflict(detail("already exists")),
        Error::NotAccepted => Problem::new(
            StatusCode::PRECONDITION_FAILED,
            detail("is not as If-Match or If-None-Match requires"),
        ),
        Error::Unavailable(cause) => unavailable(&cause),
        Error::Failed(cause) => Problem::internal(cause),
    }
}

/// The client learns when to come again, and the log why.
fn unavailable(cause: &str) -> Problem {
    tracing::warn!(cause, "the store is unavailable");
    let detail = "the people cannot be reached just now; try again later";
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail)
        .with_header(RETRY_AFTER, HeaderValue::from_static("1"))
}

fn new_version() -> Result<Version, Problem> {
    Version::random().map_err(Problem::internal)
}

#[cfg(test)]
mod tests {
    use operations::People as _;

    use super::*;
    use crate::people::{Memory, first_people};

    /// The application on the first three people, at a time of its own.
    fn people() -> People<Memory<Row>> {
        let clock = || Timestamp::from_seconds(4_102_444_800).expect("in range");
        People {
            store: Arc::new(Memory::new(first_people())),
            clock,
        }
    }

    fn doug(lname: Option<&str>) -> PersonUpdate {
        PersonUpdate {
            lname: lname.map(str::to_owned),
            ..PersonUpdate::new("Doug".to_owned())
        }
    }

    fn person(fname: &str, lname: &str) -> Person {
        let timestamp = "2100-01-01 00:00:00".to_owned();
        Person::new(fname.to_owned(), lname.to_owned(), timestamp)
    }

    #[track_caller]
    fn assert_refused<T>(answer: Result<T, Problem>, status: u16, detail: &str) {
        let problem = answer.err().expect("a problem");
        assert_eq!(
            (problem.status().as_u16(), problem.detail()),
            (status, detail)
        );
    }

    #[actix_web::test]
    async fn a_created_person_can_be_read() {
        let people = people();
        let new = || NewPerson::new("Bart".to_owned(), "Simpson".to_owned());
        let Ok(Create::Created {
            e_tag,
            location,
            body,
        }) = people.create(new()).await
        else {
            panic!("not created")
        };
        assert_eq!(location.as_deref(), Some("people/Simpson"));
        assert_eq!(*body, person("Bart", "Simpson"));
        let found = people.read_one("Simpson".to_owned(), None, None).await;
        assert_eq!(found.ok(), Some(ReadOne::Ok { e_tag, body }));
        let again = people.create(new()).await;
        assert_refused(again, 409, "Person with last name Simpson already exists");
    }

    #[actix_web::test]
    async fn an_unknown_person_is_a_404() {
        let (people, name) = (people(), || "Ned / “Flanders”".to_owned());
        let detail = "Person with last name Ned / “Flanders” not found";
        assert_refused(people.read_one(name(), None, None).await, 404, detail);
        assert_refused(
            people.update(name(), None, None, doug(None)).await,
            404,
            detail,
        );
        assert_refused(people.delete(name(), None, None).await, 404, detail);
    }

    #[actix_web::test]
    async fn an_update_keeps_the_last_name() {
        let people = people();
        for lname in [None, Some("Easter")] {
            let updated = people.update("Easter".to_owned(), None, None, doug(lname));
            let Ok(Update::Ok { body, .. }) = updated.await else {
                panic!("not updated")
            };
            assert_eq!(body.fname, "Doug");
        }
        let refused = people
            .update("Easter".to_owned(), None, None, doug(Some("easter")))
            .await;
        assert_refused(
            refused,
            409,
            "The last name Easter cannot be changed to easter",
        );
    }

    #[actix_web::test]
    async fn a_deleted_person_is_gone() {
        let people = people();
        let deleted = people.delete("Easter".to_owned(), None, None).await;
        deleted.expect("deleted");
        let left = people.read_all(1000, 0, None, None).await;
        let ReadAll::Ok { body, .. } = left.expect("a list");
        let names: Vec<_> = body.iter().map(|person| &person.lname).collect();
        assert_eq!(names, ["Brockman", "Farrell"]);
    }

    #[test]
    fn a_failure_of_the_store_is_a_500_that_keeps_its_cause_for_the_log() {
        let problem = refused(Error::Failed("disk on fire".to_owned()), "Farrell");
        assert_eq!(problem.status().as_u16(), 500);
        assert_eq!(problem.detail(), "the server failed; its log says why");
        assert_eq!(problem.cause(), Some("disk on fire"));
    }

    #[test]
    fn a_store_that_is_unavailable_is_a_503_that_says_when_to_try_again() {
        let problem = refused(Error::Unavailable("disk full".to_owned()), "Farrell");
        let detail = "the people cannot be reached just now; try again later";
        assert_refused::<()>(Err(problem), 503, detail);
    }
}
