-- Who is listed, where, by whom and since when: one row a listing of a record.
--
-- A list says who is on it, not who has left: a party that a later delivery of the same list no longer has, left by then.
CREATE VIEW listing AS
WITH stated AS (
    SELECT record_id, source_id, statement_id, unnest(listings) AS item FROM current_person
    UNION ALL
    SELECT record_id, source_id, statement_id, unnest(listings) FROM current_entity
),
dated AS (
    SELECT
        *,
        split_part(source_id, '@', 1) AS register,
        item.list AS list,
        try_cast(split_part(source_id, '@', 2) AS DATE) AS snapshot_date
    FROM stated
),
delivery AS (
    SELECT *, lead(snapshot_date) OVER (PARTITION BY register, list ORDER BY snapshot_date) AS next_date
    FROM (SELECT DISTINCT register, list, snapshot_date FROM dated WHERE list IS NOT NULL)
),
ended AS (
    SELECT
        record_id,
        dated.register,
        dated.list,
        item.authority AS authority,
        item.programme AS programme,
        item.reason AS reason,
        item.start_date AS start_date,
        coalesce(item.end_date, delivery.next_date) AS end_date,
        source_id,
        statement_id
    FROM dated
    LEFT JOIN delivery
        ON delivery.register = dated.register AND delivery.list = dated.list AND delivery.snapshot_date = dated.snapshot_date
)
SELECT
    party_record.party_id,
    ended.record_id,
    ended.register,
    list,
    authority,
    programme,
    reason,
    start_date,
    end_date,
    (start_date IS NULL OR start_date <= run.as_of) AND (end_date IS NULL OR end_date > run.as_of) AS is_in_force,
    ended.source_id,
    ended.statement_id
FROM ended
JOIN party_record ON party_record.record_id = ended.record_id
CROSS JOIN run;

-- Listings in force whose list, authority or programme has one of the texts in its name; with [] all that are in force.
CREATE MACRO listings_in_force(names) AS TABLE
FROM listing
WHERE is_in_force AND (
    len(names) = 0 OR list_bool_or(list_transform(
        names, lambda item: contains(lower(concat_ws(' ', list, authority, programme)), lower(item))
    ))
);
