-- Companies: their own records; participants that are companies, and companies that only a person's record names, as
-- references.
WITH own AS (
    SELECT
        record_id,
        company.cvrNummer AS source_key,
        source_file,
        source_row,
        false AS is_reference,
        left(company.sidstOpdateret, 10) AS statement_date,
        dk_cvr_number(company.cvrNummer) AS cvr,
        company.enhedsNummer AS unit_number,
        'registeredEntity' AS entity_type,
        NULL::VARCHAR AS entity_type_details,
        'DK' AS jurisdiction,
        company.navne AS navne,
        company.binavne AS binavne,
        company.livsforloeb AS lives,
        dk_latest(company.virksomhedsstatus).status AS status_native,
        dk_latest(company.virksomhedsform).langBeskrivelse AS form,
        list_concat(
            dk_addresses('registered', company.beliggenhedsadresse), dk_addresses('alternative', company.postadresse)
        ) AS addresses,
        json_merge_patch('{}', json_object(
            'virksomhedsformkode', dk_latest(company.virksomhedsform).virksomhedsformkode,
            'hovedbranche', dk_latest(company.hovedbranche).branchetekst,
            'reklamebeskyttet', company.reklamebeskyttet,
            'status', nullif(company.status, '[]'::JSON),
            'attributter', nullif(list_filter(
                list_transform(company.attributter, lambda item: {'type': item.type, 'vaerdi': dk_latest(item.vaerdier).vaerdi}),
                lambda item: item.type <> 'EJERREGISTRERING_UNDER_5_PROCENT'
            ), []),
            'deltagerRelation', nullif(flatten(list_transform(company.deltagerRelation, lambda relation:
                list_transform(
                    list_filter(relation.organisationer, lambda item: NOT dk_is_interest(item.hovedtype)),
                    lambda item: {
                        'enhedsNummer': relation.deltager.enhedsNummer,
                        'forretningsnoegle': relation.deltager.forretningsnoegle,
                        'navn': dk_current_name(relation.deltager.navne),
                        'hovedtype': item.hovedtype,
                        'medlemsData': item.medlemsData
                    }
                )
            )), [])
        )) AS extra
    FROM dk_company
),
-- Other participants with a record of their own.
participant AS (
    SELECT
        record_id,
        coalesce(unit.forretningsnoegle, unit.enhedsNummer) AS source_key,
        source_file,
        source_row,
        dk_cvr_number(unit.forretningsnoegle) IS NOT NULL AS is_reference,
        left(unit.sidstOpdateret, 10) AS statement_date,
        dk_cvr_number(unit.forretningsnoegle) AS cvr,
        unit.enhedsNummer AS unit_number,
        CASE WHEN dk_cvr_number(unit.forretningsnoegle) IS NULL THEN 'legalEntity' ELSE 'registeredEntity' END AS entity_type,
        unit.organisationstype AS entity_type_details,
        CASE WHEN dk_cvr_number(unit.forretningsnoegle) IS NOT NULL THEN 'DK' END AS jurisdiction,
        unit.navne AS navne,
        list_concat(
            dk_addresses('registered', unit.beliggenhedsadresse), dk_addresses('alternative', unit.postadresse)
        ) AS addresses,
        CASE WHEN len(unit.attributter) > 0 THEN json_object('attributter', unit.attributter) END AS extra
    FROM dk_participant
    WHERE NOT is_person
),
first_owner AS (
    SELECT party_record_id, min({'file': source_file, 'row': source_row, 'position': position}) AS origin
    FROM dk_role
    WHERE is_company_side AND party_type = 'entity'
    GROUP BY party_record_id
),
owner AS (
    SELECT
        side.party_record_id AS record_id,
        coalesce(deltager.forretningsnoegle, deltager.enhedsNummer) AS source_key,
        side.source_file,
        side.source_row,
        true AS is_reference,
        dk_cvr_number(deltager.forretningsnoegle) AS cvr,
        deltager.enhedsNummer AS unit_number,
        -- Without a CVR number it is registered elsewhere, if at all. Where it lies is known from the address only,
        -- which is no evidence of the law it is formed under.
        CASE WHEN dk_cvr_number(deltager.forretningsnoegle) IS NULL THEN 'legalEntity' ELSE 'registeredEntity' END AS entity_type,
        deltager.organisationstype AS entity_type_details,
        CASE WHEN dk_cvr_number(deltager.forretningsnoegle) IS NOT NULL THEN 'DK' END AS jurisdiction,
        deltager.navne AS navne,
        dk_addresses('registered', deltager.beliggenhedsadresse) AS addresses
    FROM dk_company_side AS side
    JOIN first_owner
        ON first_owner.origin.file = side.source_file AND first_owner.origin.row = side.source_row
        AND first_owner.origin.position = side.position
    WHERE side.party_record_id = first_owner.party_record_id
),
first_subject AS (
    SELECT subject_record_id, min({'file': source_file, 'row': source_row, 'position': position}) AS origin
    FROM dk_role
    WHERE NOT is_company_side
    GROUP BY subject_record_id
),
subject AS (
    SELECT
        side.subject_record_id AS record_id,
        coalesce(company.cvrNummer, company.enhedsNummer) AS source_key,
        side.source_file,
        side.source_row,
        true AS is_reference,
        dk_cvr_number(company.cvrNummer) AS cvr,
        company.enhedsNummer AS unit_number,
        'registeredEntity' AS entity_type,
        'DK' AS jurisdiction,
        company.navne AS navne,
        company.livsforloeb AS lives,
        dk_latest(company.virksomhedsstatus).status AS status_native,
        dk_latest(company.virksomhedsform).langBeskrivelse AS form
    FROM dk_participant_side AS side
    JOIN first_subject
        ON first_subject.origin.file = side.source_file AND first_subject.origin.row = side.source_row
        AND first_subject.origin.position = side.position
),
referred AS (
    SELECT * FROM subject
    UNION ALL BY NAME
    SELECT * FROM owner WHERE record_id NOT IN (SELECT subject_record_id FROM first_subject)
),
entry AS (
    SELECT * FROM own
    UNION ALL BY NAME
    SELECT * FROM participant WHERE record_id NOT IN (SELECT record_id FROM dk_company)
),
told AS (
    SELECT *, dk_current_name(navne) AS name, dk_latest(lives).periode AS last_life
    FROM (
        SELECT * FROM entry
        UNION ALL BY NAME
        SELECT * FROM referred
        WHERE record_id NOT IN (
            SELECT record_id FROM dk_company
            UNION ALL
            SELECT record_id FROM dk_participant
        )
    )
)
SELECT
    record_id,
    source_key,
    source_file,
    source_row,
    is_reference,
    statement_date,
    entity_type,
    entity_type_details,
    told.name,
    dk_other_names(told.name, navne, binavne) AS alternate_names,
    jurisdiction,
    list_min(list_transform(lives, lambda life: try_cast(life.periode.gyldigFra AS DATE))) AS founding_date,
    CASE WHEN NOT dk_holds(last_life) THEN try_cast(last_life.gyldigTil AS DATE) END AS dissolution_date,
    CASE
        WHEN NOT dk_holds(last_life) THEN 'ceased'
        ELSE coalesce(statuses.status, 'unknown')
    END AS status,
    status_native,
    form AS legal_form_native,
    legal_forms.code AS legal_form_code,
    list_filter([
        CASE WHEN cvr IS NOT NULL THEN {
            'scheme': 'DK-CVR', 'scheme_name': 'Det Centrale Virksomhedsregister', 'id': cvr, 'is_valid': valid_dk_cvr(cvr)
        } END,
        CASE WHEN unit_number IS NOT NULL THEN {
            'scheme': NULL, 'scheme_name': 'CVR enhedsNummer', 'id': unit_number, 'is_valid': NULL
        } END
    ], lambda item: item IS NOT NULL) AS identifiers,
    nullif(addresses, []) AS addresses,
    extra
FROM told
LEFT JOIN statuses ON statuses.native = status_native
LEFT JOIN legal_forms ON legal_forms.name = form
