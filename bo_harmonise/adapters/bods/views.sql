-- Macros and variables that the other files share.
-- json_extract stands where `->` would: inside a macro DuckDB takes the arrow for a lambda.

-- Look-ups are texts of lines `key=value`, one a codelist: a map constant is copied into every expression that uses
-- it, which made planning take seconds. Splitting the text took six times as long as finding the place.
CREATE OR REPLACE TEMP MACRO bods_lines(list) AS (
    SELECT concat(chr(10), string_agg(concat(native, '=', code), chr(10) ORDER BY native), chr(10))
    FROM codes
    WHERE codelist = list
);

SET VARIABLE bods_entityType = bods_lines('entityType');
SET VARIABLE bods_entitySubtype = bods_lines('entitySubtype');
SET VARIABLE bods_personType = bods_lines('personType');
SET VARIABLE bods_nameType = bods_lines('nameType');
SET VARIABLE bods_addressType = bods_lines('addressType');
SET VARIABLE bods_interestType = bods_lines('interestType');
SET VARIABLE bods_directOrIndirect = bods_lines('directOrIndirect');
SET VARIABLE bods_unspecifiedReason = bods_lines('unspecifiedReason');
SET VARIABLE bods_recordStatus = bods_lines('recordStatus');
SET VARIABLE bods_politicalExposureStatus = bods_lines('politicalExposureStatus');

SET VARIABLE bods_countries = (
    SELECT concat(chr(10), string_agg(concat(text, '=', code), chr(10) ORDER BY text), chr(10))
    FROM (SELECT text, min(code) AS code FROM country_name GROUP BY text)
);

CREATE OR REPLACE TEMP MACRO bods_after(lines, key) AS
    CASE
        WHEN contains(lines, key)
            THEN split_part(substr(lines, strpos(lines, key) + length(key), 60), chr(10), 1)
    END;

CREATE OR REPLACE TEMP MACRO bods_look_up(lines, key) AS bods_after(lines, chr(10) || key || '=');

-- Code of a list from any spelling that a version of the standard had (0.2 wrote codes in kebab-case).
CREATE OR REPLACE TEMP MACRO bods_code(list, native) AS
    bods_look_up(getvariable('bods_' || list), trim(native));

-- Record id of a native key. A file that this tool exported has such ids already.
CREATE OR REPLACE TEMP MACRO bods_id(kind, key) AS
    CASE
        WHEN starts_with(key, concat(getvariable('register'), ':', kind, ':')) THEN key
        WHEN key IS NOT NULL THEN concat(getvariable('register'), ':', kind, ':', key)
    END;

-- A country is an object from 0.4 on and a code before; some publishers give a name only.
CREATE OR REPLACE TEMP MACRO bods_place(country) AS
    trim(coalesce(country ->> '$.code', country ->> '$.name', country ->> '$'));

CREATE OR REPLACE TEMP MACRO bods_country_named(text) AS
    CASE
        WHEN regexp_full_match(text, '[A-Za-z]{2}') THEN upper(text)
        ELSE bods_look_up(getvariable('bods_countries'), lower(text))
    END;

CREATE OR REPLACE TEMP MACRO bods_country(country) AS bods_country_named(bods_place(country));

CREATE OR REPLACE TEMP MACRO bods_jurisdiction(place) AS
    CASE
        WHEN regexp_full_match(bods_place(place), '[A-Za-z]{2}-[A-Za-z0-9]{1,3}') THEN upper(bods_place(place))
        ELSE bods_country(place)
    END;

-- A day; of a date-time its day. Null for anything less exact.
CREATE OR REPLACE TEMP MACRO bods_day(text) AS
    CASE WHEN regexp_matches(text, '^[0-9]{4}-[0-9]{2}-[0-9]{2}($|T)') THEN try_cast(left(text, 10) AS DATE) END;

-- A day, a month or a year.
CREATE OR REPLACE TEMP MACRO bods_partial_date(text) AS
    CASE
        WHEN regexp_full_match(text, '[0-9]{4}(-(0[1-9]|1[0-2]))?') THEN text
        ELSE strftime(bods_day(text), '%Y-%m-%d')
    END;

CREATE OR REPLACE TEMP MACRO bods_moment(text) AS
    CASE WHEN bods_day(text) IS NOT NULL THEN text END;

CREATE OR REPLACE TEMP MACRO bods_percent(text) AS
    CASE WHEN try_cast(text AS DOUBLE) BETWEEN 0 AND 100 THEN try_cast(text AS DOUBLE) END;

-- A value that says something; null for an empty object.
CREATE OR REPLACE TEMP MACRO bods_kept(value) AS list_filter([value], lambda item: item <> '{}')[1];

-- What remains of a JSON value when the members that columns hold are taken out: `held` names them with null.
CREATE OR REPLACE TEMP MACRO bods_rest(value, held) AS
    CASE WHEN json_type(value) = 'OBJECT' THEN json_merge_patch(value, held) ELSE value END;

-- The same of each item of an array, in place, so that item n still belongs to item n of the column.
CREATE OR REPLACE TEMP MACRO bods_some(items) AS
    list_filter([to_json(items)], lambda item: NOT regexp_full_match(CAST(item AS VARCHAR), '\[(\{\},?)*\]'))[1];

CREATE OR REPLACE TEMP MACRO bods_rest_of_place(country, code) AS
    CASE WHEN code IS NULL THEN country WHEN json_type(country) = 'OBJECT' THEN json_merge_patch(country, '{"code": null}') END;

CREATE OR REPLACE TEMP MACRO bods_rest_of_address(item) AS
    CASE
        WHEN json_type(item) = 'OBJECT' THEN json_merge_patch(
            json_merge_patch(item, '{"address": null, "postCode": null, "country": null}'),
            json_object(
                'type', CASE WHEN bods_code('addressType', item ->> 'type') IS NULL THEN json_extract(item, '$.type') END,
                'country', bods_kept(bods_rest_of_place(json_extract(item, '$.country'), bods_country(json_extract(item, '$.country'))))
            )
        )
        ELSE item
    END;

CREATE OR REPLACE TEMP MACRO bods_rest_of_addresses(items) AS
    bods_some(list_transform(json_extract(items, '$[*]'), lambda item: bods_rest_of_address(item)));

-- Countries that all have a code leave their names behind; where one has none, the list stays as it was published.
CREATE OR REPLACE TEMP MACRO bods_rest_of_countries(items, codes) AS
    bods_some(CASE
        WHEN len(codes) < json_array_length(items) THEN json_extract(items, '$[*]')
        ELSE list_transform(
            json_extract(items, '$[*]'), lambda item: CASE
                WHEN json_type(item) = 'OBJECT' THEN json_merge_patch(item, '{"code": null}') ELSE '{}'::JSON
            END
        )
    END);

CREATE OR REPLACE TEMP MACRO bods_countries_of(items) AS
    list_filter(
        list_transform(json_extract(items, '$[*]'), lambda item: bods_country(item)), lambda code: code IS NOT NULL
    );

CREATE OR REPLACE TEMP MACRO bods_addresses(items) AS
    list_transform(items, lambda item: {
        'type': bods_code('addressType', item.type),
        'address': item.address,
        'post_code': item.postCode,
        'country': bods_country(item.country)
    });

-- `extra`: what the statement says beside the columns. `rest` is what remains of its body, put back into `body`.
CREATE OR REPLACE TEMP MACRO bods_extra(head, body, rest) AS
    bods_kept(json_merge_patch(
        head, CASE WHEN body IS NULL THEN rest ELSE json_object('recordDetails', bods_kept(json_merge_patch(body, rest))) END
    ));

-- Members of the body that columns hold, or that the mapping files put back where a column could not take the value.
SET VARIABLE bods_entity_held = '{
    "isComponent": null, "entityType": null, "entitySubtype": null, "unspecifiedEntityDetails": null,
    "missingInfoReason": null, "name": null, "alternateNames": null, "jurisdiction": null,
    "incorporatedInJurisdiction": null, "identifiers": null, "foundingDate": null, "dissolutionDate": null,
    "addresses": null, "uri": null, "publicListing": null, "formedByStatute": null
}'::JSON;

SET VARIABLE bods_person_held = '{
    "isComponent": null, "personType": null, "unspecifiedPersonDetails": null, "missingInfoReason": null, "names": null,
    "identifiers": null, "nationalities": null, "taxResidencies": null, "placeOfBirth": null, "placeOfResidence": null,
    "birthDate": null, "deathDate": null, "addresses": null, "politicalExposure": null, "hasPepStatus": null,
    "pepStatusDetails": null
}'::JSON;

SET VARIABLE bods_relationship_held = '{
    "isComponent": null, "componentRecords": null, "componentStatementIDs": null, "subject": null,
    "interestedParty": null, "interests": null
}'::JSON;

-- What remains of an interest: nothing, unless it has members or values that the columns cannot take.
CREATE OR REPLACE TEMP MACRO bods_rest_of_interest(item) AS
    CASE
        WHEN json_type(item) = 'OBJECT' THEN json_merge_patch(
            json_merge_patch(item, '{
                "type": null, "directOrIndirect": null, "interestLevel": null, "beneficialOwnershipOrControl": null,
                "details": null, "share": null, "startDate": null, "endDate": null
            }'),
            json_object(
                'type', CASE WHEN bods_code('interestType', item ->> 'type') IS NULL THEN json_extract(item, '$.type') END,
                'directOrIndirect', CASE
                    WHEN bods_code('directOrIndirect', item ->> 'directOrIndirect') IS NULL THEN json_extract(item, '$.directOrIndirect')
                END,
                'interestLevel', CASE
                    WHEN bods_code('directOrIndirect', item ->> 'interestLevel') IS NULL THEN json_extract(item, '$.interestLevel')
                END,
                'beneficialOwnershipOrControl', CASE
                    WHEN try_cast(item ->> 'beneficialOwnershipOrControl' AS BOOLEAN) IS NULL
                        THEN json_extract(item, '$.beneficialOwnershipOrControl')
                END,
                'share', bods_kept(bods_rest_of_share(json_extract(item, '$.share'))),
                'startDate', CASE WHEN coalesce(length(item ->> 'startDate'), 0) <> 10 OR bods_day(item ->> 'startDate') IS NULL THEN json_extract(item, '$.startDate') END,
                'endDate', CASE WHEN coalesce(length(item ->> 'endDate'), 0) <> 10 OR bods_day(item ->> 'endDate') IS NULL THEN json_extract(item, '$.endDate') END
            )
        )
        ELSE item
    END;

CREATE OR REPLACE TEMP MACRO bods_rest_of_share(share) AS
    CASE
        WHEN json_type(share) <> 'OBJECT'
            OR share ->> 'exact' IS NOT NULL AND bods_percent(share ->> 'exact') IS NULL
            OR share ->> 'minimum' IS NOT NULL AND bods_percent(share ->> 'minimum') IS NULL
            OR share ->> 'maximum' IS NOT NULL AND bods_percent(share ->> 'maximum') IS NULL
            OR json_type(share, '$.exclusiveMinimum') NOT IN ('BOOLEAN', 'NULL')
                AND (share ->> 'minimum' IS NOT NULL OR bods_percent(share ->> 'exclusiveMinimum') IS NULL)
            OR json_type(share, '$.exclusiveMaximum') NOT IN ('BOOLEAN', 'NULL')
                AND (share ->> 'maximum' IS NOT NULL OR bods_percent(share ->> 'exclusiveMaximum') IS NULL)
            THEN share
        ELSE bods_rest(share, '{
            "exact": null, "minimum": null, "maximum": null, "exclusiveMinimum": null, "exclusiveMaximum": null
        }')
    END;
