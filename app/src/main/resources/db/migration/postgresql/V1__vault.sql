-- Three schemas, because they are kept differently: a backup of scrip is useless without scrip_keys, and scrip_audit may
-- outlive both. Flyway makes the schema scrip, where its own history is.
create schema if not exists scrip_keys;
create schema if not exists scrip_audit;

-- One row per token. Every digest is 128 bits of an HMAC-SHA-256, and of type uuid for its width alone: fixed, half the index
-- entry of the same bytes as bytea, and compared without unpacking. Identifiers compare by byte (collate "C"): cheaper, and
-- the same on every server. Fixed-width columns come first, so that no padding lies between them.
create table scrip.tokens (
  record            uuid         not null,
  created_at        timestamptz  not null,
  expires_at        timestamptz,
  revoked_at        timestamptz,
  catalog_version   bigint       not null,
  data_key_id       bigint       not null,
  template_revision integer      not null,
  derivation_key    integer      not null,
  derivation_try    integer      not null,
  digest_version    integer      not null,
  convergent        boolean      not null, -- stays true when convergence is freed: the row is then a tombstone
  token             uuid         not null,
  name              uuid,
  subject           uuid,
  value_digest      uuid,
  convergence       uuid,
  origin            uuid,
  creator           uuid         not null,
  former            uuid,                  -- the token's digest as the trail knows it, where a re-key job has made another
  derivation_kept   bytea,                 -- the token itself, for whoever has value and digest root; written by a re-key job
  tenant            varchar(128) collate "C" not null,
  template          text         collate "C" not null,
  row_mac           bytea        not null,
  sealed            bytea        not null,
  constraint tokens_record primary key (record)
);

-- Ciphertext does not compress: do not try.
alter table scrip.tokens alter column sealed set storage external;

-- Each index is paid for by every insert, so each says whom it serves. Partial ones cost nothing where they do not apply.
create unique index tokens_token on scrip.tokens (token);                                       -- detokenize
create unique index tokens_name on scrip.tokens (name) where name is not null;                  -- by handle; uniqueness
create unique index tokens_convergence on scrip.tokens (convergence) where convergence is not null; -- one token per value
create unique index tokens_origin on scrip.tokens (origin) where origin is not null;            -- idempotent calls
create index tokens_former on scrip.tokens (former) where former is not null;                   -- revoke by reveal
create index tokens_value on scrip.tokens (value_digest, record)
  where value_digest is not null and revoked_at is null;                                        -- search by value, paged
create index tokens_subject on scrip.tokens (subject, record)
  where subject is not null and revoked_at is null;                                             -- search, revoke by subject
-- Few different keys, many rows each: B-tree deduplication keeps these two small and their inserts side by side.
create index tokens_creator on scrip.tokens (creator) where revoked_at is null;                 -- revoke by creator
create index tokens_template on scrip.tokens (tenant, template) where revoked_at is null;       -- revoke by template
-- Both grow at their right end only; they serve the purge.
create index tokens_expired on scrip.tokens (expires_at) where expires_at is not null;
create index tokens_revoked on scrip.tokens (revoked_at) where revoked_at is not null and not convergent;

-- One row: its version says whether templates, marks and key versions in an instance's memory are still right.
create table scrip.catalog (
  only_row       boolean not null primary key check (only_row),
  version        bigint  not null,
  data_key_floor bigint  not null, -- no row is sealed under a data key with a lower id any more
  last_erasure   bigint  not null  -- the version with which a subject was erased last: data keys may be gone since
);
insert into scrip.catalog (only_row, version, data_key_floor, last_erasure) values (true, 1, 1, 0);

create table scrip.templates (
  tenant      varchar(128) collate "C" not null,
  name        text         collate "C" not null,
  revision    integer      not null,
  definition  text         not null,
  retired     boolean      not null,
  description text,
  primary key (tenant, name, revision)
);

create table scrip.revocation_marks (
  id       bigint       generated always as identity primary key,
  tenant   varchar(128) collate "C" not null,
  subject  uuid,
  creator  uuid,
  template text         collate "C",
  version  bigint       not null,
  check (num_nonnulls(subject, creator, template) = 1)
);

create table scrip.idempotency (
  key_digest  uuid        not null primary key,
  body_digest uuid        not null,
  expires_at  timestamptz not null,
  digest_version integer  not null
);
create index idempotency_expired on scrip.idempotency (expires_at);

create table scrip_keys.key_encryption_keys (
  version             integer     not null primary key check (version > 0),
  public_key          bytea       not null,
  wrapped_private_key bytea       not null,
  root_id             text        collate "C" not null,
  mac                 bytea       not null,
  mac_root_id         text        collate "C" not null,
  created_at          timestamptz not null
);

create table scrip_keys.data_keys (
  id          bigint      generated always as identity primary key,
  kek_version integer     not null references scrip_keys.key_encryption_keys (version), -- keeps a needed one from being destroyed
  purpose     varchar(10) collate "C" not null,
  tenant      varchar(128) collate "C",
  subject     uuid,                           -- whose records alone it seals, as keyed digest
  subject_version integer,                    -- of the digest keys that made it
  node        text        collate "C" not null,
  sealed      bytea       not null,
  created_at  timestamptz not null
);
create index data_keys_kek on scrip_keys.data_keys (kek_version);
create index data_keys_subject on scrip_keys.data_keys (tenant, subject) where subject is not null;
create index data_keys_label on scrip_keys.data_keys (subject_version, id) where subject_version is not null;

-- Which root each version of the digest keys is derived from. The highest makes new digests.
create table scrip_keys.digest_keys (
  version    integer     not null primary key check (version > 0),
  root_id    text        collate "C" not null,
  created_at timestamptz not null
);

-- What is no more. Versions are never given again.
create table scrip_keys.destroyed_keys (
  kind         varchar(20) collate "C" not null,
  version      bigint      not null,
  destroyed_at timestamptz not null,
  primary key (kind, version)
);

-- Re-key jobs. At most one is not ended; who works on it holds the lease.
create table scrip_keys.jobs (
  id          bigint      generated always as identity primary key,
  kind        varchar(20) collate "C" not null,
  state       varchar(20) collate "C" not null,
  total       bigint      not null,
  done        bigint      not null,
  failed      bigint      not null,
  reached     uuid,
  started_at  timestamptz not null,
  updated_at  timestamptz not null,
  ended_at    timestamptz,
  runner      text        collate "C",
  lease_until timestamptz
);
create unique index jobs_open on scrip_keys.jobs ((ended_at is null)) where ended_at is null;

-- In the order in which they were opened. A name has some 45 characters; all other rows of the trail have the ordinal instead.
-- They do not reference it: the check would cost each insert a look-up per row, and who cannot delete a chain cannot break one.
create table scrip_audit.audit_chains (
  ordinal bigint generated always as identity primary key,
  name    text   collate "C" not null unique
);

-- Append-only: the runtime role can neither update nor delete here, see grants.sql. Every commit adds rows, so there are
-- two indexes and no more: the key, which reads a chain in order, and time, which orders what a filter finds and bounds
-- what it looks at. Both grow at right ends. BRIN on time would cost less still, but has no order: each page of a search
-- would then read and sort all that is left of the trail.
create table scrip_audit.audit_events (
  sequence      bigint       not null,
  at            timestamptz  not null,
  chain         bigint       not null, -- the ordinal in audit_chains
  action        varchar(40)  collate "C" not null,
  outcome       varchar(10)  collate "C" not null,
  reason        varchar(40)  collate "C" not null,
  tenant        varchar(128) collate "C" not null,
  actor_issuer  text         collate "C" not null,
  actor_subject text         collate "C" not null,
  actor_client  text         collate "C" not null,
  request_id    varchar(64)  collate "C" not null,
  template      text         collate "C",
  purpose       text         collate "C",
  token         uuid,
  subject       uuid,
  previous      bytea,                 -- of the first of a chain; after it, the hash of the row before
  hash          bytea        not null,
  primary key (chain, sequence)
);
create index audit_events_at on scrip_audit.audit_events (at);

create table scrip_audit.audit_checkpoints (
  chain     bigint      not null, -- the ordinal in audit_chains
  sequence  bigint      not null check (sequence > 0),
  at        timestamptz not null,
  head      bytea       not null,
  key_id    text        collate "C" not null,
  signature bytea       not null,
  primary key (chain, sequence)
);
