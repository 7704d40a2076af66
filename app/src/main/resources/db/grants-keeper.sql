-- What those instances may do besides that change keys: rotate, re-key and destroy them, and erase subjects. Run by the owner
-- of the schema after grants.sql; may be run again at any time. The role is made by whoever runs the server:
-- create role scrip_keeper login password '…' in role scrip_app;
-- A write plane never needs it: whoever takes one over can neither destroy a key nor move a row.

-- Digests and seal of a row are made anew by re-key jobs; what it is (record, tenant, template, times) stays.
grant update (token, subject, value_digest, creator, former, derivation_key, derivation_try, digest_version, data_key_id)
  on scrip.tokens to scrip_keeper;
grant update (data_key_floor, last_erasure) on scrip.catalog to scrip_keeper;

grant delete on scrip_keys.key_encryption_keys, scrip_keys.data_keys, scrip_keys.digest_keys to scrip_keeper;
grant update (wrapped_private_key, root_id, mac, mac_root_id) on scrip_keys.key_encryption_keys to scrip_keeper;
grant update (kek_version, sealed, subject, subject_version) on scrip_keys.data_keys to scrip_keeper;
grant insert on scrip_keys.destroyed_keys to scrip_keeper;
grant insert, update on scrip_keys.jobs to scrip_keeper;
