-- Who acts for whom. What is derived from a register has a row too, so that it has an id and a place in a status list;
-- whether it still holds, the register says at each use.
create table mandate (
  id uuid primary key,
  source text not null check (source in ('company', 'child', 'person', 'helper')),
  -- Who acts.
  holder_id uuid not null references account (id),
  -- Who gave it, and is acted for.
  giver_id uuid references account (id),
  -- Keyed hash of the company's or child's number.
  subject_hash bytea,
  -- JSON: numbers, names, scopes and limits.
  content_sealed bytea not null,
  valid_from timestamptz not null,
  valid_till timestamptz,
  ended_at timestamptz,
  ended_by text check (ended_by in ('holder', 'giver', 'register')),
  -- While one of the two has frozen their account.
  holder_suspended boolean not null default false,
  giver_suspended boolean not null default false,
  status_uri text not null,
  status_index integer not null,
  created_at timestamptz not null,
  check ((giver_id is null) = (source in ('company', 'child'))),
  check ((subject_hash is null) = (source in ('person', 'helper'))),
  check (giver_id <> holder_id),
  check ((ended_at is null) = (ended_by is null))
);
create index mandate_holder on mandate (holder_id) where ended_at is null;
create index mandate_giver on mandate (giver_id) where giver_id is not null and ended_at is null;
-- A register says a thing once.
create unique index mandate_derived on mandate (holder_id, source, subject_hash)
  where subject_hash is not null and ended_at is null;

-- A mandate that one person offers another or asks another for, until it is answered.
create table mandate_proposal (
  id uuid primary key,
  -- give: from offers to let to act for them; ask: from would like to act for to.
  direction text not null check (direction in ('give', 'ask')),
  from_id uuid not null references account (id),
  -- Whom it is meant for: by keyed hash of their number; whoever has the code (its keyed hash), and then who gave it in.
  to_hash bytea,
  code_hash bytea unique,
  to_id uuid references account (id),
  content_sealed bytea not null,
  state text not null check (state in ('open', 'accepted', 'refused', 'withdrawn')),
  mandate_id uuid references mandate (id),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  answered_at timestamptz,
  -- When whom it is meant for was told, if they have an account: apart from the request, which takes as long either way.
  announced_at timestamptz,
  check (num_nonnulls(to_hash, code_hash, to_id) = 1)
);
create index mandate_proposal_from on mandate_proposal (from_id, created_at);
create index mandate_proposal_to on mandate_proposal (to_hash) where state = 'open';
create index mandate_proposal_redeemed on mandate_proposal (to_id) where state = 'open';
create index mandate_proposal_unannounced on mandate_proposal (created_at) where announced_at is null;

-- How often an account tried something that must not be tried often.
create table mandate_try (
  account_id uuid not null references account (id),
  kind text not null,
  at timestamptz not null
);
create index mandate_try_account on mandate_try (account_id, kind, at);

-- For whom a sign-in session acts at the moment.
create table mandate_acting (
  session text primary key,
  account_id uuid not null references account (id),
  mandate_id uuid not null references mandate (id),
  chosen_at timestamptz not null
);
