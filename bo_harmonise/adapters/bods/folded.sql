-- A statement that stands in the delivery twice, word for word, gives one row.
SELECT source_file, source_row FROM bods_statement
