-- An officer's key for signing documents, with its certificate. The private key lies sealed and is opened to sign only.
create table signing_key (
  id uuid primary key,
  appointment_id uuid not null references officer_appointment (id),
  account_id uuid not null references account (id),
  -- DER; the chain nearest first.
  certificate bytea not null,
  chain bytea[] not null,
  -- Hex, upper case.
  serial text not null unique,
  not_after timestamptz not null,
  private_sealed bytea not null,
  -- Keyed hash of the subject: what the certificate says of the officer.
  subject_hash bytea not null,
  created_at timestamptz not null,
  revoked_at timestamptz,
  -- CRLReason (RFC 5280).
  revocation_reason text,
  check ((revoked_at is null) = (revocation_reason is null))
);
-- An appointment has one key at a time.
create unique index signing_key_live on signing_key (appointment_id) where revoked_at is null;
create index signing_key_account on signing_key (account_id) where revoked_at is null;
create index signing_key_revoked on signing_key (revoked_at) where revoked_at is not null;

-- Tickets, codes and tokens of the signing service's authorisation server, by the hash of each.
create table signing_short_lived (
  name text primary key,
  value_sealed bytea not null,
  until timestamptz not null
);
create index signing_short_lived_until on signing_short_lived (until);

-- What signers authorised and did not use yet.
create table signing_authorization (
  name text primary key,
  account text not null,
  credential text not null,
  hashes text[],
  signatures_left integer not null,
  spent boolean not null,
  expires_at timestamptz not null
);
create index signing_authorization_expires on signing_authorization (expires_at);

create table signing_attempt (
  name text not null,
  number integer not null,
  at timestamptz not null,
  primary key (name, number)
);

-- What was authorised, refused and signed; nothing is taken away.
create table signing_event (
  id uuid primary key,
  at timestamptz not null,
  kind text not null,
  account text not null,
  credential text not null,
  hashes text[] not null,
  reason text
);
create index signing_event_account on signing_event (account, id);

-- What an officer is asked to confirm, by the hash of its ticket.
create table signing_request (
  name text primary key,
  -- TokenRequest as JSON.
  content_sealed bytea not null,
  asked_at timestamptz not null,
  until timestamptz not null,
  -- Where it was sent to a device of the officer's own: whose, under which question, with what both screens show.
  account_id uuid references account (id),
  question uuid unique,
  sign text,
  check ((question is null) = (account_id is null) and (question is null) = (sign is null))
);

-- Documents that officers sign at the desk.
create table signing_document (
  id uuid primary key,
  account_id uuid not null references account (id),
  appointment_id uuid not null references officer_appointment (id),
  credential uuid not null references signing_key (id),
  state text not null check (state in ('waiting', 'signed', 'refused')),
  -- JSON: name, reason, lines that are shown, verifier of the code.
  about_sealed bytea not null,
  content_sealed bytea not null,
  -- For which time it was prepared.
  at timestamptz not null,
  signed_at timestamptz
);
create index signing_document_account on signing_document (account_id, id);
