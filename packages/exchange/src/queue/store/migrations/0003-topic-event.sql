-- Events that members of this gateway have published, for whoever holds a grant to read them.
create table queue.topic_event (
  number bigint generated always as identity primary key,
  service text not null,
  operation text not null,
  message text not null,            -- the publisher's own id
  digest bytea not null,            -- SHA-256 of the event
  content bytea not null,           -- the event, sealed
  bytes integer not null,
  published_at timestamptz not null default now(),
  unique (service, operation, message)
);
create index topic_event_in_order on queue.topic_event (service, operation, number);
create index topic_event_by_age on queue.topic_event (published_at);
