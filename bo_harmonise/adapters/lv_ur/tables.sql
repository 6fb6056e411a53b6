-- Who the rows of the six files about parties name, under which record.
--
-- lv_party     one row for each row that names an owner, member or officer: its party, its subject, all its columns
-- lv_stake     members and stockholders: one row a holder and company, with the share of the whole

CREATE OR REPLACE TABLE lv_party AS
WITH named AS (
    -- Beneficial owners come first: of the rows about one person, they alone tell the forename from the surname.
    SELECT
        'beneficial_owner' AS role,
        1 AS rank,
        * EXCLUDE (legal_entity_registration_number),
        legal_entity_registration_number AS at_legal_entity_registration_number,
        'NATURAL_PERSON' AS entity_type
    FROM raw_beneficial_owner
    UNION ALL BY NAME
    SELECT 'member' AS role, 2 AS rank, * FROM raw_member
    UNION ALL BY NAME
    SELECT 'stockholder' AS role, 3 AS rank, * FROM raw_stockholder
    UNION ALL BY NAME
    SELECT 'joint_owner' AS role, 4 AS rank, *, concat('joint/member/', clean(member_id)) AS holding FROM raw_member_joint_owner
    WHERE clean(member_id) IS NOT NULL
    UNION ALL BY NAME
    SELECT
        'joint_owner' AS role,
        5 AS rank,
        *,
        concat('joint/stockholder/', coalesce(clean(stockholder_id), clean(member_id))) AS holding
    FROM raw_stockholder_joint_owner
    WHERE coalesce(clean(stockholder_id), clean(member_id)) IS NOT NULL
    UNION ALL BY NAME
    SELECT 'officer' AS role, 6 AS rank, * FROM raw_officer
),
plain AS (
    SELECT
        * EXCLUDE (name, latvian_identity_number_masked, birth_date, legal_entity_registration_number),
        coalesce(clean(name), one_line([forename, surname], ' ')) AS name,
        -- Should a code ever stand in full, its last digits go no further than this line.
        CASE
            WHEN regexp_matches(latvian_identity_number_masked, '^[0-9]{6}')
                THEN left(latvian_identity_number_masked, 6) || '-*****'
            ELSE clean(latvian_identity_number_masked)
        END AS code,
        clean(birth_date) AS birth_date,
        clean(legal_entity_registration_number) AS number,
        lv_number(at_legal_entity_registration_number) AS company
    FROM named
    WHERE holding IS NOT NULL OR lv_number(at_legal_entity_registration_number) IS NOT NULL
),
told AS (
    SELECT
        *,
        coalesce(holding, company) AS subject,
        lv_words(strip_accents(name)) AS words,
        CASE
            WHEN entity_type = 'JOINT_OWNERS' THEN 'joint'
            WHEN name IS NULL AND (number IS NULL OR entity_type = 'NATURAL_PERSON') THEN 'unspecified'
            WHEN entity_type = 'NATURAL_PERSON' THEN 'person'
            WHEN entity_type IN ('LEGAL_ENTITY', 'FOREIGN_ENTITY') THEN 'entity'
            -- A type that is not known yet: a code or birth date is a person's.
            WHEN coalesce(code, birth_date) IS NOT NULL THEN 'person'
            WHEN entity_type IS NULL AND number IS NULL THEN 'person'
            ELSE 'entity'
        END AS party_kind,
        number IS NOT NULL AND (
            entity_type = 'LEGAL_ENTITY' AND regexp_full_match(lv_number(number), '[0-9]{9}|[0-9]{11}')
            OR entity_type IS DISTINCT FROM 'FOREIGN_ENTITY' AND valid_lv_re(lv_number(number))
        ) AS is_latvian
    FROM plain
)
SELECT
    *,
    -- The register has no number of people. Day of birth and name tell two of them apart about as well as the public
    -- register can; without a day of birth a name holds for one company only. A foreign company is known by name
    -- and number, for the file does not say of which country the number is.
    CASE
        WHEN party_kind = 'joint' THEN concat('joint/', role, '/', coalesce(id, company))
        WHEN party_kind = 'person' THEN md5(concat_ws('|', coalesce(
            'code ' || code, 'born ' || birth_date, 'of ' || subject
        ), words))
        WHEN party_kind = 'entity' AND is_latvian THEN lv_number(number)
        WHEN party_kind = 'entity' THEN md5(concat_ws('|', coalesce('number ' || upper(number), 'of ' || subject), words))
        ELSE concat('unspecified/', coalesce(id, CAST(source_row AS VARCHAR)))
    END AS party_key,
    CASE party_kind WHEN 'unspecified' THEN NULL WHEN 'person' THEN 'lv_ur:person:' ELSE 'lv_ur:entity:' END
        || party_key AS party_record_id,
    concat('lv_ur:entity:', subject) AS subject_record_id,
    left(coalesce(last_modified_at, registered_on), 10) AS stated_on,
    -- Order among the rows of one party: one text compares faster than a struct of three.
    concat(rank, '|', source_file, '|', lpad(CAST(source_row AS VARCHAR), 12, '0')) AS place
FROM told;

CREATE OR REPLACE TABLE lv_stake AS
WITH held AS (
    SELECT
        role, subject, party_key, subject_record_id, party_kind, party_record_id, source_file, source_row, place,
        stated_on, date_from, registered_on, share_currency, shares, nominal, vote_count,
        {
            'id': id, 'uri': uri, 'number_of_shares': number_of_shares, 'share_nominal_value': share_nominal_value,
            'share_currency': share_currency, 'votes': votes, 'stock_type': stock_type,
            'depository_registration_number': depository_registration_number, 'depository_name': depository_name,
            'date_from': date_from, 'registered_on': registered_on
        } AS entry,
        CASE WHEN shares >= 0 AND nominal > 0 THEN shares * nominal END AS value,
        -- The same in millionths of the currency, a whole number.
        CASE WHEN shares >= 0 AND nominal > 0 THEN CAST(shares AS HUGEINT) * CAST(nominal * 1000000 AS HUGEINT) END AS millionths
    FROM (
        SELECT
            *,
            try_cast(replace(number_of_shares, ',', '.') AS DECIMAL(18, 0)) AS shares,
            try_cast(replace(share_nominal_value, ',', '.') AS DECIMAL(18, 6)) AS nominal,
            try_cast(votes AS DECIMAL(18, 0)) AS vote_count
        FROM lv_party
        WHERE role IN ('member', 'stockholder')
    )
),
-- The share of a holder is known where every row of the company can be valued in one currency.
whole AS (
    SELECT
        role,
        subject,
        sum(value) AS value,
        sum(millionths) AS millionths,
        sum(shares) AS shares,
        sum(vote_count) AS votes,
        count(*) = count(value) AND count(*) = count(share_currency) AND count(DISTINCT share_currency) = 1
            AND sum(value) > 0 AS is_valued,
        count(DISTINCT nominal) = 1 AS is_one_nominal,
        count(*) = count(vote_count) AND min(vote_count) >= 0 AND sum(vote_count) > 0 AS is_voted
    FROM held
    GROUP BY role, subject
)
SELECT
    held.role,
    held.subject,
    held.party_key,
    any_value(held.subject_record_id) AS subject_record_id,
    any_value(held.party_kind) AS party_kind,
    any_value(held.party_record_id) AS party_record_id,
    arg_min(held.source_file, place) AS source_file,
    arg_min(held.source_row, place) AS source_row,
    max(stated_on) AS stated_on,
    min(try_cast(coalesce(date_from, registered_on) AS DATE)) AS start_date,
    CASE WHEN any_value(is_valued) THEN lv_per_cent(sum(held.millionths), any_value(whole.millionths)) END AS share,
    CASE WHEN any_value(is_voted)
        THEN lv_per_cent(CAST(sum(vote_count) AS HUGEINT), CAST(any_value(whole.votes) AS HUGEINT)) END AS vote_share,
    CASE
        WHEN any_value(is_valued) AND any_value(is_one_nominal) THEN concat(
            sum(held.shares), ' of ', any_value(whole.shares), ' shares x ', lv_plain(any_value(nominal)), ' ',
            any_value(share_currency)
        )
        ELSE concat_ws(
            ' ',
            array_to_string(list_transform(list_sort(list({'place': place, 'entry': entry})), lambda item: concat_ws(
                ' ', item.entry.number_of_shares, 'shares x', item.entry.share_nominal_value,
                item.entry.share_currency
            )), ' + '),
            CASE WHEN any_value(is_valued)
                THEN concat_ws(' ', 'of', lv_plain(any_value(whole.value)), any_value(share_currency)) END
        )
    END AS details,
    CASE WHEN any_value(is_voted)
        THEN concat(sum(vote_count), ' of ', any_value(whole.votes), ' votes') END AS vote_details,
    -- What one row says and no column holds; rows of one holder are listed.
    -- Sorted afterwards: ORDER BY inside the aggregate took twice as long for many small groups.
    list_transform(list_sort(list({'place': place, 'entry': entry})), lambda item: item.entry) AS entries
FROM held
JOIN whole ON whole.role = held.role AND whole.subject = held.subject
GROUP BY held.role, held.subject, held.party_key;
