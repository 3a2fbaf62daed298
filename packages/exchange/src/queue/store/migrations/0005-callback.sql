-- What became of a message, to be told to its sender's own system; gone when that has taken it.
create table queue.callback (
  number bigint generated always as identity primary key,
  outgoing bigint not null references queue.outgoing (number) on delete cascade,
  client text not null,
  target text not null,
  order_key bytea,
  attempts integer not null default 0,
  next_at timestamptz not null default now(),
  leased_until timestamptz,
  created_at timestamptz not null default now()
);
create index callback_to_make on queue.callback (next_at);
create index callback_of_message on queue.callback (outgoing, number);
create index callback_in_order on queue.callback (client, target, order_key, number) where order_key is not null;
