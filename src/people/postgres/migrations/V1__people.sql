-- Text in the collation C compares by its bytes in UTF-8, which is the order of code points, whatever the database's own
-- collation; `changed_at` is in seconds since 1970; the folded names are for the search.
CREATE TABLE person (
    last_name text COLLATE "C" PRIMARY KEY,
    first_name text NOT NULL,
    changed_at bigint NOT NULL,
    version bigint NOT NULL,
    last_folded text COLLATE "C" NOT NULL,
    first_folded text COLLATE "C" NOT NULL
);
CREATE INDEX person_by_first_name ON person (first_folded, last_folded, last_name);
CREATE INDEX person_by_last_name ON person (last_folded, last_name);

-- The sum is how many people there are. Each change adds a row, so that no two wait for each other, and rows are summed up now
-- and then.
CREATE TABLE person_count (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    change bigint NOT NULL
);

-- Has a row once the first people were added.
CREATE TABLE person_start (id integer PRIMARY KEY);
