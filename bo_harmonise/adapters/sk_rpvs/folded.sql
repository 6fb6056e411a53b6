-- Entries whose partner is a company that another entry told of before: in the one record of that company.
SELECT source_file, source_row FROM sk_partner
