-- Question: Which common owners of two companies does no single register show?
-- Columns: owner, both companies, registers one must look in, the stake in each in per cent, the weakest identity
--   match on the way (null where no match was needed).
-- Example: bo-harmonise query hidden-common-owners -w WS
SELECT
    coalesce(owner_name, party_name(owner_party_id)) AS owner,
    coalesce(company_l_name, party_name(company_l_party_id)) AS company_l,
    coalesce(company_r_name, party_name(company_r_party_id)) AS company_r,
    registers,
    registers_needed,
    share_min_l,
    share_max_l,
    share_min_r,
    share_max_r,
    match_probability,
    chain_names(chain_l) AS chain_l,
    chain_names(chain_r) AS chain_r,
    owner_party_id,
    company_l_party_id,
    company_r_party_id,
    statement_ids
FROM hidden_common_owner
ORDER BY registers_needed DESC, match_probability DESC NULLS FIRST, least(share_max_l, share_max_r) DESC, owner, company_l, company_r, owner_party_id;
