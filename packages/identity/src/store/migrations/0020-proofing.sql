-- What proved who somebody is: a row for each time, only ever added to.
create table proofing_evidence (
  id uuid primary key,
  account_id uuid not null references account (id),
  -- population-register, in-person, …: a code of the country's list.
  method text not null,
  at timestamptz not null,
  level_before text not null,
  level_after text not null,
  -- The numbers of the exchanges in which registers were asked.
  exchanges text[] not null default '{}',
  -- In person: the officer's appointment, its agency, and the officer's account.
  appointment text,
  agency text,
  officer_account uuid references account (id),
  -- Keyed hash of what was shown, so that it can be said later whether it was this.
  shown_hash bytea not null,
  -- What was shown and answered; sealed JSON.
  detail_sealed bytea not null,
  -- The same act sent again has the same key, and leaves no second row.
  repeat_key text not null unique
);
create index proofing_evidence_account on proofing_evidence (account_id, at);

-- Questions to registers by which somebody could guess. A row is there before the register is asked.
create table proofing_attempt (
  id uuid primary key,
  -- Who asks: an account's id; who recovers one and so has none yet, keyed by their network address.
  asker text not null,
  method text not null,
  -- Keyed hash of the number that was asked about.
  subject_hash bytea not null,
  at timestamptz not null,
  -- asked: not answered (yet), and counted as wrong; down: the register was down, and not counted.
  outcome text not null check (outcome in ('asked', 'wrong', 'matched', 'down'))
);
create index proofing_attempt_asker on proofing_attempt (asker, at);
create index proofing_attempt_at on proofing_attempt (at);
create index proofing_attempt_subject on proofing_attempt (subject_hash, at);

-- What a person has entered so far, one question after the other; sealed JSON, thrown away at the end.
create table proofing_draft (
  account_id uuid not null references account (id),
  method text not null,
  content_sealed bytea not null,
  expires_at timestamptz not null,
  primary key (account_id, method)
);
