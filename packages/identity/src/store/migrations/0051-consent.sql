-- What people allow of their data, and what agencies have asked them to allow. What was decided stays.
create table consent (
  id uuid primary key,
  -- By whom it may be decided: an identifier, hashed, since an agency asks by a number that may have no account yet.
  scheme text not null,
  subject_hash bytea not null,
  -- Set when it is decided.
  account_id uuid references account (id),
  state text not null check (state in ('asked', 'given', 'refused', 'withdrawn', 'lapsed')),
  consumer text not null,
  provider text not null,
  service text not null,
  purpose text not null,
  law text,
  -- Null: every operation of the service.
  operations text[],
  fields text[] not null check (cardinality(fields) > 0),
  -- What the agency says that it is for, in its own words.
  reason_th text not null default '',
  reason_en text not null default '',
  -- By which the agency knows it: a case, an application. No personal data.
  reference text not null default '',
  asked_at timestamptz not null,
  -- An unanswered question ends then.
  asked_until timestamptz,
  given_at timestamptz,
  expires_at timestamptz,
  ended_at timestamptz,
  reminded_at timestamptz,
  -- Refused, and the agency is not to ask for this service and purpose again.
  unwanted boolean not null default false check (not unwanted or state = 'refused'),
  -- Who is told of the question, where its number has an account; and when that was done.
  announce_to uuid,
  announced_at timestamptz,
  status_uri text,
  status_index integer,
  check (state <> 'given' or (account_id is not null and status_uri is not null and expires_at is not null))
);
create index consent_of_subject on consent (scheme, subject_hash, asked_at);
create index consent_of_consumer on consent (consumer, asked_at);
create index consent_announce on consent (asked_at)
  where announced_at is null and announce_to is not null and state = 'asked';
create index consent_ending on consent (expires_at) where state = 'given';
