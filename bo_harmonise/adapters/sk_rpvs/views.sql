-- What the mapping files share: dates, numbers, names and addresses.

-- Summer time in Slovakia since 1979, in UTC: last Sunday of March to last Sunday of September (since 1996: October), at
-- 01:00. (1979 and 1980 began in April: in the days before, a moment between 22 and 23 h UTC would give the day after.)
CREATE OR REPLACE TEMP MACRO sk_last_sunday(year, month) AS
    last_day(make_date(year, month, 1)) - (isodow(last_day(make_date(year, month, 1))) % 7)::INTEGER;

CREATE OR REPLACE TEMP MACRO sk_is_summer(utc) AS
    year(utc) >= 1979
    AND utc >= sk_last_sunday(year(utc), 3) + INTERVAL 1 HOUR
    AND utc < sk_last_sunday(year(utc), CASE WHEN year(utc) < 1996 THEN 9 ELSE 10 END) + INTERVAL 1 HOUR;

CREATE OR REPLACE TEMP MACRO sk_local(utc) AS
    utc + CASE WHEN sk_is_summer(utc) THEN INTERVAL 2 HOUR ELSE INTERVAL 1 HOUR END;

CREATE OR REPLACE TEMP MACRO sk_offset(text) AS
    coalesce(
        CASE WHEN regexp_matches(text, '[+-][0-9]{2}:?[0-9]{2}$') THEN
            CASE WHEN substr(right(replace(text, ':', ''), 5), 1, 1) = '-' THEN -1 ELSE 1 END
            * (substr(right(replace(text, ':', ''), 4), 1, 2)::INTEGER * 60 + right(text, 2)::INTEGER)
        END, 0
    );

-- Dates are published as local midnights with their offset: the day is the one that stands there, and UTC would give the
-- day before. Any other time is a moment, whose day is that of Bratislava: computed here, since DuckDB knows time zones
-- only with an extension (ICU) that would have to be downloaded.
CREATE OR REPLACE TEMP MACRO sk_date(text) AS
    CASE
        WHEN length(text) = 10 OR substr(text, 12, 8) = '00:00:00' THEN try_cast(left(text, 10) AS DATE)
        ELSE list_transform(
            [try_cast(replace(left(text, 19), 'T', ' ') AS TIMESTAMP) - to_minutes(sk_offset(text))],
            lambda utc: sk_local(utc)::DATE
        )[1]
    END;

-- Numbers of six digits come without their zeros.
CREATE OR REPLACE TEMP MACRO sk_ico(text) AS
    CASE WHEN regexp_full_match(trim(text), '[0-9]{1,8}') THEN lpad(trim(text), 8, '0') ELSE nullif(upper(trim(text)), '') END;

CREATE OR REPLACE TEMP MACRO sk_identifiers(ico) AS
    CASE WHEN ico IS NOT NULL THEN [{
        'scheme': CASE WHEN regexp_full_match(ico, '[0-9]{8}') THEN 'SK-ICO' END,
        'scheme_name': 'IČO',
        'id': ico,
        'is_valid': CASE WHEN regexp_full_match(ico, '[0-9]{8}') THEN valid_sk_ico(ico) END
    }] END;

CREATE OR REPLACE TEMP MACRO sk_full_name(item) AS one_line([item.Meno, item.Priezvisko], ' ');

-- "1234/1" may stand whole in the orientation number. The country of an address is not published; the codes of Slovak
-- municipalities begin with SK.
CREATE OR REPLACE TEMP MACRO sk_addresses(kind, item) AS
    CASE WHEN coalesce(item.MenoUlice, item.OrientacneCislo, item.SupisneCislo, item.Mesto, item.Psc) IS NOT NULL THEN [{
        'type': kind,
        'address': one_line([
            item.MenoUlice,
            CASE
                WHEN contains(item.OrientacneCislo, '/') THEN item.OrientacneCislo
                ELSE one_line([item.SupisneCislo, item.OrientacneCislo], '/')
            END
        ], ' '),
        'locality': clean(item.Mesto),
        'post_code': clean(item.Psc),
        'country': CASE WHEN starts_with(item.MestoKod, 'SK') THEN 'SK' END
    }] END;

-- What has ended by the day of the delivery.
CREATE OR REPLACE TEMP MACRO sk_is_past(day) AS coalesce(day <= getvariable('snapshot_date')::DATE, false);

-- An entry that was deleted from the register is closed, whatever its rows say.
CREATE OR REPLACE TEMP MACRO sk_status(is_past, deletion) AS
    CASE WHEN is_past OR coalesce(json_type(deletion) <> 'NULL', false) THEN 'closed' ELSE 'new' END;
