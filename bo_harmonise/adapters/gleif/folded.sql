-- Relationships that are no ownership: kept in `extra` of the entity they start at.
SELECT source_file, source_row FROM gleif_rr WHERE kind = 'other'
