-- Signed documents of people.
create table document (
  id uuid primary key,
  owner uuid not null,
  -- A keyed hash of the company or child that it is about.
  party text,
  issuer text not null,
  kind text not null,
  -- JSON: both languages. Nothing personal.
  title jsonb not null,
  number text not null,
  media_type text not null,
  reference text,
  -- Whoever puts the same in twice says so by the same key.
  key text not null unique,
  issued_at timestamptz not null,
  valid_till timestamptz,
  ended_at timestamptz,
  ended_why text check (ended_why in ('replaced', 'revoked')),
  ended_by text,
  bytes integer not null,
  -- Of the content, in hex.
  sha256 text not null
);
create index document_owner on document (owner, issued_at desc);
create index document_party on document (party, issued_at desc) where party is not null;
create index document_number on document (number);

-- Apart from what lists read.
create table content (
  document uuid primary key references document (id),
  content_sealed bytea not null
);

-- Somebody who may see a document for a time: whoever has the code.
create table share (
  id uuid primary key,
  document uuid not null references document (id),
  account uuid not null,
  code_hash bytea not null unique,
  -- For the owner to read it once more.
  code_sealed bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index share_document on share (document, created_at desc);

-- Who looked at a document: the person themselves, or by a share somebody who said who they are.
create table view (
  id uuid primary key,
  document uuid not null references document (id),
  at timestamptz not null,
  what text not null check (what in ('seen', 'file', 'shared', 'share-ended')),
  account uuid,
  share uuid references share (id),
  -- What a stranger said that they are called.
  opener_sealed bytea
);
create index view_document on view (document, at desc);
