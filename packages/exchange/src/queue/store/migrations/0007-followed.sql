-- Topics whose events are handed to a member's own system, and how far it has taken them.
create table queue.followed (
  client text not null,             -- the subsystem that reads
  service text not null,
  operation text not null,
  place bigint,                     -- behind the last event that it took; null before the first reading
  batch bytea,                      -- what was read and is to be taken, sealed
  batch_place bigint,               -- behind its last event
  batch_exchange uuid,              -- with which it was read; null where a gap is told of
  attempts integer not null default 0,
  problem text,                     -- why it does not go on
  next_at timestamptz not null default now(),
  leased_until timestamptz,
  taken_at timestamptz,             -- when it last took something
  primary key (client, service, operation)
);
