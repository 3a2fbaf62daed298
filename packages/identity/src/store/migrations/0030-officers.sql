-- An agency's appointment of a person as its officer. It is made for a national number, and becomes a person's when
-- somebody signs in who has proved that number.
create table officer_appointment (
  id uuid primary key,
  -- The member's id: TH/GOV/DOPA.
  agency text not null,
  account_id uuid references account (id),
  number_hash bytea not null,
  number_sealed bytea not null,
  -- As the agency wrote it: { given, family }.
  name_sealed bytea not null,
  title_th text not null,
  title_en text not null,
  unit_th text not null,
  unit_en text not null,
  valid_from timestamptz not null,
  -- The first moment at which it holds no more; null: until it is ended.
  valid_till timestamptz,
  state text not null check (state in ('invited', 'live', 'ended')),
  invited_at timestamptz not null,
  accepted_at timestamptz,
  ended_at timestamptz,
  -- Its place in a status list.
  status_uri text,
  status_index integer,
  -- What the register of officers said: { at, exchange, outcome }.
  checked jsonb,
  check ((state = 'live') <= (account_id is not null and accepted_at is not null)),
  check ((state = 'ended') = (ended_at is not null)),
  check (valid_till > valid_from)
);
-- A person has one appointment at an agency at a time.
create unique index officer_appointment_open on officer_appointment (agency, number_hash) where state <> 'ended';
create index officer_appointment_invited on officer_appointment (number_hash) where state = 'invited';
create index officer_appointment_account on officer_appointment (account_id) where state = 'live';
create index officer_appointment_agency on officer_appointment (agency, id);

-- A duty that was given under an appointment; with a role, the officer has it in another's place.
create table officer_duty (
  id uuid primary key,
  appointment_id uuid not null references officer_appointment (id),
  duty text not null,
  role text,
  -- In whose place; sealed.
  behalf_sealed bytea,
  valid_from timestamptz not null,
  valid_till timestamptz,
  ended_at timestamptz,
  check (valid_till > valid_from)
);
create index officer_duty_appointment on officer_duty (appointment_id);
create unique index officer_duty_open on officer_duty (appointment_id, duty, coalesce(role, '')) where ended_at is null;

-- Every change, with who made it; nothing is taken away.
create table officer_change (
  id uuid primary key,
  agency text not null,
  appointment_id uuid not null references officer_appointment (id),
  at timestamptz not null,
  by_account uuid references account (id),
  by_operator text,
  kind text not null,
  -- Codes and times, no names and no numbers.
  detail jsonb not null
);
create index officer_change_appointment on officer_change (appointment_id, id);
create index officer_change_agency on officer_change (agency, id);

-- A file of officers on its way in: read, looked at, brought in or refused. Its content goes when it is done.
create table officer_import (
  id uuid primary key,
  agency text not null,
  by_account uuid not null references account (id),
  by_appointment uuid not null references officer_appointment (id),
  at timestamptz not null,
  state text not null check (state in ('checked', 'running', 'done', 'failed')),
  content_sealed bytea,
  done integer not null default 0,
  total integer not null,
  -- By line; sealed.
  report_sealed bytea
);
