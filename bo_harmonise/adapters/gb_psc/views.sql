-- What the mapping files share: company numbers, and the party that each PSC line is about.

-- Company number as the register writes it: digits padded to 8, two letters and digits padded to 6.
CREATE OR REPLACE TEMP MACRO gb_number(number) AS
    CASE
        WHEN length(trim(number)) = 8 THEN upper(trim(number))
        WHEN regexp_full_match(trim(number), '[0-9]{1,7}') THEN lpad(trim(number), 8, '0')
        WHEN regexp_full_match(upper(trim(number)), '[A-Z]{2}[0-9]{1,5}')
            THEN left(upper(trim(number)), 2) || lpad(substr(trim(number), 3), 6, '0')
        ELSE upper(trim(number))
    END;

-- An entry: /company/<number>/persons-with-significant-control/<kind>/<id> is <number>/<id>.
CREATE OR REPLACE TEMP MACRO gb_entry(self) AS concat(split_part(self, '/', 3), '/', split_part(self, '/', -1));

-- One number for a line of a file of a delivery: no file has 2^40 lines.
CREATE OR REPLACE TEMP MACRO gb_line(file, source_row) AS (file << 40) + source_row;

-- Birth date as YYYY, YYYY-MM or YYYY-MM-DD. Where there is no such month or day only the year can be believed;
-- unknown_codes.sql reports them.
CREATE OR REPLACE TEMP MACRO gb_birth_date(year, month, day) AS
    CASE
        WHEN NOT regexp_full_match(year, '[0-9]{4}') THEN NULL
        WHEN month IS NULL OR try_cast(concat_ws('-', year, month, coalesce(day, '1')) AS DATE) IS NULL THEN year
        ELSE concat_ws('-', year, lpad(month, 2, '0'), lpad(day, 2, '0'))
    END;

-- Where a corporate owner is registered is free text ("England & Wales", "Companies House"). A number counts as
-- one of Companies House only where the text says so: other registers have eight digits too, and Gibraltar's
-- registrar is called Companies House as well.
CREATE OR REPLACE TEMP VIEW psc_place AS
SELECT
    identification,
    CASE
        WHEN code IS NOT NULL AND NOT (code = 'IE' AND contains(place, 'northern ireland')) THEN code
        WHEN regexp_matches(place, '\b(gibraltar|jersey|guernsey|alderney|isle of man|new south wales|new england)\b')
            THEN NULL
        WHEN regexp_matches(
            place, '\b(england|wales|scotland|northern ireland|united kingdom|great britain|uk|companies house)\b'
        ) THEN 'GB'
    END AS country,
    -- "No. 1234567" is 1234567; NO123456 is a number of Northern Ireland.
    regexp_replace(
        regexp_replace(
            upper(trim(identification.registration_number)), '^(COMPANY\b\s*)?(NO|NUMBER|REG|REGISTRATION)\b[\s.:]*', ''
        ),
        '[^A-Z0-9]', '', 'g'
    ) AS number
FROM (
    SELECT DISTINCT
        data.identification AS identification,
        lower(concat_ws(' ', data.identification.country_registered, data.identification.place_registered)) AS place
    FROM raw_psc
    WHERE data.kind LIKE 'corporate-%' OR data.kind LIKE 'legal-%'
)
LEFT JOIN country_name ON country_name.text = lower(trim(identification.country_registered));

CREATE OR REPLACE TEMP VIEW psc_owner AS
SELECT
    identification,
    country,
    number,
    CASE
        WHEN country = 'GB' AND valid_gb_coh(gb_number(number)) THEN 'GB-COH'
        WHEN country <> 'GB' AND scheme IS NOT NULL AND coalesce(valid_identifier(scheme, padded), true) THEN scheme
    END AS scheme,
    CASE WHEN country = 'GB' THEN gb_number(number) ELSE coalesce(padded, number) END AS id
FROM (
    SELECT
        psc_place.*,
        national_schemes.scheme,
        CASE
            -- "DK 10 00 00 09", as for value added tax.
            WHEN starts_with(number, country) AND regexp_full_match(substr(number, 3), '[0-9]+')
                AND length(number) - 2 = digits
                THEN substr(number, 3)
            WHEN regexp_full_match(number, '[0-9]+') AND digits IS NOT NULL AND length(number) <= digits
                THEN lpad(number, digits::INTEGER, '0')
            ELSE number
        END AS padded
    FROM psc_place
    LEFT JOIN national_schemes USING (country)
);

-- The fields are taken out of `data` here, before any join: a join that carries `data` reads and copies all of it.
CREATE OR REPLACE TEMP VIEW psc_party AS
WITH line AS (
    SELECT
        source_file,
        source_row,
        company_number,
        data.kind AS kind,
        data.etag AS etag,
        data.links.self AS self,
        data.notified_on AS notified_on,
        data.ceased_on AS ceased_on,
        data.ceased AS ceased,
        data.natures_of_control AS natures_of_control,
        data.description AS description,
        data.statement AS statement,
        data.linked_psc_name AS linked_psc_name,
        data.restrictions_notice_withdrawal_reason AS restrictions_notice_withdrawal_reason,
        data.links.statement AS linked_statement,
        data.exemptions AS exemptions,
        data.identification AS identification,
        gb_entry(data.links.self) AS entry,
        split_part(data.links.self, '/', -1) AS entry_id,
        CASE
            WHEN data.kind LIKE 'individual-%' OR data.kind LIKE 'super-secure-%' THEN 'person'
            WHEN data.kind LIKE 'corporate-%' OR data.kind LIKE 'legal-%' THEN 'entity'
        END AS role
    FROM raw_psc
    WHERE company_number IS NOT NULL AND data.links.self IS NOT NULL
)
SELECT
    line.* EXCLUDE (identification),
    psc_owner.scheme AS owner_scheme,
    psc_owner.id AS owner_number,
    psc_owner.country AS owner_country,
    CASE
        WHEN role IS DISTINCT FROM 'entity' THEN NULL
        WHEN psc_owner.scheme = 'GB-COH' THEN concat('gb_psc:entity:', psc_owner.id)
        ELSE concat('gb_psc:entity:', entry)
    END AS owner_record_id
FROM line
LEFT JOIN psc_owner ON psc_owner.identification = line.identification
WHERE role IS NOT NULL OR kind IN ('persons-with-significant-control-statement', 'exemptions');
