-- One row. Every change takes its lock first: changes come one after another, and so do directory versions.
create table center.state (
  only_row boolean primary key default true check (only_row),
  instance text not null,
  version bigint not null default 0
);

create table center.member (
  id text primary key,
  class text not null check (class in ('GOV', 'LOC', 'COM', 'NGO')),
  name_th text not null,
  name_en text not null,
  created_at timestamptz not null
);
-- Two members whose codes differ only in case would be taken for one another.
create unique index member_folded on center.member (lower(id));

create table center.subsystem (
  member text not null references center.member,
  code text not null,
  name_th text not null,
  name_en text not null,
  created_at timestamptz not null,
  primary key (member, code)
);
create unique index subsystem_folded on center.subsystem (member, lower(code));

create table center.gateway (
  id text primary key,
  owner text not null references center.member,
  peer text not null,
  algorithms text[] not null,
  joined_at timestamptz not null
);

create table center.gateway_member (
  gateway text not null references center.gateway,
  member text not null references center.member,
  primary key (gateway, member)
);

-- The token's secret is nowhere: only its SHA-256.
create table center.join_token (
  hash bytea primary key check (octet_length(hash) = 32),
  gateway text not null,
  members text[] not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  -- SHA-256 over the public keys of the request that used it, and what was answered, so that the same joiner
  -- may ask again after a crash.
  used_by bytea,
  answer jsonb,
  check ((used_at is null) = (used_by is null) and (used_at is null) = (answer is null))
);

create table center.certificate (
  fingerprint text primary key check (fingerprint ~ '^[0-9a-f]{64}$'),
  use text not null check (use in ('tls', 'signing', 'timestamping', 'directory')),
  -- A gateway (tls), a member (signing), or the center itself.
  holder text not null,
  gateway text,
  der bytea not null,
  -- SHA-256 of the subject's public key (SubjectPublicKeyInfo).
  public_key bytea not null,
  not_before timestamptz not null,
  not_after timestamptz not null,
  issued_at timestamptz not null,
  revoked_at timestamptz,
  revoked_reason text,
  check ((revoked_at is null) = (revoked_reason is null))
);
create index certificate_holder on center.certificate (holder, use, not_after);
create index certificate_key on center.certificate (public_key);

create table center.service (
  id text primary key,
  member text not null,
  subsystem text not null,
  title_th text not null,
  title_en text not null,
  personal boolean not null,
  openapi text not null check (openapi ~ '^[0-9a-f]{64}$'),
  registered_at timestamptz not null,
  foreign key (member, subsystem) references center.subsystem (member, code)
);

create table center.grant_hash (
  provider text not null references center.member,
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  published_at timestamptz not null,
  primary key (provider, hash)
);

create table center.log_key (
  member text not null references center.member,
  epoch integer not null check (epoch >= 1),
  origin text not null unique,
  vkey text not null,
  registered_at timestamptz not null,
  primary key (member, epoch)
);

create table center.directory (
  version bigint primary key,
  issued_at timestamptz not null,
  valid_until timestamptz not null,
  -- SHA-256 of what it says apart from version and times.
  content bytea not null,
  jws text not null
);

-- Signed statements of members that were accepted: each counts once.
create table center.statement (
  member text not null,
  jti text not null,
  until timestamptz not null,
  primary key (member, jti)
);
create index statement_until on center.statement (until);

create table center.witnessed (
  origin text primary key,
  size bigint not null,
  root bytea not null,
  note text not null,
  at timestamptz not null
);

create table center.contradiction (
  id bigint generated always as identity primary key,
  origin text not null,
  held jsonb not null,
  offered text not null,
  reason text not null,
  at timestamptz not null
);

create table center.audit (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  actor text not null,
  action text not null,
  subject text not null,
  details jsonb not null
);

create sequence center.stamp_serial as bigint cache 1;

create function center.keep() returns trigger language plpgsql as $$
begin
  raise exception '% of % is not allowed', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end $$;

create trigger audit_keeps before update or delete on center.audit
  for each row execute function center.keep();
create trigger audit_stays before truncate on center.audit
  for each statement execute function center.keep();
create trigger contradiction_keeps before update or delete on center.contradiction
  for each row execute function center.keep();
create trigger contradiction_stays before truncate on center.contradiction
  for each statement execute function center.keep();
create trigger log_key_keeps before update or delete on center.log_key
  for each row execute function center.keep();
create trigger log_key_stays before truncate on center.log_key
  for each statement execute function center.keep();
