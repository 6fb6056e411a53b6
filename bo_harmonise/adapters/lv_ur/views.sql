-- What the mapping files share: numbers, words of a name, birth dates from masked codes, companies with a number.

CREATE OR REPLACE TEMP MACRO lv_number(number) AS nullif(regexp_replace(number, '[^0-9]', '', 'g'), '');

-- Companies have eleven digits with a check digit, farms of the old register nine without one.
CREATE OR REPLACE TEMP MACRO lv_valid(number) AS CASE WHEN length(number) <> 9 THEN valid_lv_re(number) END;

-- Words of a name in one order: officers are "Surname Forename", beneficial owners have two columns.
CREATE OR REPLACE TEMP MACRO lv_words(name) AS array_to_string(list_sort(list_filter(
    regexp_split_to_array(lower(name), '[^\p{L}\p{N}]+'), lambda word: word <> ''
)), ' ');

-- Shares of old companies have nominal values such as 28.457436 (LVL in EUR): six places are kept.
CREATE OR REPLACE TEMP MACRO lv_plain(amount) AS regexp_replace(CAST(amount AS VARCHAR), '\.?0+$', '');

CREATE OR REPLACE TEMP MACRO lv_born(code, year) AS
    try_cast(concat(year, '-', substr(code, 3, 2), '-', substr(code, 1, 2)) AS DATE);

-- Per cent of a whole, of whole numbers: reduced before the division, so that 29 of 100 shares are 29.0 and not
-- 29.000000000000004, however odd the nominal value.
CREATE OR REPLACE TEMP MACRO lv_per_cent(part, whole) AS
    CAST(100 * part // gcd(100 * part, whole) AS DOUBLE) / CAST(whole // gcd(100 * part, whole) AS DOUBLE);

-- Birth date from a masked code DDMMYY-*****, whose century is masked too. A century is possible if the person is
-- not older than 100 at the snapshot and was born before the register first names them. The date is given only
-- where one century is possible and makes the person at least 14 at that first entry; otherwise it stays open:
-- 01.02.15 may be an owner of eleven, or one of 111. Codes of the new kind (from 2017) begin with 32, a day that
-- no month has: they hold no date.
CREATE OR REPLACE TEMP MACRO lv_possible_births(code, first_entry, snapshot) AS list_filter(
    [
        lv_born(code, concat('19', substr(code, 5, 2))),
        lv_born(code, concat('20', substr(code, 5, 2)))
    ],
    lambda born: born IS NOT NULL AND born <= least(first_entry, snapshot) AND born > snapshot - INTERVAL 101 YEAR
);

CREATE OR REPLACE TEMP MACRO lv_birth_date(code, first_entry, snapshot) AS
    CASE
        WHEN regexp_matches(code, '^[0-9]{6}') AND len(lv_possible_births(code, first_entry, snapshot)) = 1
            AND lv_possible_births(code, first_entry, snapshot)[1] <= first_entry - INTERVAL 14 YEAR
            THEN strftime(lv_possible_births(code, first_entry, snapshot)[1], '%Y-%m-%d')
    END;

CREATE OR REPLACE TEMP VIEW lv_company AS
SELECT * REPLACE (lv_number(regcode) AS regcode, clean(closed) AS closed)
FROM raw_register
WHERE lv_number(regcode) IS NOT NULL;
