-- The made-up bank's accounts of those who are paid, and what moves on them. Amounts are satang.
create table movement (
  -- The bank's number of it.
  transaction text primary key,
  -- The biller number of whoever is paid or pays.
  account text not null,
  direction text not null check (direction in ('in', 'out')),
  amount bigint not null check (amount > 0),
  -- Of what comes in, the code's; of what goes out, the order's key.
  reference1 text not null,
  reference2 text not null default '',
  at timestamptz not null,
  -- The day in Bangkok.
  day date not null
);
create index movement_day on movement (account, day, at);
create index movement_latest on movement (at desc);

-- What has to be told to whoever is paid, until they have answered.
create table message (
  id uuid primary key,
  transaction text not null,
  body jsonb not null,
  state text not null default 'waiting' check (state in ('waiting', 'told', 'refused', 'withheld')),
  attempts integer not null default 0,
  next_at timestamptz not null,
  -- What came back the last time: a status, or a word.
  outcome text
);
create index message_waiting on message (next_at) where state = 'waiting';
create index message_transaction on message (transaction);

-- Requests that were answered, by their keys.
create table answered (
  key text primary key,
  request bytea not null,
  answer text not null,
  at timestamptz not null
);

-- The key with which the bank signs what it tells: a stand-in keeps it here, a bank in its hardware.
create table signing_key (
  kid text primary key,
  private jsonb not null,
  made_at timestamptz not null
);
