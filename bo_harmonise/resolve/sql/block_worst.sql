-- Of which blocks does the report tell the key? The twenty largest, and those as large as the twentieth; a record of each
-- becomes a portion of its own, whose keys are made again.
DELETE FROM block_worst
WHERE block NOT IN (SELECT block FROM block_worst QUALIFY rank() OVER (ORDER BY records DESC) <= 20);

INSERT INTO record_wanted SELECT DISTINCT record_no, -1 FROM block_worst;
