-- Messages that members of this gateway have sent: kept until they are done, and as long after as receipts are kept.
create table queue.outgoing (
  number bigint generated always as identity primary key,
  client text not null,             -- the subsystem that sends
  message text not null,            -- its own id of the message
  service text not null,
  operation text not null,
  target text not null,             -- a queue's address has neither parameters nor query
  order_key bytea,                  -- keyed hash of what the sender orders by
  digest bytea not null,            -- SHA-256 of the body
  content bytea,                    -- headers and body, sealed; gone when nobody needs it any more
  state text not null default 'queued'
    check (state in ('queued', 'delivered', 'accepted', 'rejected', 'dead', 'dropped')),
  problem text,                     -- code of the last refusal
  reason text,                      -- why the receiver rejected it
  attempts integer not null default 0,
  next_at timestamptz not null default now(),
  leased_until timestamptz,
  queued_at timestamptz not null default now(),
  expires_at timestamptz not null,
  receipt_queued text not null,
  receipt_delivered text,
  receipt_outcome text,
  resend_of bigint references queue.outgoing (number) on delete set null,
  unique (client, message)
);
create index outgoing_to_deliver on queue.outgoing (next_at) where state = 'queued';
create index outgoing_in_order on queue.outgoing (client, target, order_key, number)
  where order_key is not null and state in ('queued', 'delivered');
create index outgoing_by_state on queue.outgoing (state, number);

-- Messages that came for systems of our members.
create table queue.incoming (
  number bigint generated always as identity primary key,
  client text not null,
  message text not null,
  service text not null,
  operation text not null,
  exchange uuid not null,           -- with which it came: its evidence
  digest bytea not null,
  content bytea,
  state text not null default 'waiting' check (state in ('waiting', 'accepted', 'rejected', 'expired')),
  problem text,
  reason text,
  attempts integer not null default 0,
  next_at timestamptz not null default now(),
  leased_until timestamptz,
  delivered_at timestamptz not null default now(),
  expires_at timestamptz not null,
  receipt_delivered text not null,
  receipt_outcome text,
  told_at timestamptz,              -- when the sender's gateway took the outcome
  unique (client, message)
);
create index incoming_to_do on queue.incoming (next_at) where told_at is null;
create index incoming_by_state on queue.incoming (state, number);
