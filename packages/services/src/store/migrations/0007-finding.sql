-- How many passed a step of a service on a day, over several rows so that nobody waits for another's; no person.
create table services.passed (
  service text not null,
  version integer not null,
  step text not null,
  day date not null,
  share smallint not null,
  count bigint not null,
  primary key (service, version, step, day, share)
);

-- What was said of a page; nothing of who said it.
create table services.feedback (
  id uuid primary key,
  service text not null,
  step text not null,
  said_at timestamptz not null,
  clear boolean not null,
  text text not null check (length(text) <= 1000)
);

create index feedback_service on services.feedback (service, said_at desc);
