-- Which lines of the PSC files entity statements are made from: the first to name a company, as subject or as owner.
--
-- psc_file     the files by number, so that a line is known by one number, not by the name of its file
-- psc_entity   one row a line: of whom it makes a statement, in the order of their records. It is narrow, so that
--              entity.sql can take the lines as they come; sorting whole statements took three times the memory

CREATE OR REPLACE TABLE psc_file AS
SELECT source_file, row_number() OVER (ORDER BY source_file) AS file
FROM (SELECT DISTINCT source_file FROM raw_psc);

CREATE OR REPLACE TABLE psc_entity AS
WITH entry AS (
    SELECT DISTINCT gb_number(CompanyNumber) AS number FROM raw_company WHERE CompanyNumber IS NOT NULL
),
subject AS (
    SELECT gb_number(company_number) AS number, min(gb_line(file, source_row)) AS line
    FROM (SELECT company_number, source_file, source_row FROM raw_psc WHERE company_number IS NOT NULL)
    JOIN psc_file USING (source_file)
    GROUP BY company_number
),
named_owner AS (
    SELECT
        CASE WHEN owner_scheme = 'GB-COH' THEN owner_number END AS number,
        gb_line(file, source_row) AS line,
        owner_country AS country,
        owner_scheme AS scheme,
        owner_number AS written
    FROM psc_party
    JOIN psc_file USING (source_file)
    WHERE role = 'entity'
),
owner AS (
    -- Who has no number of this register is another one in every line.
    SELECT * FROM named_owner WHERE number IS NULL
    UNION ALL
    SELECT * FROM named_owner
    WHERE line IN (SELECT min(line) FROM named_owner WHERE number IS NOT NULL GROUP BY number)
        AND number NOT IN (SELECT number FROM entry)
),
-- Statements that name no missing owner ("nobody has become a beneficial owner in the period") are facts about the
-- company: they stay with it.
noted AS (
    SELECT gb_number(company_number) AS number, CAST(json_object('statements', list({
        'statement': data.statement, 'notified_on': data.notified_on, 'ceased_on': data.ceased_on
    } ORDER BY source_file, source_row)) AS VARCHAR) AS extra
    FROM raw_psc
    JOIN statements ON statements.slug = data.statement
    WHERE statements.reason IS NULL
    GROUP BY gb_number(company_number)
),
-- A reference is kept only as long as the delivery has no entry of the company, or what is noted of it.
kept_subject AS (
    SELECT number, line, extra
    FROM (SELECT number, min(line) AS line FROM subject GROUP BY number)
    LEFT JOIN noted USING (number)
    WHERE extra IS NOT NULL OR number NOT IN (
        SELECT number FROM entry UNION ALL SELECT number FROM named_owner WHERE number IS NOT NULL
    )
)
SELECT
    line,
    CASE
        WHEN owner.line IS NULL THEN ['subject']
        WHEN kept_subject.line IS NULL THEN ['owner']
        -- An owner without a number of this register is named after its subject, hence after it.
        WHEN coalesce(kept_subject.number < owner.number, true) THEN ['subject', 'owner']
        ELSE ['owner', 'subject']
    END AS parts,
    kept_subject.extra AS subject_extra,
    owner.country AS owner_country,
    owner.scheme AS owner_scheme,
    owner.written AS owner_number
FROM kept_subject
FULL JOIN owner USING (line);
