-- Versions for entity tags, indexes for the search, and ranges that make every page equally quick.

ALTER TABLE person ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE person ADD COLUMN first_folded TEXT NOT NULL DEFAULT '';
ALTER TABLE person ADD COLUMN last_folded TEXT NOT NULL DEFAULT '';

-- Names were kept as they came. Where two differ in their normal form alone, both stay as they are.
UPDATE OR IGNORE person SET last_name = normalize(last_name) WHERE last_name <> normalize(last_name);
UPDATE person SET first_name = normalize(first_name) WHERE first_name <> normalize(first_name);
UPDATE person SET version = random(), first_folded = fold(first_name), last_folded = fold(last_name);

CREATE INDEX person_by_first_name ON person (first_folded, last_folded);
CREATE INDEX person_by_last_name ON person (last_folded);

-- What another program changes has a new version, too, and is found by its ASCII letters. Version 0 is nobody's.
CREATE TRIGGER person_added_elsewhere AFTER INSERT ON person WHEN NEW.version = 0 BEGIN
    UPDATE person SET version = random(), first_folded = lower(first_name), last_folded = lower(last_name)
    WHERE last_name = NEW.last_name;
END;
CREATE TRIGGER person_changed_elsewhere AFTER UPDATE ON person WHEN NEW.version = OLD.version BEGIN
    UPDATE person SET version = random(), first_folded = lower(first_name), last_folded = lower(last_name)
    WHERE last_name = NEW.last_name;
END;

-- How many people there are from `start` to the next range. The first range starts at ''.
CREATE TABLE person_range (
    start TEXT NOT NULL PRIMARY KEY,
    people INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO person_range (start, people)
SELECT CASE part WHEN 0 THEN '' ELSE min(last_name) END, count(*)
FROM (SELECT last_name, (row_number() OVER (ORDER BY last_name) - 1) / 1000 AS part FROM person)
GROUP BY part;
INSERT OR IGNORE INTO person_range VALUES ('', 0);

CREATE TRIGGER person_added AFTER INSERT ON person BEGIN
    UPDATE person_range SET people = people + 1
    WHERE start = (SELECT max(start) FROM person_range WHERE start <= NEW.last_name);
END;
CREATE TRIGGER person_removed AFTER DELETE ON person BEGIN
    UPDATE person_range SET people = people - 1
    WHERE start = (SELECT max(start) FROM person_range WHERE start <= OLD.last_name);
END;
CREATE TRIGGER person_renamed AFTER UPDATE OF last_name ON person BEGIN
    UPDATE person_range SET people = people - 1
    WHERE start = (SELECT max(start) FROM person_range WHERE start <= OLD.last_name);
    UPDATE person_range SET people = people + 1
    WHERE start = (SELECT max(start) FROM person_range WHERE start <= NEW.last_name);
END;
CREATE TRIGGER person_range_is_long AFTER UPDATE OF people ON person_range WHEN NEW.people > 2000 BEGIN
    INSERT INTO person_range (start, people)
    SELECT last_name, NEW.people - 1000 FROM person WHERE last_name >= NEW.start ORDER BY last_name LIMIT 1 OFFSET 1000;
    UPDATE person_range SET people = 1000 WHERE start = NEW.start;
END;
CREATE TRIGGER person_range_is_short AFTER UPDATE OF people ON person_range WHEN NEW.people < 250 AND NEW.start <> '' BEGIN
    DELETE FROM person_range WHERE start = NEW.start;
    UPDATE person_range SET people = people + NEW.people
    WHERE start = (SELECT max(start) FROM person_range WHERE start < NEW.start);
END;
