-- What do the entities from record_id $first to $last say, of which features must be made?
CREATE OR REPLACE TEMP TABLE stated_record AS
FROM current_entity
WHERE record_id BETWEEN $first AND $last AND record_id NOT IN (SELECT record_id FROM still);
