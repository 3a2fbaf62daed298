-- What somebody has to pay. Amounts are satang.
create table payment (
  id uuid primary key,
  -- The member that gets it, and its number at the bank (15 digits).
  payee text not null,
  biller text not null,
  -- What it is for, as the room that asked names it.
  reference text not null unique,
  -- The first reference in the code that is paid: found by it.
  bank_reference text not null unique,
  account uuid,
  party text,
  -- JSON: both languages.
  title jsonb,
  amount bigint not null check (amount > 0),
  due_at timestamptz not null,
  -- When each part is due, where the person may pay in parts: milliseconds.
  instalments jsonb,
  -- How its events left it.
  state text not null,
  paid bigint not null default 0 check (paid >= 0),
  paid_at timestamptz,
  created_at timestamptz not null
);
create index payment_account on payment (account, created_at desc) where account is not null;
create index payment_party on payment (party, created_at desc) where party is not null;
create index payment_due on payment (due_at) where state = 'waiting';
create index payment_attention on payment (payee, due_at) where state in ('late', 'overpaid', 'partly-paid');

-- What happened to a payment: only added.
create table event (
  payment uuid not null references payment (id),
  number integer not null,
  at timestamptz not null,
  kind text not null,
  amount bigint,
  -- Of what came in, or to which it goes back: the bank's number.
  transaction text,
  refund uuid,
  parts jsonb,
  primary key (payment, number)
);
create unique index event_received on event (transaction) where kind = 'received';

-- What the bank told us of money that came in, once for each of its transactions, whatever became of it.
create table confirmation (
  transaction text primary key,
  outcome text not null,
  payment uuid references payment (id),
  -- The member whose account it went to; null for an account that is none of ours.
  payee text,
  biller text not null,
  reference1 text not null,
  reference2 text not null,
  amount bigint not null,
  currency text not null,
  paid_at timestamptz not null,
  -- The bank's day, in the country.
  bank_day date not null,
  received_at timestamptz not null,
  -- How often the bank told the same again.
  repeats integer not null default 0,
  -- What it said when it said something else of the same transaction.
  contradiction jsonb,
  -- An officer saw to what could not be credited.
  settled_at timestamptz
);
create index confirmation_day on confirmation (payee, bank_day);
create index confirmation_open on confirmation (received_at)
  where settled_at is null and (outcome <> 'credited' or contradiction is not null);

-- Of signatures that were seen: none is taken twice. Gone when it would be too old anyway.
create table nonce (
  nonce text primary key,
  expires_at timestamptz not null
);
create index nonce_expired on nonce (expires_at);

-- Messages that were not the bank's, counted: strangers fill no table.
create table refusal (
  day date not null,
  reason text not null,
  count integer not null,
  last_at timestamptz not null,
  primary key (day, reason)
);

-- Money that goes out.
create table refund (
  id uuid primary key,
  payer text not null,
  reference text not null unique,
  payment uuid references payment (id),
  amount bigint not null check (amount > 0),
  -- JSON: a person's national number, or the transaction that goes back where it came from.
  to_sealed bytea not null,
  state text not null check (state in ('ordered', 'sent', 'done', 'failed')),
  -- Ordered anew after a failure: the bank knows each attempt as an order of its own.
  attempt integer not null default 1,
  transfer text,
  why text,
  ordered_at timestamptz not null,
  sent_at timestamptz,
  done_at timestamptz,
  bank_day date
);
create index refund_day on refund (payer, bank_day) where state = 'done';
create index refund_open on refund (payer, ordered_at) where state <> 'done';

-- A day of a payee, held against the bank's statement.
create table reconciliation (
  payee text not null,
  day date not null,
  ran_at timestamptz not null,
  -- JSON: in, inCount, out, outCount.
  ours jsonb not null,
  theirs jsonb not null,
  primary key (payee, day)
);

create table difference (
  id uuid primary key,
  payee text not null,
  day date not null,
  kind text not null,
  transaction text not null,
  ours jsonb,
  theirs jsonb,
  -- `gone`: not there any more when the day was compared again.
  state text not null check (state in ('open', 'gone', 'settled')),
  found_at timestamptz not null,
  settled_at timestamptz,
  unique (payee, day, kind, transaction)
);
create index difference_open on difference (payee, day) where state = 'open';

-- What officers decided, and why.
create table decision (
  id uuid primary key,
  at timestamptz not null,
  officer uuid not null,
  agency text not null,
  what text not null,
  -- The payment, transaction, refund or difference.
  subject text not null,
  why_sealed bytea not null
);
create index decision_subject on decision (subject, at);
