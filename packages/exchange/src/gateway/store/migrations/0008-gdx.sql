-- Callers of the GDX edge, the legacy addresses that they call, and the tokens that they hold.
create table gateway.gdx_consumer (
  id text primary key,
  name text not null,
  consumer_key text not null unique,
  secret text not null,             -- salted scrypt of the consumer's secret
  subsystem text not null,
  failures integer not null default 0, -- wrong secrets in a row, begun attempts counted
  locked_until timestamptz,
  last_used_at timestamptz,
  created_at timestamptz not null default now()
);

create table gateway.gdx_route (
  id text primary key,
  path text not null,               -- /ws/dopa/linkage/v1/link
  conditions jsonb not null,        -- parameters that choose this route by their values
  ignored text[] not null,          -- parameters that are left out
  target text not null,             -- /r1/TH/GOV/DOPA/population/person-v1/persons/{CitizenID}
  purpose text,
  created_at timestamptz not null default now(),
  unique (path, conditions)
);

create table gateway.gdx_token (
  hash bytea primary key,           -- SHA-256 of the token, which has 256 random bits
  consumer text not null references gateway.gdx_consumer (id) on delete cascade,
  agent bytea not null,             -- who is said to act, sealed
  last_used_at timestamptz not null default now()
);
create index gdx_token_by_use on gateway.gdx_token (last_used_at);
