-- The questions that are asked most. Each takes a party_id, a `scheme:id` or a name (in any case of letters).

-- A text to compare names by: small letters without accents, words with one space between.
CREATE MACRO folded(text) AS trim(regexp_replace(
    translate(strip_accents(lower(text)), 'øłđħı', 'oldhi'), '[^\pL\pN]+', ' ', 'g'
));

-- A folded name of a company without its legal form, where it begins or ends with one.
CREATE MACRO without_legal_form(text) AS regexp_replace(
    regexp_replace(
        folded(text),
        ' (limited|ltd|plc|llp|lp|llc|inc|corp|aps|a s|as|i s|k s|p s|ivs|s r o|spol s r o|sia|gmbh|ag|kg|bv|nv|sa|sarl|ab|oy)$',
        ''
    ),
    '^(sia|as|ik|akciju sabiedriba|sabiedriba ar ierobezotu atbildibu) ',
    ''
);

-- Parties by id, number or name; where there is none: by names without regard to accents and marks, numbers without their
-- scheme, companies without their legal form, in this order. (CASE spares the costly measures where something was found.)
CREATE MACRO find_party(who) AS TABLE
WITH exact AS MATERIALIZED (
    SELECT party_id, kind, party.name AS name
    FROM party
    WHERE party_id = who
        OR list_contains(list_transform(identifiers, lambda item: lower(item)), lower(who))
        OR lower(party.name) = lower(who)
        OR list_contains(list_transform(names, lambda item: lower(item)), lower(who))
),
alike AS MATERIALIZED (
    SELECT
        party_id,
        kind,
        party.name AS name,
        CASE
            WHEN (SELECT count(*) FROM exact) > 0 OR folded(who) = '' THEN NULL
            WHEN folded(party.name) = folded(who)
                OR list_contains(list_transform(names, lambda item: folded(item)), folded(who)) THEN 1
            WHEN list_contains(
                list_transform(identifiers, lambda item: lower(substr(item, strpos(item, ':') + 1))), lower(who)
            ) THEN 2
            WHEN kind = 'entity' AND (
                without_legal_form(party.name) = without_legal_form(who)
                OR list_contains(list_transform(names, lambda item: without_legal_form(item)), without_legal_form(who))
            ) THEN 3
        END AS distance
    FROM party
    WHERE distance IS NOT NULL
)
FROM exact
UNION ALL
SELECT party_id, kind, name
FROM alike
WHERE distance = (SELECT min(distance) FROM alike);

-- What to call a party that may have no name.
CREATE MACRO name_or_number(name, identifiers) AS coalesce(name, identifiers[1], '(name withheld)');

-- (The columns within have names of their own, so that `party_id` of the asking query is not taken for them.)
CREATE MACRO party_name(id) AS (
    SELECT called_name
    FROM (SELECT party_id, name_or_number(party.name, party.identifiers) FROM party) AS called(called_id, called_name)
    WHERE called_id = id
);

-- Names of the parties of a chain, in its order.
CREATE MACRO chain_names(chain) AS (
    SELECT list(name_or_number(party.name, party.identifiers) ORDER BY position)
    FROM (SELECT unnest(chain) AS party_id, generate_subscripts(chain, 1) AS position)
    JOIN party USING (party_id)
);

-- Who holds what in a company, over all chains; ultimate owners first.
CREATE MACRO owners_of(who) AS TABLE
SELECT
    coalesce(company.name, party_name(company.party_id)) AS company,
    name_or_number(owner.name, owner.identifiers) AS owner,
    owner.kind,
    dimension,
    share_min,
    share_max,
    is_ultimate,
    chain_names(shortest_chain) AS chain,
    owner.party_id AS owner_party_id,
    company.party_id AS company_party_id
FROM find_party(who) AS company
JOIN effective_ownership ON company_party_id = company.party_id
JOIN party AS owner ON owner.party_id = owner_party_id
ORDER BY company.party_id, is_ultimate DESC, share_max DESC, share_min DESC, owner.name, owner.party_id, dimension;

-- What a party holds, over all chains.
CREATE MACRO owned_by(who) AS TABLE
SELECT
    coalesce(owner.name, party_name(owner.party_id)) AS owner,
    name_or_number(company.name, company.identifiers) AS company,
    company.jurisdictions,
    dimension,
    share_min,
    share_max,
    chain_names(shortest_chain) AS chain,
    company.party_id AS company_party_id,
    owner.party_id AS owner_party_id
FROM find_party(who) AS owner
JOIN effective_ownership ON owner_party_id = owner.party_id
JOIN party AS company ON company.party_id = company_party_id
ORDER BY owner.party_id, share_max DESC, share_min DESC, company.name, company.party_id, dimension;

-- Who holds something in both, over all chains.
CREATE MACRO common_owners(one, other) AS TABLE
SELECT
    name_or_number(party.name, party.identifiers) AS owner,
    party.kind,
    l.dimension,
    l.share_min AS share_min_l,
    l.share_max AS share_max_l,
    r.share_min AS share_min_r,
    r.share_max AS share_max_r,
    chain_names(l.shortest_chain) AS chain_l,
    chain_names(r.shortest_chain) AS chain_r,
    party.party_id AS owner_party_id
FROM effective_ownership AS l
JOIN effective_ownership AS r ON r.owner_party_id = l.owner_party_id AND r.dimension = l.dimension
JOIN party ON party.party_id = l.owner_party_id
WHERE l.company_party_id IN (SELECT party_id FROM find_party(one))
    AND r.company_party_id IN (SELECT party_id FROM find_party(other))
ORDER BY least(l.share_max, r.share_max) DESC, party.name, party.party_id, l.dimension;

-- All chains of stakes from the one to the other (or back), shortest first; a chain visits no party twice.
-- The recursion joins a stored table and drops repeated rows by UNION: DuckDB 1.5 loses rows at random on two threads
-- where a recursion joins an aggregate, and a stored macro does not keep MATERIALIZED, which would prevent it.
CREATE MACRO chains_between(one, other) AS TABLE
WITH RECURSIVE direction AS (
    SELECT a.party_id AS source, b.party_id AS target FROM find_party(one) AS a, find_party(other) AS b
    UNION
    SELECT b.party_id, a.party_id FROM find_party(one) AS a, find_party(other) AS b
),
walk AS (
    SELECT source, target, [source] AS chain FROM direction
    UNION
    SELECT source, target, list_append(chain, owned_party_id)
    FROM walk
    JOIN ownership_edge ON owner_party_id = chain[-1]
    WHERE chain[-1] <> target AND NOT list_contains(chain, owned_party_id)
),
step AS (
    SELECT DISTINCT chain, unnest(range(1, len(chain))) AS number
    FROM walk
    WHERE chain[-1] = target
),
step_statement AS (
    SELECT chain, number, list_sort(list_distinct(flatten(list(edge.statement_ids)))) AS statement_ids
    FROM step
    JOIN ownership_edge AS edge ON owner_party_id = chain[number] AND owned_party_id = chain[number + 1]
    GROUP BY chain, number
)
SELECT chain_names(chain) AS names, len(chain) - 1 AS steps, chain, flatten(list(statement_ids ORDER BY number)) AS statement_ids
FROM step_statement
GROUP BY chain
ORDER BY steps, chain;
