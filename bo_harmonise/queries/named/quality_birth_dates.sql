-- Question: How complete are the birth dates of each register?
-- Columns: register, known people, with a full date, with year and month, with a year, without any; per cent with any.
-- Example: bo-harmonise query quality-birth-dates -w WS
SELECT
    split_part(record_id, ':', 1) AS register,
    count(*) AS people,
    count(*) FILTER (length(birth_date) = 10) AS full_date,
    count(*) FILTER (length(birth_date) = 7) AS year_and_month,
    count(*) FILTER (length(birth_date) = 4) AS year_only,
    count(*) FILTER (birth_date IS NULL) AS without_date,
    round(100.0 * count(birth_date) / count(*), 1) AS per_cent_with_date
FROM current_person
WHERE person_type = 'knownPerson'
GROUP BY ALL
ORDER BY register;
