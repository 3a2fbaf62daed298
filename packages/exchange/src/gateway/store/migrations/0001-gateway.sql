-- What a gateway's operator has set up, and what it must remember between two messages.

create table gateway.service (
  id text primary key,              -- TH/GOV/DOPA/population/person-v1
  member text not null,
  openapi jsonb not null,
  openapi_hash text not null,       -- SHA-256 of the canonical JSON, as published in the directory
  url text not null,                -- where the agency's own system answers
  timeout_ms integer not null check (timeout_ms > 0),
  evidence text not null check (evidence in ('full', 'digest')),
  created_at timestamptz not null default now()
);

create table gateway.grant_issued (
  hash text primary key,            -- SHA-256 of the signed grant
  provider text not null,
  service text not null,
  consumer text not null,
  jws text not null,
  created_at timestamptz not null default now(),
  withdrawn_at timestamptz
);
create index grant_issued_by_consumer on gateway.grant_issued (consumer, service);

create table gateway.grant_held (
  hash text primary key,
  provider text not null,
  jws text not null
);
create index grant_held_by_provider on gateway.grant_held (provider);

-- Which list of a provider's grant hashes the held ones were fetched under.
create table gateway.grants_fetched (
  provider text primary key,
  digest text not null
);

create table gateway.description_held (
  hash text primary key,
  service text not null,
  openapi jsonb not null
);

create table gateway.credential (
  id text primary key,
  kind text not null check (kind in ('certificate', 'oauth')),
  name text not null,
  secret text not null,             -- certificate: fingerprint; oauth: salted scrypt of the client's secret
  subsystems text[] not null,
  created_at timestamptz not null default now()
);
create unique index credential_by_certificate on gateway.credential (secret) where kind = 'certificate';

create table gateway.access_token (
  hash bytea primary key,           -- SHA-256 of the token
  credential text not null references gateway.credential (id) on delete cascade,
  expires_at timestamptz not null
);

-- Tokens of people who ask who looked, each shown once. Rows go when theirs has lapsed anyway.
create table gateway.used_token (
  issuer text not null,
  token_id text not null,
  expires_at timestamptz not null,
  primary key (issuer, token_id)
);
create index used_token_by_expiry on gateway.used_token (expires_at);
