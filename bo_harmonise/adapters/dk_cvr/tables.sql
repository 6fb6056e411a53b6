-- Memberships and their values, which all three mapping files ask for.

CREATE OR REPLACE TABLE dk_role AS
SELECT
    dk_relationship_id(subject_record_id, party_record_id, position, organisation) AS record_id,
    true AS is_company_side, source_file, source_row, position, subject_record_id, party_record_id, party_type,
    main_type, organisation, members
FROM (
    SELECT
        * EXCLUDE (item), item.hovedtype AS main_type, item.medlemsData AS members,
        coalesce(dk_current_name(item.organisationsNavn), item.hovedtype, 'ukendt') AS organisation
    FROM (
        SELECT source_file, source_row, position, subject_record_id, party_record_id, party_type, unnest(organisationer) AS item
        FROM dk_company_side
    )
    WHERE dk_is_interest(item.hovedtype)
);

-- Where both sides are in the delivery, the company's is taken: it is the one that declares.
INSERT INTO dk_role
SELECT * FROM (
    SELECT
        dk_relationship_id(subject_record_id, party_record_id, position, organisation) AS record_id,
        false, source_file, source_row, position, subject_record_id, party_record_id, party_type,
        main_type, organisation, members
    FROM (
        SELECT
            * EXCLUDE (item), item.hovedtype AS main_type, item.medlemsData AS members,
            coalesce(dk_current_name(item.organisationsNavn), item.hovedtype, 'ukendt') AS organisation
        FROM (
            SELECT source_file, source_row, position, subject_record_id, party_record_id, party_type, unnest(organisationer) AS item
            FROM dk_participant_side
        )
        WHERE dk_is_interest(item.hovedtype)
    )
)
WHERE record_id NOT IN (SELECT record_id FROM dk_role);

-- Whether two values held at some common time.
CREATE OR REPLACE TEMP MACRO dk_overlaps(period, other) AS
    coalesce(period.gyldigFra, '') <= coalesce(other.gyldigTil, '9999')
    AND coalesce(period.gyldigTil, '9999') >= coalesce(other.gyldigFra, '');

CREATE OR REPLACE TEMP MACRO dk_values_of(attributes, kind) AS
    flatten(list_transform(list_filter(attributes, lambda item: item.type = kind), lambda item: item.vaerdier));

CREATE OR REPLACE TEMP MACRO dk_texts(items) AS
    nullif(array_to_string(list_sort(list_distinct(list_transform(items, lambda item: clean(item.vaerdi)))), ', '), '');

-- Values of the memberships: one row a value and its period. `series` tells the share classes of the block, each of which
-- has its own history; `share_class` and `is_indirect` are what the block says of the time of the value.
CREATE OR REPLACE TABLE dk_value AS
SELECT
    record_id, type,
    clean(item.vaerdi) AS text,
    try_cast(item.periode.gyldigFra AS DATE) AS start_date,
    try_cast(item.periode.gyldigTil AS DATE) AS end_date,
    item.sidstOpdateret AS updated,
    coalesce(dk_texts(classes), '') AS series,
    dk_texts(list_filter(classes, lambda class: dk_overlaps(class.periode, item.periode))) AS share_class,
    len(list_filter(
        special, lambda held: held.vaerdi = 'Har indirekte besiddelser' AND dk_overlaps(held.periode, item.periode)
    )) > 0 AS is_indirect
FROM (
    SELECT record_id, classes, special, attribute.type AS type, unnest(attribute.vaerdier) AS item
    FROM (
        SELECT
            record_id,
            dk_values_of(member.attributter, 'EJERANDEL_KAPITALKLASSE') AS classes,
            dk_values_of(member.attributter, 'SÆRLIGE_EJERFORHOLD') AS special,
            unnest(member.attributter) AS attribute
        FROM (SELECT record_id, unnest(members) AS member FROM dk_role)
    )
);
