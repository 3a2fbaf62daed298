-- Operators of single members of a gateway that hosts several: for whom they may look or change something.
create table gateway.operator (
  id text primary key,
  name text not null,
  members text[] not null,
  role text not null check (role in ('look', 'change')),
  origins text[] not null,          -- where their members' own systems may answer
  token_hash bytea not null unique, -- SHA-256 of the token, which has 256 random bits
  created_at timestamptz not null default now()
);
