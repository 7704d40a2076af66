-- What the service itself may do. Run by the owner of the schema after each migration; may be run again at any time. The
-- role is made by whoever runs the server: create role scrip_app login password '…';
-- It owns nothing, so it cannot alter, drop, truncate or index a table.

revoke all on all tables in schema scrip, scrip_keys, scrip_audit from scrip_app;
grant usage on schema scrip, scrip_keys, scrip_audit to scrip_app;

-- A row's identity (record, token, tenant, value, creator) is written once.
grant select, insert, delete on scrip.tokens to scrip_app;
grant update (name, convergence, origin, derivation_kept, expires_at, revoked_at, row_mac, sealed) on scrip.tokens to scrip_app;

grant select on scrip.catalog to scrip_app;
grant update (version) on scrip.catalog to scrip_app;

grant select, insert on scrip.templates to scrip_app;
grant update (retired) on scrip.templates to scrip_app;

grant select, insert, delete on scrip.revocation_marks to scrip_app;

-- PostgreSQL asks for update where rows are locked before they are deleted.
grant select, insert, update, delete on scrip.idempotency to scrip_app;

-- Which version the schema has.
grant select on scrip.flyway_schema_history to scrip_app;

-- Keys are added, never changed or destroyed by this role; see grants-keeper.sql for the one that may.
grant select, insert on scrip_keys.key_encryption_keys, scrip_keys.data_keys, scrip_keys.digest_keys to scrip_app;
grant select on scrip_keys.destroyed_keys, scrip_keys.jobs to scrip_app;

-- The trail is appended to and read.
grant select, insert on scrip_audit.audit_chains, scrip_audit.audit_events, scrip_audit.audit_checkpoints to scrip_app;
