-- Records without the keys that make them a record.
SELECT source_file, source_row, 'no-lei' AS code, 'expected an LEI, found none' AS message
FROM gleif_lei
WHERE lei IS NULL
UNION ALL
SELECT source_file, source_row, 'no-node', 'expected start node, end node and type of the relationship; start node '
    || coalesce(start_node, 'missing') || ', end node ' || coalesce(end_node, 'missing') || ', type ' || coalesce(type, 'missing')
FROM (
    SELECT source_file, source_row, start_node, end_node, type FROM raw_rr_xml
    UNION ALL
    SELECT
        source_file, source_row, "Relationship.StartNode.NodeID", "Relationship.EndNode.NodeID",
        "Relationship.RelationshipType"
    FROM raw_rr_csv
)
WHERE start_node IS NULL OR end_node IS NULL OR type IS NULL
UNION ALL
SELECT source_file, source_row, 'no-exception', 'expected LEI and category of the exception; LEI '
    || coalesce(lei, 'missing') || ', category ' || coalesce(category, 'missing')
FROM (
    SELECT source_file, source_row, lei, category FROM raw_repex_xml
    UNION ALL
    SELECT source_file, source_row, LEI, "Exception.Category" FROM raw_repex_csv
)
WHERE lei IS NULL OR category IS NULL
