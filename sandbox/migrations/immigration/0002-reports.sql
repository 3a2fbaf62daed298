-- 90-day reports of the sandbox's travellers.
alter table traveller add column entered_on date not null default date '2026-07-01';

create table report (
  number text primary key,
  traveller_id integer not null references traveller (traveller_id),
  ordinal integer not null,
  reported_on date not null,
  late boolean not null,
  next_due_on date not null,
  house_number text not null,
  moo integer,
  subdistrict text not null,
  postal_code text not null,
  reference text,
  recorded_at timestamptz not null,
  unique (traveller_id, ordinal)
);

create table report_serial (
  year integer primary key,
  last integer not null
);

create table answered (
  key text primary key,
  request bytea not null,
  answer text not null,
  at timestamptz not null
);
