-- Of which blocks does the report tell the key? The twenty largest, and those as large as the twentieth.
DELETE FROM block_worst
WHERE block NOT IN (SELECT block FROM block_worst QUALIFY rank() OVER (ORDER BY records DESC) <= 20);
