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

/// Of how many changes one sums up the rows that the others have added to the count.
const SUM_UP: i64 = 256;

const LIST_ALL: &str = "
    SELECT total.people, page.*
    FROM (SELECT coalesce(sum(change), 0)::bigint AS people FROM person_count) AS total
    LEFT JOIN (
        SELECT last_name, first_name, changed_at, version FROM person
        WHERE last_name > $1 ORDER BY last_name LIMIT $2 OFFSET $3
    ) AS page ON true
    ORDER BY page.last_name";

const LIST_FOUND: &str = "
    WITH found AS MATERIALIZED (
        SELECT last_name FROM person WHERE first_folded >= $4 AND first_folded < $5
        UNION
        SELECT last_name FROM person WHERE last_folded >= $4 AND last_folded < $5
    )
    SELECT total.people, person.last_name, first_name, changed_at, version
    FROM (SELECT count(*) AS people FROM found) AS total
    LEFT JOIN (
        SELECT last_name FROM found WHERE last_name > $1 ORDER BY last_name LIMIT $2 OFFSET $3
    ) AS page ON true
    LEFT JOIN person ON person.last_name = page.last_name
    ORDER BY person.last_name";

/// Adds a person and answers how many were added.
pub const ADD: &str = "
    WITH added AS (
        INSERT INTO person (last_name, first_name, changed_at, version, last_folded, first_folded)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (last_name) DO NOTHING RETURNING 1
    ), counted AS (
        INSERT INTO person_count (change) SELECT 1 FROM added
    )
    SELECT count(*) FROM added";

const FIND: &str =
    "SELECT last_name, first_name, changed_at, version FROM person WHERE last_name = $1";

const UPDATE: &str = "
    UPDATE person SET first_name = $4, changed_at = $5, version = $6, first_folded = $7
    WHERE last_name = $1
    AND ($2::bigint[] IS NULL OR version = ANY($2)) AND ($3::bigint[] IS NULL OR version <> ALL($3))
    RETURNING last_name, first_name, changed_at, version";

const REMOVE: &str = "
    WITH removed AS (
        DELETE FROM person WHERE last_name = $1
        AND ($2::bigint[] IS NULL OR version = ANY($2)) AND ($3::bigint[] IS NULL OR version <> ALL($3))
        RETURNING version
    ), counted AS (
        INSERT INTO person_count (change) SELECT -1 FROM removed
    )
    SELECT version FROM removed";

/// Rows that another process sums up just now are left to it.
const SUM: &str = "
    WITH gone AS (
        DELETE FROM person_count
        WHERE id IN (SELECT id FROM person_count FOR UPDATE SKIP LOCKED) RETURNING change
    )
    INSERT INTO person_count (change) SELECT sum(change) FROM gone HAVING count(*) > 0";

pub async fn list_all(client: &ClientWrapper, part: &Part) -> Result<Page, Error> {
    let statement = client.prepare_cached(LIST_ALL).await?;
    let (after, length, offset) = bounds(part);
    let rows = client
        .query(&statement, &[&after, &length, &offset])
        .await?;
    page(&rows)
}

pub async fn list_found(client: &ClientWrapper, part: &Part) -> Result<Page, Error> {
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

/// The rows of a page, each with the total. A page of nobody has one row, without a person.
fn page(rows: &[Row]) -> Result<Page, Error> {
    let total: i64 = rows.first().map_or(Ok(0), |row| row.try_get(0))?;
    let people = rows.iter().filter_map(|row| {
        let nobody = matches!(row.try_get::<_, Option<&str>>(1), Ok(None));
        (!nobody).then(|| person(row, 1))
    });
    Ok(Page {
        people: people.collect::<Result<_, _>>()?,
        total: total.unsigned_abs(),
    })
}

pub async fn add(client: &ClientWrapper, person: &Person) -> Result<bool, Error> {
    let statement = client.prepare_cached(ADD).await?;
    let derived = Derived::new(person);
    let values = derived.values(person);
    let row = client.query_one(&statement, &values).await?;
    let added: i64 = row.try_get(0)?;
    sum_up(client, person.version).await;
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

/// Whether somebody was removed.
pub async fn remove(
    client: &ClientWrapper,
    last_name: &str,
    condition: &Condition,
) -> Result<bool, Error> {
    if condition.except == Some(Versions::All) {
        return Ok(false);
    }
    let statement = client.prepare_cached(REMOVE).await?;
    let (only, except) = (numbers(&condition.only), numbers(&condition.except));
    let row = client
        .query_opt(&statement, &[&last_name, &only, &except])
        .await?;
    if let Some(row) = &row {
        sum_up(client, Version::from_number(row.try_get(0)?)).await;
    }
    Ok(row.is_some())
}

/// Keeps the count short. It is right in any case, so that a failure matters to nobody.
async fn sum_up(client: &ClientWrapper, version: Version) {
    if version.number() % SUM_UP != 0 {
        return;
    }
    if let Err(error) = client.execute(SUM, &[]).await {
        tracing::debug!(%error, "the count was not summed up");
    }
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
