-- What do the people from record_id $first to $last say, of whom features must be made?
CREATE OR REPLACE TEMP TABLE stated_record AS
FROM current_person
WHERE record_id BETWEEN $first AND $last AND record_id NOT IN (SELECT record_id FROM still);
