//! What each call does in SQL. Each is one statement, so that it sees one moment and happens wholly or not at all.

use deadpool_postgres::ClientWrapper;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Error, Row};

use super::numbers;
use crate::people::condition::{Condition, Versions};
use crate::people::search;
use crate::people::store::{Change, Page, Part, Person};
use crate::people::timestamp::Timestamp;
use crate::people::version::Version;

const PROBE: &str = "SELECT EXISTS (SELECT FROM person)";

/// From the start or behind a name. The first columns of a list are the total and the number of changes that are not summed up.
const LIST_ALL: &str = "
    SELECT range.people + change.people, change.rows, page.*
    FROM (SELECT coalesce(sum(people), 0)::bigint AS people FROM person_range) AS range
    CROSS JOIN (SELECT coalesce(sum(change), 0)::bigint AS people, count(*) AS rows FROM person_change) AS change
    LEFT JOIN (
        SELECT last_name, first_name, changed_at, version FROM person
        WHERE last_name > $1 ORDER BY last_name LIMIT $2 OFFSET $3
    ) AS page ON true
    ORDER BY page.last_name";

/// From an offset, which is found by the range that it is in.
const LIST_AT: &str = "
    WITH counted AS (
        SELECT start, sum(people)::integer AS people
        FROM (
            SELECT start, people FROM person_range
            UNION ALL
            SELECT (SELECT max(start) FROM person_range WHERE start <= last_name), change FROM person_change
        ) AS part
        GROUP BY start
    ), placed AS (
        SELECT start, sum(people) OVER (ORDER BY start) - people AS before FROM counted
    ), place AS MATERIALIZED (
        SELECT start, before FROM placed WHERE before <= $2 ORDER BY start DESC LIMIT 1
    )
    SELECT range.people + change.people, change.rows, page.*
    FROM (SELECT coalesce(sum(people), 0)::bigint AS people FROM person_range) AS range
    CROSS JOIN (SELECT coalesce(sum(change), 0)::bigint AS people, count(*) AS rows FROM person_change) AS change
    LEFT JOIN (
        SELECT last_name, first_name, changed_at, version FROM person
        WHERE last_name >= (SELECT start FROM place) ORDER BY last_name
        LIMIT $1 OFFSET $2 - (SELECT before FROM place)
    ) AS page ON true
    ORDER BY page.last_name";

/// Those with a prefix: if it is rare, collected by the indexes, and otherwise met on the way along the list, for which `|| ''`
/// keeps the database from using those indexes.
const LIST_FOUND: &str = "
    WITH counted AS MATERIALIZED (
        SELECT
            (SELECT count(*) FROM person WHERE first_folded >= $4 AND first_folded < $5)
            + (SELECT count(*) FROM person WHERE last_folded >= $4 AND last_folded < $5)
            - (
                SELECT count(*) FROM person
                WHERE first_folded >= $4 AND first_folded < $5 AND last_folded >= $4 AND last_folded < $5
            ) AS people,
            (SELECT coalesce(sum(people), 0) FROM person_range)
            + (SELECT coalesce(sum(change), 0) FROM person_change) AS everybody
    )
    SELECT counted.people, 0::bigint, person.last_name, first_name, changed_at, version
    FROM counted
    LEFT JOIN LATERAL (
        (
            SELECT last_name
            FROM (
                SELECT last_name FROM person WHERE first_folded >= $4 AND first_folded < $5
                UNION
                SELECT last_name FROM person WHERE last_folded >= $4 AND last_folded < $5
            ) AS found
            WHERE last_name > $1 AND counted.people * 3 < counted.everybody
            ORDER BY last_name LIMIT $2 OFFSET $3
        ) UNION ALL (
            SELECT last_name FROM person
            WHERE last_name > $1 AND counted.people * 3 >= counted.everybody AND (
                (first_folded || '' >= $4 AND first_folded || '' < $5)
                OR (last_folded || '' >= $4 AND last_folded || '' < $5)
            )
            ORDER BY last_name LIMIT $2 OFFSET $3
        )
    ) AS page ON true
    LEFT JOIN person ON person.last_name = page.last_name
    ORDER BY person.last_name";

/// Adds a person if there is none with the last name.
pub const ADD: &str = "
    INSERT INTO person (last_name, first_name, changed_at, version, last_folded, first_folded)
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (last_name) DO NOTHING";

const FIND: &str =
    "SELECT last_name, first_name, changed_at, version FROM person WHERE last_name = $1";

const UPDATE: &str = "
    UPDATE person SET first_name = $4, changed_at = $5, version = $6, first_folded = $7
    WHERE last_name = $1
    AND ($2::bigint[] IS NULL OR version = ANY($2)) AND ($3::bigint[] IS NULL OR version <> ALL($3))
    RETURNING last_name, first_name, changed_at, version";

const REMOVE: &str = "
    DELETE FROM person
    WHERE last_name = $1
    AND ($2::bigint[] IS NULL OR version = ANY($2)) AND ($3::bigint[] IS NULL OR version <> ALL($3))
    RETURNING version";

/// A page, and how many changes of the list are not summed up.
pub type Listed = (Page, i64);

pub async fn list_all(client: &ClientWrapper, part: &Part) -> Result<Listed, Error> {
    if part.after.is_none() && part.offset > 0 {
        return list_at(client, part).await;
    }
    let statement = client.prepare_cached(LIST_ALL).await?;
    let (after, length, offset) = bounds(part);
    let rows = client
        .query(&statement, &[&after, &length, &offset])
        .await?;
    page(&rows)
}

async fn list_at(client: &ClientWrapper, part: &Part) -> Result<Listed, Error> {
    let statement = client.prepare_cached(LIST_AT).await?;
    let (_, length, offset) = bounds(part);
    let rows = client.query(&statement, &[&length, &offset]).await?;
    page(&rows)
}

pub async fn list_found(client: &ClientWrapper, part: &Part) -> Result<Listed, Error> {
    let statement = client.prepare_cached(LIST_FOUND).await?;
    let (after, length, offset) = bounds(part);
    // Where nothing comes after the prefix, more of the last character than a name can have.
    let end = search::end(&part.prefix).unwrap_or_else(|| char::MAX.to_string().repeat(256));
    let rows = client
        .query(&statement, &[&after, &length, &offset, &part.prefix, &end])
        .await?;
    page(&rows)
}

/// No last name is empty, so that everybody comes after the empty one; no database holds more people than [`i64::MAX`].
fn bounds(part: &Part) -> (&str, i64, i64) {
    let after = part.after.as_deref().unwrap_or_default();
    let offset = i64::try_from(part.offset).unwrap_or(i64::MAX);
    (after, part.length.into(), offset)
}

/// The rows of a page, each with the total and the number of changes. A page of nobody has one row, without a person.
fn page(rows: &[Row]) -> Result<Listed, Error> {
    let number = |column| rows.first().map_or(Ok(0), |row| row.try_get(column));
    let (total, changes): (i64, i64) = (number(0)?, number(1)?);
    let people = rows.iter().filter_map(|row| {
        let nobody = matches!(row.try_get::<_, Option<&str>>(2), Ok(None));
        (!nobody).then(|| person(row, 2))
    });
    let page = Page {
        people: people.collect::<Result<_, _>>()?,
        total: total.unsigned_abs(),
    };
    Ok((page, changes))
}

/// Whether the person was added.
pub async fn add(client: &ClientWrapper, person: &Person) -> Result<bool, Error> {
    let statement = client.prepare_cached(ADD).await?;
    let derived = Derived::new(person);
    let added = client.execute(&statement, &derived.values(person)).await?;
    Ok(added == 1)
}

/// What a row has of a person in another form.
pub struct Derived {
    changed: i64,
    version: i64,
    folded: [String; 2],
}

impl Derived {
    pub fn new(person: &Person) -> Self {
        Self {
            changed: person.changed.seconds(),
            version: person.version.number(),
            folded: [&person.last_name, &person.first_name].map(|name| search::fold(name)),
        }
    }

    /// The values of [`ADD`].
    pub fn values<'a>(&'a self, person: &'a Person) -> [&'a (dyn ToSql + Sync); 6] {
        let [last, first] = &self.folded;
        [
            &person.last_name,
            &person.first_name,
            &self.changed,
            &self.version,
            last,
            first,
        ]
    }
}

pub async fn find(client: &ClientWrapper, last_name: &str) -> Result<Option<Person>, Error> {
    let statement = client.prepare_cached(FIND).await?;
    let row = client.query_opt(&statement, &[&last_name]).await?;
    row.map(|row| person(&row, 0)).transpose()
}

/// Reads from the table, whether it has people or not.
pub async fn probe(client: &ClientWrapper) -> Result<(), Error> {
    let statement = client.prepare_cached(PROBE).await?;
    client.query_one(&statement, &[]).await.map(drop)
}

/// The person as updated, or nobody if there is none whose version is accepted.
pub async fn update(
    client: &ClientWrapper,
    last_name: &str,
    change: &Change,
    condition: &Condition,
) -> Result<Option<Person>, Error> {
    if condition.except == Some(Versions::All) {
        return Ok(None);
    }
    let statement = client.prepare_cached(UPDATE).await?;
    let (only, except) = (numbers(&condition.only), numbers(&condition.except));
    let folded = search::fold(&change.first_name);
    let (changed, version) = (change.changed.seconds(), change.version.number());
    let row = client
        .query_opt(
            &statement,
            &[
                &last_name,
                &only,
                &except,
                &change.first_name,
                &changed,
                &version,
                &folded,
            ],
        )
        .await?;
    row.map(|row| person(&row, 0)).transpose()
}

/// The version of who was removed, or none if there is nobody whose version is accepted.
pub async fn remove(
    client: &ClientWrapper,
    last_name: &str,
    condition: &Condition,
) -> Result<Option<Version>, Error> {
    if condition.except == Some(Versions::All) {
        return Ok(None);
    }
    let statement = client.prepare_cached(REMOVE).await?;
    let (only, except) = (numbers(&condition.only), numbers(&condition.except));
    let row = client
        .query_opt(&statement, &[&last_name, &only, &except])
        .await?;
    row.map(|row| row.try_get(0).map(Version::from_number))
        .transpose()
}

fn person(row: &Row, from: usize) -> Result<Person, Error> {
    let seconds = row.try_get(from + 2)?;
    Ok(Person {
        last_name: row.try_get(from)?,
        first_name: row.try_get(from + 1)?,
        // This server writes no others; somebody else may have.
        changed: Timestamp::from_seconds(seconds).unwrap_or_else(Timestamp::now),
        version: Version::from_number(row.try_get(from + 3)?),
    })
}
