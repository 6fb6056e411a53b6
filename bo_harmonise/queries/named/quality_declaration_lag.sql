-- Question: How long after an interest began was it declared, register by register?
-- Columns: register, interests with both dates, median and 90th percentile of days between, how many declared before.
-- Example: bo-harmonise query quality-declaration-lag -w WS
WITH lag AS (
    SELECT
        split_part(relationship.source_id, '@', 1) AS register,
        date_diff('day', interest.start_date, try_cast(left(relationship.statement_date, 10) AS DATE)) AS days
    FROM relationship
    JOIN interest ON interest.statement_id = relationship.statement_id
    WHERE interest.start_date IS NOT NULL AND relationship.record_status <> 'closed'
)
SELECT
    register,
    count(days) AS interests,
    median(days) AS median_days,
    quantile_cont(days, 0.9) AS days_90_per_cent,
    count(*) FILTER (days < 0) AS declared_before
FROM lag
WHERE days IS NOT NULL
GROUP BY register
ORDER BY register;
