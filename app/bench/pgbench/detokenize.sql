-- Detokenize as a program without a journal would: the row by its token's digest and an audit row, one transaction a call.
\set sequence :sequence + 1
\set random random(1, :stored)
begin;
select record, tenant, token, name, subject, value_digest, convergence, origin, creator, template, template_revision,
  derivation_key, derivation_try, digest_version, catalog_version, created_at, expires_at, data_key_id, row_mac, sealed
from bench.tokens where token = md5(:random::text)::uuid;
insert into bench.audit_events (chain, sequence, at, action, outcome, reason, tenant, actor_issuer, actor_subject,
  actor_client, request_id, template, purpose, token, subject, previous, hash)
values (-(:run * 1000 + :client_id), :sequence, now(), 'detokenize', 'allowed', 'permitted',
  'default', 'http://127.0.0.1:8082/', 'dev-admin@clients', 'dev-admin', 'b1946ac9-2d5e-4c1b-9a31-0c2f7d3a8f55', 'opaque',
  null, md5(:random::text)::uuid, null, null, sha256(int8send(:random)));
commit;
