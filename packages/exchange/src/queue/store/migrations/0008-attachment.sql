-- What goes with messages and is too large for their body: what systems of our members have uploaded to be sent, and what
-- other gateways have sent for systems of ours.
create table queue.attachment (
  id uuid primary key,
  side text not null check (side in ('outgoing', 'incoming')),
  client text not null,             -- the subsystem that sends
  service text not null,
  operation text not null,
  length bigint not null check (length >= 0),
  received bigint not null default 0 check (received between 0 and length),
  digest bytea,                     -- SHA-256 of the whole, once all of it is here
  description bytea not null,       -- name and media type, sealed
  message text,                     -- the sender's id of the message that names it
  place integer,                    -- among those of the message, from 1
  outgoing bigint references queue.outgoing (number) on delete cascade,
  incoming bigint references queue.incoming (number) on delete cascade,
  sent_as uuid,                     -- the id that its sender gave it; of what came
  expected bytea,                   -- SHA-256 that its sender says it has; of what came
  created_at timestamptz not null default now(),
  touched_at timestamptz not null default now(),
  unique (client, message, sent_as)
);
create index attachment_of_client on queue.attachment (side, client);
create index attachment_of_outgoing on queue.attachment (outgoing) where outgoing is not null;
create index attachment_of_incoming on queue.attachment (incoming) where incoming is not null;
create index attachment_untouched on queue.attachment (touched_at) where outgoing is null and incoming is null;

-- All pieces of an attachment have one size but the last: a piece's number says where it stands.
create table queue.attachment_piece (
  attachment uuid not null references queue.attachment (id) on delete cascade,
  number integer not null check (number >= 0),
  content bytea not null,           -- sealed
  primary key (attachment, number)
);
-- Sealed bytes don't get smaller.
alter table queue.attachment_piece alter column content set storage external;

-- SHA-256 over what is said of a message's attachments, and how many there are.
alter table queue.outgoing add column manifest bytea, add column attachments integer not null default 0;
alter table queue.incoming add column manifest bytea, add column attachments integer not null default 0;
create index outgoing_attached on queue.outgoing (next_at) where state = 'queued' and manifest is not null;
