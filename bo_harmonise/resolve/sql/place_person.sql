-- Where do the people of a portion stand in a block that stays too large, and what can two records of one not disagree about?
INSERT INTO block_order
SELECT record_no, coalesce(names[1].skeleton, '') || ' ' || coalesce(birth_dates[1], ''), w.within
FROM portion
LEFT JOIN record_within AS w USING (record_id);

-- Passports change and several are held; numbers of other documents of a state do not. A number that a register gives each
-- person once ("register kind", marked with `cluster.OWN`) it gave some people twice: a match of two that differ counts.
INSERT INTO record_fact
SELECT record_no, birth_dates, numbers
FROM (
    SELECT
        record_no,
        list_filter(birth_dates, lambda d: length(d) >= 7) AS birth_dates,
        [
            {
                'scheme': CASE WHEN contains(split_part(i, ':', 1), ' ') THEN '~' ELSE '' END || i[:instr(i, ':') - 1],
                'id': i[instr(i, ':') + 1:]
            }
            FOR i IN identifiers IF is_lasting(i)
        ] AS numbers
    FROM portion
)
WHERE len(birth_dates) > 0 OR len(numbers) > 0;
