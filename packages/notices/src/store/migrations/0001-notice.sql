-- What a person was told: the inbox.
create table message (
  id uuid primary key,
  account uuid not null,
  kind text not null,
  -- A path of the portal or the desk.
  link text,
  -- JSON: title and body in both languages.
  content_sealed bytea not null,
  -- Whoever sends the same twice says so by the same key.
  key text,
  sent_at timestamptz not null,
  read_at timestamptz
);
create index message_inbox on message (account, sent_at desc, id desc);
create index message_unread on message (account) where read_at is null;
create unique index message_key on message (account, key) where key is not null;

-- What a person said about a kind of notice on a channel; where there is no row, the kind's usual applies.
create table preference (
  account uuid not null,
  kind text not null,
  channel text not null check (channel in ('inbox', 'email', 'push')),
  wanted boolean not null,
  changed_at timestamptz not null,
  primary key (account, kind, channel)
);

-- A browser that takes push messages (RFC 8030).
create table device (
  id uuid primary key,
  account uuid not null,
  -- Of the endpoint: a browser belongs to whom it was registered for last.
  endpoint_hash bytea not null unique,
  -- JSON: endpoint and keys.
  content_sealed bytea not null,
  name text not null,
  added_at timestamptz not null
);
create index device_account on device (account, added_at);

-- What has to leave the house. Several processes take from it; a row is taken by moving its next_at into the future,
-- so that it comes back by itself if the process that took it dies.
create table delivery (
  id uuid primary key default gen_random_uuid(),
  channel text not null check (channel in ('email', 'push')),
  -- Of a notice; a letter with a code has none.
  message_id uuid references message (id),
  account uuid,
  kind text,
  device_id uuid references device (id) on delete cascade,
  -- JSON of a letter with a code: address, language, code.
  content_sealed bytea,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'skipped', 'dead')),
  attempts integer not null default 0,
  next_at timestamptz not null,
  created_at timestamptz not null,
  finished_at timestamptz,
  -- What the last attempt met, in a word: no address.
  outcome text
);
create index delivery_waiting on delivery (next_at, id) where state = 'waiting';
create index delivery_dead on delivery (finished_at) where state = 'dead';
create index delivery_message on delivery (message_id);
create index delivery_device on delivery (device_id) where device_id is not null;

-- An address that somebody says is theirs, until they type the code that was sent there.
create table address_check (
  id uuid primary key,
  -- Whoever asked, as the caller names them: an account, a registration that is under way.
  holder text not null,
  address_hash bytea not null,
  -- Whose questions are counted together: a network, a device; and whether the address is known to be theirs.
  asker_hash bytea not null,
  own boolean not null,
  address_sealed bytea not null,
  code_hash bytea not null,
  wrong integer not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index address_check_holder on address_check (holder, created_at);
create index address_check_address on address_check (address_hash, created_at);
