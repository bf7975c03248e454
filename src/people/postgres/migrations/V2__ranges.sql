-- Writes of older servers wait, and fail once the table of theirs is gone.
LOCK TABLE person IN SHARE ROW EXCLUSIVE MODE;

-- How many people there are from `start` to the next range, without the changes in `person_change`. The first range starts
-- at ''. A page far down the list is found by its range, so that it costs as much as the first.
CREATE TABLE person_range (
    start text COLLATE "C" PRIMARY KEY,
    people integer NOT NULL
);

-- Whom each change has added to the list or removed from it. Each adds a row, so that no two wait for each other, and the rows
-- are summed up into the ranges now and then.
CREATE TABLE person_change (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    last_name text COLLATE "C" NOT NULL,
    change integer NOT NULL
);

INSERT INTO person_range (start, people)
SELECT CASE part WHEN 0 THEN '' ELSE min(last_name) END, count(*)
FROM (SELECT last_name, (row_number() OVER (ORDER BY last_name) - 1) / 1000 AS part FROM person) AS numbered
GROUP BY part;
INSERT INTO person_range VALUES ('', 0) ON CONFLICT DO NOTHING;
DROP TABLE person_count;

-- By triggers, so that what other programs change is counted, too.
CREATE FUNCTION person_listed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO person_change (last_name, change) VALUES (OLD.last_name, -1);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO person_change (last_name, change) VALUES (NEW.last_name, 1);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER person_added_or_removed AFTER INSERT OR DELETE ON person
FOR EACH ROW EXECUTE FUNCTION person_listed();
CREATE TRIGGER person_renamed AFTER UPDATE ON person
FOR EACH ROW WHEN (NEW.last_name <> OLD.last_name) EXECUTE FUNCTION person_listed();

-- What another program changes has a new version, too, and is found by its ASCII letters.
CREATE FUNCTION person_changed_elsewhere() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.version := ('x' || md5(random()::text || clock_timestamp()::text))::bit(64)::bigint;
    NEW.last_folded := lower(NEW.last_name);
    NEW.first_folded := lower(NEW.first_name COLLATE "C");
    RETURN NEW;
END
$$;
CREATE TRIGGER person_added_elsewhere BEFORE INSERT ON person
FOR EACH ROW WHEN (NEW.version IS NULL) EXECUTE FUNCTION person_changed_elsewhere();
CREATE TRIGGER person_updated_elsewhere BEFORE UPDATE ON person
FOR EACH ROW WHEN (NEW.version = OLD.version) EXECUTE FUNCTION person_changed_elsewhere();
