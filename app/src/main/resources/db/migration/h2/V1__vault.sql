-- The same tables as on PostgreSQL, where each column and index is explained. H2 has no partial indexes, and no collation
-- per column; it compares identifiers by code unit. Each of its indexes costs a tenth of the inserts, so what only serves
-- background work (purge, settling by creator or template) reads the table instead.
create schema if not exists scrip_keys;
create schema if not exists scrip_audit;

create table scrip.tokens (
  record            uuid                        not null,
  created_at        timestamp(6) with time zone not null,
  expires_at        timestamp(6) with time zone,
  revoked_at        timestamp(6) with time zone,
  catalog_version   bigint                      not null,
  data_key_id       bigint                      not null,
  template_revision integer                     not null,
  derivation_key    integer                     not null,
  derivation_try    integer                     not null,
  digest_version    integer                     not null,
  convergent        boolean                     not null,
  token             uuid                        not null,
  name              uuid,
  subject           uuid,
  value_digest      uuid,
  convergence       uuid,
  origin            uuid,
  creator           uuid                        not null,
  former            uuid,
  derivation_kept   varbinary,
  tenant            varchar(128)                not null,
  template          varchar                     not null,
  row_mac           varbinary                   not null,
  sealed            varbinary                   not null,
  constraint tokens_record primary key (record)
);
create unique index scrip.tokens_token on scrip.tokens (token);
create unique index scrip.tokens_name on scrip.tokens (name);
create unique index scrip.tokens_convergence on scrip.tokens (convergence);
create unique index scrip.tokens_origin on scrip.tokens (origin);
create index scrip.tokens_former on scrip.tokens (former);
create index scrip.tokens_value on scrip.tokens (value_digest, record);
create index scrip.tokens_subject on scrip.tokens (subject, record);

create table scrip.catalog (
  only_row       boolean not null primary key check (only_row),
  version        bigint  not null,
  data_key_floor bigint  not null,
  last_erasure   bigint  not null
);
insert into scrip.catalog (only_row, version, data_key_floor, last_erasure) values (true, 1, 1, 0);

create table scrip.templates (
  tenant      varchar(128) not null,
  name        varchar      not null,
  revision    integer      not null,
  definition  varchar      not null,
  retired     boolean      not null,
  description varchar,
  primary key (tenant, name, revision)
);

create table scrip.revocation_marks (
  id       bigint       generated always as identity primary key,
  tenant   varchar(128) not null,
  subject  uuid,
  creator  uuid,
  template varchar,
  version  bigint       not null
);

create table scrip.idempotency (
  key_digest  uuid                        not null primary key,
  body_digest uuid                        not null,
  expires_at  timestamp(6) with time zone not null,
  digest_version integer                  not null
);
create index scrip.idempotency_expired on scrip.idempotency (expires_at);

create table scrip_keys.key_encryption_keys (
  version             integer                     not null primary key check (version > 0),
  public_key          varbinary                   not null,
  wrapped_private_key varbinary                   not null,
  root_id             varchar                     not null,
  mac                 varbinary                   not null,
  mac_root_id         varchar                     not null,
  created_at          timestamp(6) with time zone not null
);

create table scrip_keys.data_keys (
  id          bigint                      generated always as identity primary key,
  kek_version integer                     not null references scrip_keys.key_encryption_keys (version),
  purpose     varchar(10)                 not null,
  tenant      varchar(128),
  subject     uuid,
  subject_version integer,
  node        varchar                     not null,
  sealed      varbinary                   not null,
  created_at  timestamp(6) with time zone not null
);
create index scrip_keys.data_keys_subject on scrip_keys.data_keys (tenant, subject);

create table scrip_keys.digest_keys (
  version    integer                     not null primary key check (version > 0),
  root_id    varchar                     not null,
  created_at timestamp(6) with time zone not null
);

create table scrip_keys.destroyed_keys (
  kind         varchar(20)                 not null,
  version      bigint                      not null,
  destroyed_at timestamp(6) with time zone not null,
  primary key (kind, version)
);

create table scrip_keys.jobs (
  id          bigint                      generated always as identity primary key,
  kind        varchar(20)                 not null,
  state       varchar(20)                 not null,
  total       bigint                      not null,
  done        bigint                      not null,
  failed      bigint                      not null,
  reached     uuid,
  started_at  timestamp(6) with time zone not null,
  updated_at  timestamp(6) with time zone not null,
  ended_at    timestamp(6) with time zone,
  runner      varchar,
  lease_until timestamp(6) with time zone
);

create table scrip_audit.audit_chains (
  ordinal bigint  generated always as identity primary key,
  name    varchar not null unique
);

create table scrip_audit.audit_events (
  sequence      bigint                      not null,
  at            timestamp(6) with time zone not null,
  chain         bigint                      not null,
  action        varchar(40)                 not null,
  outcome       varchar(10)                 not null,
  reason        varchar(40)                 not null,
  tenant        varchar(128)                not null,
  actor_issuer  varchar                     not null,
  actor_subject varchar                     not null,
  actor_client  varchar                     not null,
  request_id    varchar(64)                 not null,
  template      varchar,
  purpose       varchar,
  token         uuid,
  subject       uuid,
  previous      varbinary(32),
  hash          varbinary(32)               not null,
  primary key (chain, sequence)
);
create index scrip_audit.audit_events_at on scrip_audit.audit_events (at);

create table scrip_audit.audit_checkpoints (
  chain     bigint                      not null,
  sequence  bigint                      not null check (sequence > 0),
  at        timestamp(6) with time zone not null,
  head      varbinary(32)               not null,
  key_id    varchar                     not null,
  signature varbinary                   not null,
  primary key (chain, sequence)
);
