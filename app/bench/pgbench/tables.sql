-- pgbench's own copies of the service's tables: same columns, checks and indexes, as many rows. The token of row n is the
-- digest of n, so that a client finds a stored one without being told. pgbench's own chains have negative numbers.
create schema bench;
create table bench.tokens (like scrip.tokens including all);
create table bench.audit_events (like scrip_audit.audit_events including all);

insert into bench.tokens (record, created_at, expires_at, revoked_at, catalog_version, data_key_id, template_revision,
  derivation_key, derivation_try, digest_version, convergent, token, name, subject, value_digest, convergence, origin,
  creator, tenant, template, row_mac, sealed)
select record, created_at, expires_at, revoked_at, catalog_version, data_key_id, template_revision,
  derivation_key, derivation_try, digest_version, convergent, md5((row_number() over ())::text)::uuid, name, subject,
  value_digest, convergence, origin, creator, tenant, template, row_mac, sealed
from (select * from scrip.tokens limit :stored) as one;

insert into bench.audit_events select * from scrip_audit.audit_events limit :stored;
analyze bench.tokens;
analyze bench.audit_events;
