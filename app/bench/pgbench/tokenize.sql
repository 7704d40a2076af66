-- Tokenize as a program without a journal would: the token's row and its audit row, one transaction a call.
\set sequence :sequence + 1
\set random random(1, 9000000000000000000)
begin;
insert into bench.tokens (record, created_at, expires_at, revoked_at, catalog_version, data_key_id, template_revision,
  derivation_key, derivation_try, digest_version, convergent, token, name, subject, value_digest, convergence, origin,
  creator, tenant, template, row_mac, sealed)
values (gen_random_uuid(), now(), null, null, 1, 1, 1, 1, 0, 1, false, md5(:random::text)::uuid, null, null,
  null, null, null, md5('dev-admin')::uuid, 'default', 'opaque',
  uuid_send(md5(:random::text)::uuid),
  decode(repeat('5a', :sealed_bytes), 'hex'));
insert into bench.audit_events (chain, sequence, at, action, outcome, reason, tenant, actor_issuer, actor_subject,
  actor_client, request_id, template, purpose, token, subject, previous, hash)
values (-(:run * 1000 + :client_id), :sequence, now(), 'tokenize', 'allowed', 'permitted',
  'default', 'http://127.0.0.1:8082/', 'dev-admin@clients', 'dev-admin', 'b1946ac9-2d5e-4c1b-9a31-0c2f7d3a8f55', 'opaque',
  null, md5(:random::text)::uuid, null, null, sha256(int8send(:random)));
commit;
