-- What programs were answered under an Idempotency-Key, so that the same sent again does nothing twice. Kept for a day.
create table api_answer (
  -- Keyed hashes: of the account and the client, and of the key.
  caller bytea not null,
  key_hash bytea not null,
  -- Keyed hash of what was sent.
  fingerprint bytea not null,
  -- Names who works on it; after some minutes without an answer it may be taken up anew.
  claim uuid not null,
  claimed_at timestamptz not null,
  -- Absent while it is worked on.
  answer_sealed bytea,
  primary key (caller, key_hash)
);
create index api_answer_claimed on api_answer (claimed_at);
