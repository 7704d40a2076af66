-- The smallest durable commit of this schema: one audit row. Sent at a fixed pace beside the load, it tells what a commit
-- costs at that load.
\set sequence :sequence + 1
\set random random(1, 9000000000000000000)
insert into bench.audit_events (chain, sequence, at, action, outcome, reason, tenant, actor_issuer, actor_subject,
  actor_client, request_id, template, purpose, token, subject, previous, hash)
values (-(:run * 1000 + :client_id), :sequence, now(), 'tokenize', 'allowed', 'permitted',
  'default', 'http://127.0.0.1:8082/', 'dev-admin@clients', 'dev-admin', 'b1946ac9-2d5e-4c1b-9a31-0c2f7d3a8f55', 'opaque',
  null, md5(:random::text)::uuid, null, null, sha256(int8send(:random)));
