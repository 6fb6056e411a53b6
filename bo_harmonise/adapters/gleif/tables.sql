-- Relationship records, and what is gathered from them.
--
-- gleif_rr            relationship records in one shape, with the kind of relationship
-- gleif_node          every LEI that anything in the delivery is about, with the first record that names it
-- gleif_other_link    relationships that are no ownership, gathered by the LEI they start at

CREATE OR REPLACE TABLE gleif_rr AS
WITH csv AS (
    SELECT
        source_file,
        source_row,
        "Relationship.StartNode.NodeID" AS start_node,
        "Relationship.StartNode.NodeIDType" AS start_node_type,
        "Relationship.EndNode.NodeID" AS end_node,
        "Relationship.EndNode.NodeIDType" AS end_node_type,
        "Relationship.RelationshipType" AS type,
        "Relationship.RelationshipStatus" AS status,
        list_value(*COLUMNS('^Relationship\.Period\.[1-5]\.startDate$')) AS period_start,
        list_value(*COLUMNS('^Relationship\.Period\.[1-5]\.endDate$')) AS period_end,
        list_value(*COLUMNS('^Relationship\.Period\.[1-5]\.periodType$')) AS period_type,
        list_value(*COLUMNS('^Relationship\.Qualifiers\.[1-5]\.QualifierDimension$')) AS dimension,
        list_value(*COLUMNS('^Relationship\.Qualifiers\.[1-5]\.QualifierCategory$')) AS category,
        list_value(*COLUMNS('^Relationship\.Quantifiers\.[1-5]\.MeasurementMethod$')) AS method,
        list_value(*COLUMNS('^Relationship\.Quantifiers\.[1-5]\.QuantifierAmount$')) AS amount,
        list_value(*COLUMNS('^Relationship\.Quantifiers\.[1-5]\.QuantifierUnits$')) AS units,
        "Registration.InitialRegistrationDate" AS registered_at,
        "Registration.LastUpdateDate" AS updated_at,
        "Registration.RegistrationStatus" AS registration_status,
        "Registration.NextRenewalDate" AS renewal_at,
        "Registration.ManagingLOU" AS managing_lou,
        "Registration.ValidationSources" AS validation_sources,
        "Registration.ValidationDocuments" AS validation_documents,
        "Registration.ValidationReference" AS validation_reference,
        DeletedAt AS deleted_at
    FROM raw_rr_csv
),
joined AS (
    SELECT * EXCLUDE (deletion) REPLACE (coalesce(deleted_at, deletion) AS deleted_at) FROM raw_rr_xml
    UNION ALL BY NAME
    SELECT
        * EXCLUDE (period_start, period_end, period_type, dimension, category, method, amount, units),
        list_transform(range(1, 6), lambda n: {
            'start_date': period_start[n], 'end_date': period_end[n], 'type': period_type[n]
        }) AS periods,
        list_transform(range(1, 6), lambda n: {'dimension': dimension[n], 'category': category[n]}) AS qualifiers,
        list_transform(range(1, 6), lambda n: {
            'method': method[n], 'amount': amount[n], 'units': units[n]
        }) AS quantifiers
    FROM csv
)
SELECT
    joined.* EXCLUDE (periods, qualifiers, quantifiers),
    list_filter(periods, lambda item: coalesce(item.start_date, item.end_date, item.type) IS NOT NULL) AS periods,
    list_filter(qualifiers, lambda item: item.category IS NOT NULL) AS qualifiers,
    list_filter(quantifiers, lambda item: item.amount IS NOT NULL) AS quantifiers,
    list_filter(periods, lambda item: item.type = 'RELATIONSHIP_PERIOD')[1] AS period,
    coalesce(kinds.kind, 'unknown') AS kind,
    coalesce(kinds.direct_or_indirect, 'unknown') AS direct_or_indirect
FROM joined
LEFT JOIN relationship_types AS kinds ON kinds.type = joined.type
WHERE start_node IS NOT NULL AND end_node IS NOT NULL AND joined.type IS NOT NULL;

CREATE OR REPLACE TABLE gleif_node AS
SELECT
    node,
    arg_min({'file': source_file, 'row': source_row, 'type': type}, {'file': source_file, 'row': source_row}) AS first
FROM (
    SELECT start_node AS node, start_node_type AS type, source_file, source_row FROM gleif_rr
    UNION ALL
    SELECT end_node, end_node_type, source_file, source_row FROM gleif_rr WHERE kind <> 'other'
    UNION ALL
    SELECT lei, 'LEI', source_file, source_row FROM gleif_repex
)
GROUP BY node;

-- A fund and its manager, umbrella or master, a branch and its head office: who runs or contains whom, not who owns
-- whom. BODS has no such relationship, and any interest would become an edge of ownership: they are kept in `extra`
-- of the fund or branch.
CREATE OR REPLACE TABLE gleif_other_link AS
SELECT
    start_node,
    to_json(list({
        'type': type,
        'end_node': end_node,
        'status': status,
        'start_date': left(period.start_date, 10),
        'end_date': left(period.end_date, 10),
        'registration_status': registration_status,
        'last_update': updated_at
    } ORDER BY type, end_node, period.start_date)) AS links
FROM (
    -- The same record in an XML and in a CSV file is one.
    SELECT DISTINCT start_node, type, end_node, status, period, registration_status, updated_at
    FROM gleif_rr
    WHERE kind = 'other'
)
GROUP BY start_node;
