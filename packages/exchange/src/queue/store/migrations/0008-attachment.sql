-- What systems upload to go with their messages. It belongs to the member's subsystem that uploads it, and to one queue.
create table queue.attachment (
  id uuid primary key,
  client text not null,             -- the subsystem that sends
  service text not null,
  operation text not null,
  length bigint not null check (length >= 0),
  received bigint not null default 0 check (received between 0 and length),
  digest bytea,                     -- SHA-256 of the whole, once all of it is here
  description bytea not null,       -- name and media type, sealed
  created_at timestamptz not null default now(),
  touched_at timestamptz not null default now()
);
create index attachment_of_client on queue.attachment (client);
create index attachment_untouched on queue.attachment (touched_at);

-- All pieces of an attachment have one size but the last: a piece's number says where it stands.
create table queue.attachment_piece (
  attachment uuid not null references queue.attachment (id) on delete cascade,
  number integer not null check (number >= 0),
  content bytea not null,           -- sealed
  primary key (attachment, number)
);
-- Sealed bytes don't get smaller.
alter table queue.attachment_piece alter column content set storage external;
