-- Macros for the mapping files of all adapters.

-- Text without surrounding blanks; null when nothing is left.
CREATE OR REPLACE TEMP MACRO clean(text) AS nullif(trim(regexp_replace(text, '\s+', ' ', 'g')), '');

-- Parts of an address or name in one line; null and empty parts are left out.
CREATE OR REPLACE TEMP MACRO one_line(parts, separator := ', ') AS
    nullif(array_to_string(list_filter(list_transform(parts, lambda part: trim(part)), lambda part: part <> ''), separator), '');

-- Whether the check digits of an identifier hold; null for a scheme without a test.
CREATE OR REPLACE TEMP MACRO digits(id) AS list_transform(string_split(id, ''), lambda d: try_cast(d AS INTEGER));

CREATE OR REPLACE TEMP MACRO weighted(id, weights) AS
    list_sum(list_transform(weights, lambda w, i: w * digits(id)[i]));

CREATE OR REPLACE TEMP MACRO valid_gb_coh(id) AS
    length(id) = 8 AND translate(id, '0123456789', '') = '' OR regexp_full_match(id, '[0-9]{8}|[A-Z]{2}[0-9]{6}|R[0-9]{7}|[A-Z]{2}[0-9]{5}[A-Z]');

-- Mod 11, weights 2 7 6 5 4 3 2 1 (stdnum.dk.cvr).
CREATE OR REPLACE TEMP MACRO valid_dk_cvr(id) AS
    regexp_full_match(id, '[1-9][0-9]{7}') AND weighted(id, [2, 7, 6, 5, 4, 3, 2, 1]) % 11 = 0;

-- Mod 11, weights 8 to 2; check digit (11 - sum mod 11) mod 10 (stdnum.cz.dic, which serves Slovakia too).
CREATE OR REPLACE TEMP MACRO valid_sk_ico(id) AS
    regexp_full_match(id, '[0-9]{8}')
    AND (11 - weighted(id, [8, 7, 6, 5, 4, 3, 2]) % 11) % 10 = digits(id)[8];

-- Legal persons: first digit 4 to 9, weighted sum mod 11 = 3 (stdnum.lv.pvn).
CREATE OR REPLACE TEMP MACRO valid_lv_re(id) AS
    regexp_full_match(id, '[4-9][0-9]{10}') AND weighted(id, [9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 = 3;

-- ISO 17442: letters A to Z are 10 to 35, the number mod 97 is 1. Taken in two halves, as it may have 40 digits.
CREATE OR REPLACE TEMP MACRO lei_digits(text) AS
    array_to_string(list_transform(string_split(text, ''), lambda c:
        CASE WHEN c BETWEEN 'A' AND 'Z' THEN (ascii(c) - 55)::VARCHAR ELSE c END), '');

CREATE OR REPLACE TEMP MACRO valid_lei(id) AS
    regexp_full_match(id, '[A-Z0-9]{18}[0-9]{2}')
    AND coalesce(try_cast((try_cast(lei_digits(left(id, 10)) AS HUGEINT) % 97)::VARCHAR || lei_digits(right(id, 10)) AS HUGEINT) % 97 = 1, false);

CREATE OR REPLACE TEMP MACRO valid_identifier(scheme, id) AS
    CASE scheme
        WHEN 'GB-COH' THEN valid_gb_coh(id)
        WHEN 'DK-CVR' THEN valid_dk_cvr(id)
        WHEN 'SK-ICO' THEN valid_sk_ico(id)
        WHEN 'LV-RE' THEN valid_lv_re(id)
        WHEN 'XI-LEI' THEN valid_lei(id)
    END;
