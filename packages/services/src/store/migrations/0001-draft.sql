-- Forms that are being filled in. What is filled in is sealed as one: JSON.
create table draft (
  id uuid primary key,
  service text not null,
  -- Of the definition.
  version integer not null check (version > 0),
  -- Who began it.
  account_id uuid not null,
  -- Keyed hash of whom it is for, where that is somebody else: found by all who may act for them.
  party_hash bytea,
  content_sealed bytea not null,
  -- Counts what was saved. Of two who save from the same one, one wins.
  revision integer not null check (revision > 0),
  created_at timestamptz not null,
  changed_at timestamptz not null,
  removed_at timestamptz,
  -- The case that came of it.
  case_id uuid unique,
  submitted_at timestamptz,
  check ((case_id is null) = (submitted_at is null)),
  check (case_id is null or removed_at is null)
);
create index draft_account on draft (account_id, changed_at desc) where party_hash is null;
create index draft_party on draft (party_hash, changed_at desc) where party_hash is not null;
-- What is cleared away.
create index draft_age on draft (changed_at) where case_id is null;

-- Files that answers name; they go with their draft.
create table draft_file (
  id uuid primary key,
  draft_id uuid not null references draft (id) on delete cascade,
  content_sealed bytea not null,
  created_at timestamptz not null
);
create index draft_file_draft on draft_file (draft_id);
