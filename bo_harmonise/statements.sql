-- Which statement of each record holds at the variable `as_of`?
--
-- A register's own entry goes before mere references to the entity, a statement with a name before one without. Among
-- these the latest snapshot that was published by the date counts, and in it the latest statement; where all snapshots
-- are later, the earliest of them (its interests carry their own dates).
--
-- Input: views delivered_{entity,person,relationship,source}. Output: views chosen_{entity,person,relationship}, seen.

CREATE OR REPLACE TEMP TABLE snapshot AS
SELECT DISTINCT source_id, register, snapshot_date, ended_records,
    snapshot_date <= getvariable('as_of') AS is_published,
    CASE WHEN is_published THEN snapshot_date - DATE '1900-01-01' ELSE DATE '1900-01-01' - snapshot_date END AS recency
FROM delivered_source;

CREATE OR REPLACE TEMP VIEW chosen_entity AS
SELECT statement.*
FROM delivered_entity AS statement
JOIN snapshot USING (source_id)
QUALIFY row_number() OVER (
    PARTITION BY record_id
    ORDER BY
        is_reference, name IS NULL, is_published DESC, recency DESC,
        coalesce(left(statement_date, 10) <= strftime(getvariable('as_of'), '%Y-%m-%d'), true) DESC,
        statement_date DESC NULLS LAST, source_file, source_row DESC, statement_id
) = 1;

CREATE OR REPLACE TEMP VIEW chosen_person AS
SELECT statement.*
FROM delivered_person AS statement
JOIN snapshot USING (source_id)
QUALIFY row_number() OVER (
    PARTITION BY record_id
    ORDER BY
        is_published DESC, recency DESC,
        coalesce(left(statement_date, 10) <= strftime(getvariable('as_of'), '%Y-%m-%d'), true) DESC,
        statement_date DESC NULLS LAST, source_file, source_row DESC, statement_id
) = 1;

-- In a register whose files hold only what is in force (`ended_records` = vanish), a relationship that a later snapshot
-- with the same kind of file no longer has, ended in between: it is closed at the date of that snapshot.
CREATE OR REPLACE TEMP TABLE later_snapshot AS
SELECT earlier.source_id, earlier.file_name, min(later.snapshot_date) AS snapshot_date
FROM delivered_source AS earlier
JOIN delivered_source AS later
    ON later.register = earlier.register
    AND later.file_role = earlier.file_role
    AND later.snapshot_date > earlier.snapshot_date
    AND later.snapshot_date <= greatest(getvariable('as_of'), earlier.snapshot_date)
WHERE earlier.ended_records = 'vanish'
GROUP BY ALL;

CREATE OR REPLACE TEMP VIEW chosen_relationship AS
SELECT statement.* REPLACE (
    CASE WHEN later_snapshot.snapshot_date IS NOT NULL THEN 'closed' ELSE record_status END AS record_status,
    CASE
        WHEN later_snapshot.snapshot_date IS NOT NULL THEN list_transform(interests, lambda interest: struct_update(
            interest, end_date := coalesce(interest.end_date, later_snapshot.snapshot_date)
        ))
        ELSE interests
    END AS interests
)
FROM (
    SELECT statement.*
    FROM delivered_relationship AS statement
    JOIN snapshot USING (source_id)
    QUALIFY row_number() OVER (
        PARTITION BY record_id
        ORDER BY
            is_published DESC, recency DESC,
            coalesce(left(statement_date, 10) <= strftime(getvariable('as_of'), '%Y-%m-%d'), true) DESC,
            statement_date DESC NULLS LAST, source_file, source_row DESC, statement_id
    ) = 1
) AS statement
LEFT JOIN later_snapshot
    ON later_snapshot.source_id = statement.source_id AND later_snapshot.file_name = statement.source_file;

-- Which delivery brought each record? The earliest that has it, published or not.
CREATE OR REPLACE TEMP VIEW seen AS
SELECT record_id, arg_min(source_id, (snapshot_date, source_id)) AS first_source_id
FROM (
    SELECT record_id, source_id FROM delivered_entity
    UNION ALL
    SELECT record_id, source_id FROM delivered_person
)
JOIN snapshot USING (source_id)
GROUP BY record_id;
