-- What comparing and joining the records of one kind needed and nothing after it does.
DROP TABLE IF EXISTS compare_entity;

DROP TABLE IF EXISTS compare_person;

DROP VIEW IF EXISTS resolve_pair;

DROP TABLE IF EXISTS pair_numbered;

DROP TABLE IF EXISTS resolve_evidence;

DROP TABLE IF EXISTS record_fact;

DROP TABLE IF EXISTS record_sign;

DROP TABLE IF EXISTS record_stand;

DROP TABLE IF EXISTS record_same;

DROP TABLE IF EXISTS record_still;

DROP TABLE IF EXISTS record_new;

DROP TABLE IF EXISTS record_wanted;

DROP TABLE IF EXISTS feature_word;

DROP TABLE IF EXISTS word_count;

DROP TABLE IF EXISTS sound_count;

DROP TABLE IF EXISTS key_count;

DROP TABLE IF EXISTS word_country_count;

DROP TABLE IF EXISTS key_country_count;

DROP TABLE IF EXISTS word_country_bits;

DROP TABLE IF EXISTS address_country_bits;

DROP TABLE IF EXISTS word_bits;

DROP TABLE IF EXISTS address_bits;

DROP TABLE IF EXISTS namesake_count;

DROP TABLE IF EXISTS namesake;

DROP TABLE IF EXISTS rarity;

DROP TABLE IF EXISTS moved;

DROP TABLE IF EXISTS resolve_edge;

DROP TABLE IF EXISTS resolve_component;

DROP TABLE IF EXISTS component_careful;

DROP TABLE IF EXISTS careful_pair;

DROP TABLE IF EXISTS careful_batch;

DROP TABLE IF EXISTS careful_record;

DROP TABLE IF EXISTS careful_edge;

DROP TABLE IF EXISTS careful_rejected;
