-- What the mapping files share: the units, their keys, and who takes part in what.

-- Of values with a period: the one that holds, else the one that held last. Several may hold: the latest begun.
CREATE OR REPLACE TEMP MACRO dk_latest(items) AS
    list_sort(list_transform(items, lambda item, place: {
        'until': coalesce(item.periode.gyldigTil, '9999-12-31'), 'since': coalesce(item.periode.gyldigFra, ''),
        'place': place, 'item': item
    }), 'DESC')[1].item;

-- `gyldigTil` may lie ahead (a notified resignation): what ends after the delivery still holds.
CREATE OR REPLACE TEMP MACRO dk_holds(period) AS
    period.gyldigTil IS NULL OR period.gyldigTil > getvariable('snapshot_date');

CREATE OR REPLACE TEMP MACRO dk_cvr_number(number) AS lpad(nullif(nullif(trim(number), ''), '0'), 8, '0');

CREATE OR REPLACE TEMP MACRO dk_company_id(cvr, unit) AS
    'dk_cvr:entity:' || coalesce(dk_cvr_number(cvr), 'enhed-' || unit);

-- A person, a Danish company by its CVR number, or an other participant (foreign companies have no CVR number).
CREATE OR REPLACE TEMP MACRO dk_party_id(kind, cvr, unit) AS
    CASE WHEN kind = 'PERSON' THEN 'dk_cvr:person:' || unit ELSE dk_company_id(cvr, unit) END;

CREATE OR REPLACE TEMP MACRO dk_current_name(names) AS clean(dk_latest(names).navn);

CREATE OR REPLACE TEMP MACRO dk_other_names(current_name, names, more) AS
    nullif(list_sort(list_filter(
        list_distinct(list_transform(list_concat(coalesce(names, []), coalesce(more, [])), lambda item: clean(item.navn))),
        lambda name: name IS DISTINCT FROM current_name
    )), []);

-- Danish addresses come in parts, foreign ones as a text. Texts of addresses abroad were seen with country DK: the
-- country of a text counts only where it is another one. Post codes are numbers: 800 is 0800, and 0 is none.
CREATE OR REPLACE TEMP MACRO dk_address(kind, item) AS {
    'type': kind,
    'address': CASE
        WHEN item.fritekst IS NOT NULL THEN one_line(string_split(item.fritekst, chr(10)))
        ELSE one_line([
            CASE WHEN starts_with(lower(item.conavn), 'c/o') THEN item.conavn ELSE 'c/o ' || item.conavn END,
            one_line([
                item.vejnavn,
                concat(item.husnummerFra, item.bogstavFra, '-' || item.husnummerTil, item.bogstavTil)
            ], ' '),
            one_line([item.etage || CASE WHEN regexp_full_match(item.etage, '[0-9]+') THEN '.' ELSE '' END, item.sidedoer], ' '),
            item.bynavn,
            'Postboks ' || item.postboks
        ])
    END,
    'locality': clean(item.postdistrikt),
    'region': clean(item.kommune.kommuneNavn),
    'post_code': CASE WHEN item.postnummer <> '0' THEN lpad(item.postnummer, greatest(length(item.postnummer), 4)::INTEGER, '0') END,
    'country': CASE
        WHEN regexp_full_match(item.landekode, '[A-Z]{2}') AND (item.fritekst IS NULL OR item.landekode <> 'DK')
            THEN item.landekode
    END
};

CREATE OR REPLACE TEMP MACRO dk_addresses(kind, items) AS
    list_transform(
        list_filter([dk_latest(items)], lambda item: item IS NOT NULL), lambda item: dk_address(kind, item)
    );

-- Founders and auditors neither own nor control: they stay in `extra` of the unit that names them.
CREATE OR REPLACE TEMP MACRO dk_is_interest(main_type) AS coalesce(main_type NOT IN ('STIFTERE', 'REVISION'), true);

CREATE OR REPLACE TEMP VIEW dk_unit AS
SELECT
    source_file, source_row,
    _source.Vrvirksomhed AS company, _source.Vrdeltagerperson AS person, _source.Vrdeltager AS other
FROM raw_hit
UNION ALL
SELECT source_file, source_row, Vrvirksomhed, Vrdeltagerperson, Vrdeltager FROM raw_source;

CREATE OR REPLACE TEMP VIEW dk_company AS
SELECT source_file, source_row, company, dk_company_id(company.cvrNummer, company.enhedsNummer) AS record_id
FROM dk_unit
WHERE company.cvrNummer IS NOT NULL AND company.fejlRegistreret IS DISTINCT FROM 'true';

CREATE OR REPLACE TEMP VIEW dk_participant AS
SELECT
    source_file, source_row, unit, coalesce(unit.enhedstype, 'PERSON') = 'PERSON' AS is_person,
    dk_party_id(coalesce(unit.enhedstype, 'PERSON'), unit.forretningsnoegle, unit.enhedsNummer) AS record_id
FROM (SELECT source_file, source_row, coalesce(person, other) AS unit FROM dk_unit)
WHERE unit.enhedsNummer IS NOT NULL AND unit.fejlRegistreret IS DISTINCT FROM 'true';

-- A company and a unit that takes part in it, as the company tells it and as the participant tells it.
CREATE OR REPLACE TEMP VIEW dk_company_side AS
SELECT
    source_file, source_row, position, subject_record_id, deltager, organisationer,
    dk_party_id(deltager.enhedstype, deltager.forretningsnoegle, deltager.enhedsNummer) AS party_record_id,
    CASE
        WHEN party_record_id IS NULL THEN 'unspecified'
        WHEN deltager.enhedstype = 'PERSON' THEN 'person'
        ELSE 'entity'
    END AS party_type
FROM (
    SELECT
        source_file, source_row, position, subject_record_id,
        relation.deltager AS deltager, relation.organisationer AS organisationer
    FROM (
        SELECT source_file, source_row, record_id AS subject_record_id,
            unnest(company.deltagerRelation) AS relation,
            generate_subscripts(company.deltagerRelation, 1) AS position
        FROM dk_company
    )
);

CREATE OR REPLACE TEMP VIEW dk_participant_side AS
SELECT
    source_file, source_row, position, party_record_id, party_type,
    relation.virksomhed AS company, relation.organisationer AS organisationer,
    dk_company_id(relation.virksomhed.cvrNummer, relation.virksomhed.enhedsNummer) AS subject_record_id
FROM (
    SELECT source_file, source_row, record_id AS party_record_id,
        CASE WHEN is_person THEN 'person' ELSE 'entity' END AS party_type,
        unnest(unit.virksomhedSummariskRelation) AS relation,
        generate_subscripts(unit.virksomhedSummariskRelation, 1) AS position
    FROM dk_participant
)
WHERE relation.virksomhed.fejlRegistreret IS DISTINCT FROM 'true'
    AND coalesce(relation.virksomhed.cvrNummer, relation.virksomhed.enhedsNummer) IS NOT NULL;

-- One row a membership in an organisation of a company. The number of the organisation is no key (0 was seen): its
-- name is, so that both sides, and later numbers of the same organisation, give one record.
CREATE OR REPLACE TEMP MACRO dk_relationship_id(subject, party, position, organisation) AS concat(
    'dk_cvr:relationship:', replace(subject, 'dk_cvr:entity:', ''), '/',
    coalesce(regexp_replace(party, 'dk_cvr:(person|entity):', ''), 'relation-' || position), '/',
    regexp_replace(lower(organisation), '[^a-z0-9æøå]+', '-', 'g')
);
