-- What a person proves with that it is them. Secrets lie sealed; nothing here signs anybody in by itself.
create table authenticator (
  id uuid primary key,
  account_id uuid not null references account (id),
  kind text not null check (kind in ('passkey', 'totp', 'password', 'recovery-codes', 'external')),
  -- What its owner calls it.
  name text not null,
  -- Sealed: the secret of a TOTP, the hash of a password, the subject at an outside provider.
  content_sealed bytea,
  added_at timestamptz not null,
  used_at timestamptz
);
create index authenticator_account on authenticator (account_id, added_at);
-- A person has one password and one set of recovery codes.
create unique index authenticator_single on authenticator (account_id, kind)
  where kind in ('password', 'recovery-codes');

-- Web Authentication Level 3: a public key and what was said of the authenticator that holds the private one.
create table passkey (
  authenticator_id uuid primary key references authenticator (id) on delete cascade,
  credential_id bytea not null unique,
  -- COSE_Key (RFC 9052 §7).
  public_key bytea not null,
  counter bigint not null,
  -- Whether the key may be copied to other devices of its owner, and whether it is. The first never changes.
  backup_eligible boolean not null,
  backed_up boolean not null,
  transports text[] not null,
  aaguid uuid not null,
  -- An officer saw that a security key holds it.
  hardware_seen boolean not null
);

-- RFC 6238: a code works once, and none does that is older than the last one used.
create table totp (
  authenticator_id uuid primary key references authenticator (id) on delete cascade,
  last_step bigint not null
);

create table recovery_code (
  authenticator_id uuid not null references authenticator (id) on delete cascade,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (authenticator_id, code_hash)
);

-- Something that was begun and is finished once or never: a challenge that waits for its signature, a secret for its first code.
create table ceremony (
  id_hash bytea primary key,
  kind text not null,
  -- The visit in which it was begun; in another it is of no use.
  bound_hash bytea not null,
  -- An account may be about to be made, so this refers to none.
  account_id uuid,
  content_sealed bytea not null,
  expires_at timestamptz not null
);
create index ceremony_expires on ceremony (expires_at);
