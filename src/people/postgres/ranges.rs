//! The ranges of the list, by which a page far down is found: sums up into them what has changed since.
//!
//! Ranges and changes make the exact count at every moment, whether the changes are summed up or not.

use deadpool_postgres::ClientWrapper;
use tokio_postgres::Error;

use crate::people::version::Version;

/// How many changes may wait to be summed up before a reader has it done.
const MANY: i64 = 512;

/// After how many changes of the list one of them has them summed up.
const EVERY: i64 = 256;

/// How many changes at once make the database's own statistics, and the plans made with them, out of date.
const BULK: i64 = 10_000;

/// All of it sees one moment, which neither misses nor repeats a change; of two processes at once, one fails and leaves it to
/// the other.
const BEGIN: &str = "
    BEGIN ISOLATION LEVEL REPEATABLE READ;
    SET LOCAL statement_timeout = 0;
    SELECT FROM person_range WHERE start = '' FOR UPDATE NOWAIT";

const SUM: &str = "
    WITH gone AS (
        DELETE FROM person_change RETURNING last_name, change
    ), summed AS (
        SELECT (SELECT max(start) FROM person_range WHERE start <= last_name) AS start, sum(change) AS change, count(*) AS rows
        FROM gone GROUP BY 1
    ), updated AS (
        UPDATE person_range SET people = people + change FROM summed WHERE person_range.start = summed.start
    )
    SELECT coalesce(sum(rows), 0)::bigint FROM summed";

/// Ranges that have become short are added to the one before, then those that have become long are cut.
const MERGE: &str = "
    WITH gone AS (
        DELETE FROM person_range WHERE people < 250 AND start <> '' RETURNING start, people
    ), summed AS (
        SELECT (
            SELECT max(start) FROM person_range AS kept
            WHERE kept.start < gone.start AND (kept.people >= 250 OR kept.start = '')
        ) AS start, sum(people) AS people
        FROM gone GROUP BY 1
    )
    UPDATE person_range SET people = person_range.people + summed.people FROM summed WHERE person_range.start = summed.start";

const CUT: &str = "
    WITH range AS (
        SELECT start, lead(start) OVER (ORDER BY start) AS next, people FROM person_range
    ), numbered AS (
        SELECT start, last_name, (row_number() OVER (PARTITION BY start ORDER BY last_name) - 1) / 1000 AS part
        FROM range JOIN person ON last_name >= start AND (next IS NULL OR last_name < next)
        WHERE people > 2000
    )
    INSERT INTO person_range (start, people)
    SELECT CASE part WHEN 0 THEN start ELSE min(last_name) END, count(*) FROM numbered GROUP BY start, part
    ON CONFLICT (start) DO UPDATE SET people = excluded.people";

/// Every list reads the changes, and would read past those that are gone. By default PostgreSQL leaves a few pages of them, and what
/// is before these, to a vacuum that has more to do.
const FREE: &str = "VACUUM (INDEX_CLEANUP ON) person_change";

/// Whether the change to this version is one of those that have the changes summed up.
pub fn is_due(version: Version) -> bool {
    version.number() % EVERY == 0
}

/// Whether this many changes are to be summed up.
pub fn are_many(changes: i64) -> bool {
    changes > MANY
}

/// Sums up all changes.
///
/// # Errors
/// It was not done, which does no harm: it is done later.
pub async fn sum_up(client: &ClientWrapper) -> Result<(), Error> {
    let changes = match sum_up_at_once(client).await {
        Ok(changes) => changes,
        Err(error) => {
            client.batch_execute("ROLLBACK").await?;
            return Err(error);
        }
    };
    client.batch_execute(FREE).await?;
    if changes > BULK {
        client.batch_execute("ANALYZE person, person_range").await?;
    }
    Ok(())
}

/// Answers how many changes there were.
async fn sum_up_at_once(client: &ClientWrapper) -> Result<i64, Error> {
    client.batch_execute(BEGIN).await?;
    let changes = client.query_one(SUM, &[]).await?.try_get(0)?;
    let rest = format!("{MERGE}; {CUT}; COMMIT");
    client.batch_execute(&rest).await?;
    Ok(changes)
}
