-- Former names are kept with the company; several entries of one holder in one company are one stake.
SELECT source_file, source_row FROM raw_name_history WHERE lv_number(regcode) IS NOT NULL AND clean(name) IS NOT NULL
UNION ALL
SELECT source_file, source_row FROM lv_party WHERE role IN ('member', 'stockholder')
