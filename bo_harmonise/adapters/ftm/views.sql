-- Macros and variables that the other files share. All values of an entity are lists, and sets: their order says nothing.

-- Country codes as lines `code=ISO2 ISO3`: a text is looked up faster than a constant map is planned.
SET VARIABLE ftm_countries = (
    SELECT concat(chr(10), string_agg(concat(code, '=', country, ' ', alpha3), chr(10) ORDER BY code), chr(10))
    FROM territories
);

CREATE OR REPLACE TEMP MACRO ftm_territory(code) AS
    split_part(string_split(getvariable('ftm_countries'), chr(10) || lower(trim(code)) || '=')[2], chr(10), 1);

-- Codes of countries, ISO 3166-1 alpha-2, in order; codes that are no country (eu, zz) are left out.
CREATE OR REPLACE TEMP MACRO ftm_countries(codes) AS
    list_sort(list_distinct(list_filter(
        list_transform(codes, lambda code: left(ftm_territory(code), 2)), lambda code: code <> ''
    )));

-- The one country that a list names; null for none or several.
CREATE OR REPLACE TEMP MACRO ftm_country(codes) AS
    list_filter(ftm_countries(codes), lambda code: len(ftm_countries(codes)) = 1)[1];

-- Scheme of a person's number: ISO 3166-1 alpha-3 and kind of document; XXX (ICAO Doc 9303) where the state is not known.
CREATE OR REPLACE TEMP MACRO ftm_number_scheme(country, kind) AS
    concat(coalesce(nullif(right(ftm_territory(country), 3), ''), 'XXX'), '-', kind);

CREATE OR REPLACE TEMP MACRO ftm_numbers(scheme, numbers) AS
    list_transform(list_sort(coalesce(numbers, [])), lambda item: {'scheme': scheme, 'id': regexp_replace(item, '\s+', '', 'g')});

-- Days: of a month or year alone no day is known.
CREATE OR REPLACE TEMP MACRO ftm_days(dates) AS
    list_sort(list_filter(
        list_transform(
            dates, lambda item: CASE WHEN length(CAST(item AS VARCHAR)) >= 10 THEN try_cast(left(item, 10) AS DATE) END
        ),
        lambda item: item IS NOT NULL
    ));

-- An entity that stopped and began again (a set of starts, a set of ends) still holds when the last start is later.
CREATE OR REPLACE TEMP MACRO ftm_end(starts, ends) AS
    list_filter(
        [ftm_days(ends)[-1]],
        lambda item: coalesce(item >= ftm_days(starts)[-1], true)
    )[1];

-- Dates of birth: YYYY, YYYY-MM or YYYY-MM-DD; a partial one that a fuller one repeats is left out.
CREATE OR REPLACE TEMP MACRO ftm_partial_dates(dates) AS
    list_sort(list_distinct(list_filter(
        list_transform(dates, lambda item: left(item, 10)),
        lambda item: regexp_full_match(item, '[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?')
            AND NOT list_bool_or(list_transform(
                dates, lambda other: left(other, 10) <> item AND starts_with(other, item)
            ))
    )));

-- Words of a text, with a blank around each, to look a name up in it. (With a regular expression: four times as slow.)
CREATE OR REPLACE TEMP MACRO ftm_words(text) AS concat(' ', translate(lower(text), ',;.', '   '), ' ');

-- The longest of some names that stands, word for word, in a full name.
CREATE OR REPLACE TEMP MACRO ftm_part(full_name, parts) AS
    list_reduce(
        list_concat([NULL::VARCHAR], list_sort(list_filter(
            parts, lambda part: part <> '' AND contains(ftm_words(full_name), ftm_words(part))
        ))),
        lambda best, part: CASE WHEN best IS NULL OR length(CAST(part AS VARCHAR)) > length(CAST(best AS VARCHAR)) THEN part ELSE best END
    );

-- Share, from the free text of `percentage`: "50", "50.01%", "25-50", "> 25", "at least 10 %". Null where it is no share.
CREATE OR REPLACE TEMP MACRO ftm_number_text(text) AS
    trim(replace(replace(replace(lower(text), ',', '.'), '%', ''), 'percent', ''));

CREATE OR REPLACE TEMP MACRO ftm_per_cent(text) AS
    CASE WHEN try_cast(text AS DOUBLE) BETWEEN 0 AND 100 THEN try_cast(text AS DOUBLE) END;

CREATE OR REPLACE TEMP MACRO ftm_bound(text, mark) AS
    ftm_per_cent(nullif(regexp_extract(ftm_number_text(text), '^' || mark || '\s*([0-9]+(?:\.[0-9]+)?)$', 1), ''));

CREATE OR REPLACE TEMP MACRO ftm_range(text, part) AS
    ftm_per_cent(nullif(regexp_extract(
        ftm_number_text(text), '^(?:from\s*)?([0-9]+(?:\.[0-9]+)?)\s*(?:-|–|—|to|\.\.)\s*([0-9]+(?:\.[0-9]+)?)$', part
    ), ''));

CREATE OR REPLACE TEMP MACRO ftm_share(text) AS
    CASE
        WHEN ftm_bound(text, '') IS NOT NULL THEN {
            'low': ftm_bound(text, ''), 'high': ftm_bound(text, ''), 'above': false, 'below': false
        }
        WHEN ftm_range(text, 1) <= ftm_range(text, 2) THEN {
            'low': ftm_range(text, 1), 'high': ftm_range(text, 2), 'above': false, 'below': false
        }
        WHEN ftm_bound(text, '(?:>=|≥|at least|minimum|min\.?|from)') IS NOT NULL THEN {
            'low': ftm_bound(text, '(?:>=|≥|at least|minimum|min\.?|from)'), 'high': 100, 'above': false, 'below': false
        }
        WHEN ftm_bound(text, '(?:>|more than|over|above)') IS NOT NULL THEN {
            'low': ftm_bound(text, '(?:>|more than|over|above)'), 'high': 100, 'above': true, 'below': false
        }
        WHEN ftm_bound(text, '(?:<=|≤|at most|up to|maximum|max\.?)') IS NOT NULL THEN {
            'low': 0, 'high': ftm_bound(text, '(?:<=|≤|at most|up to|maximum|max\.?)'), 'above': false, 'below': false
        }
        WHEN ftm_bound(text, '(?:<|less than|under|below)') IS NOT NULL THEN {
            'low': 0, 'high': ftm_bound(text, '(?:<|less than|under|below)'), 'above': false, 'below': true
        }
    END;

-- Each item once, in the order of first places (list_distinct keeps none).
CREATE OR REPLACE TEMP MACRO ftm_once(items) AS
    list_filter(items, lambda item, place: list_position(items, item) = place);

-- Properties that no column holds; `held` names the others with null, `kept` has members that go in their place.
CREATE OR REPLACE TEMP MACRO ftm_rest(record, held, kept := '{}') AS
    json(nullif(CAST(json_merge_patch(json_merge_patch(
        coalesce(json_extract(record, '$.properties'), '{}'), held
    ), kept) AS VARCHAR), '{}'));

-- An object without its empty members; null when nothing is left.
CREATE OR REPLACE TEMP MACRO ftm_extra(value) AS
    json(nullif(CAST(json_merge_patch('{}', value) AS VARCHAR), '{}'));

-- Numbers in free text about a person (a passport in a note): a national number is never kept in clear.
CREATE OR REPLACE TEMP MACRO ftm_masked(texts) AS
    to_json(list_transform(texts, lambda item: regexp_replace(item, '[A-Za-z]{0,3}[0-9]{5,}', '*****', 'g')));

SET VARIABLE ftm_listing_topics = ['sanction', 'sanction.counter', 'debarment', 'export.control', 'asset.frozen'];

SET VARIABLE ftm_ended = (SELECT list(status ORDER BY status) FROM ended);

-- A list that comes without its sanctions says by `topics` alone who is on it, and under which programmes; which of its
-- datasets lists the party it says only where there is one. `sanction.linked` is no listing: it marks relatives and
-- companies of listed parties, which is what screening works out.
CREATE OR REPLACE TEMP MACRO ftm_topic_listings(topics, programmes, datasets) AS
    list_transform(
        list_filter(
            CASE
                WHEN len(programmes) > 0 AND list_has_any(topics, getvariable('ftm_listing_topics'))
                    THEN list_sort(programmes)
                ELSE list_sort(list_intersect(topics, getvariable('ftm_listing_topics')))
            END,
            lambda programme: programme IS NOT NULL
        ),
        lambda programme: {
            'list': CASE WHEN len(datasets) = 1 THEN datasets[1] END, 'authority': NULL, 'programme': programme,
            'reason': NULL, 'start_date': NULL, 'end_date': NULL
        }
    );

-- Values of a property of a record that is not declared.
CREATE OR REPLACE TEMP MACRO ftm_values(record, name) AS
    CAST(json_extract(record, '$.properties.' || name) AS VARCHAR[]);

-- Properties that columns hold, for `ftm_rest`.
SET VARIABLE ftm_entity_held = '{"name": null, "alias": null, "weakAlias": null, "previousName": null, "abbreviation": null, "registrationNumber": null, "leiCode": null, "ogrnCode": null, "innCode": null, "uscCode": null, "swiftBic": null, "isinCode": null, "irsCode": null, "mbsCode": null, "address": null, "status": null, "legalForm": null}';
SET VARIABLE ftm_person_held = '{"name": null, "alias": null, "weakAlias": null, "previousName": null, "birthPlace": null, "nationality": null, "citizenship": null, "address": null, "idNumber": null, "passportNumber": null, "taxNumber": null, "innCode": null, "socialSecurityNumber": null, "registrationNumber": null, "vatCode": null, "licenseNumber": null}';
SET VARIABLE ftm_edge_held = '{"owner": null, "asset": null, "controller": null, "controlled": null, "director": null, "organization": null, "role": null, "ownershipType": null, "controlType": null, "percentage": null}';
