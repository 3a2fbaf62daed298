-- The last receipt number of an agency and a year. Who registers takes the next one and holds the row until the commit.
create table receipt (
  agency text not null,
  year integer not null,
  last integer not null,
  primary key (agency, year)
) with (fillfactor = 10);

-- What people applied for. The lower half is how the events left it, and can be made anew from them.
create table service_case (
  id uuid primary key,
  agency text not null,
  year integer not null,
  serial integer not null check (serial > 0),
  number text not null,
  service text not null,
  service_version integer not null,
  applicant uuid not null,
  -- A keyed hash of whom it is about, where that is somebody else than who handed it in.
  party text,
  -- That, and of those who were asked for their consent: no officer handles a case of theirs.
  parties text[] not null,
  -- [{id, of, days}]
  consents jsonb not null,
  title_th text not null,
  title_en text not null,
  plan jsonb not null,
  -- Satang.
  fee bigint not null check (fee >= 0),
  key text not null unique,
  received_at timestamptz not null,
  effective_at timestamptz not null,
  -- The duties whose holders may see it.
  duties text[] not null,
  -- Under which all else is sealed; without it nothing of the case can be read any more.
  key_sealed bytea,
  content_sealed bytea,

  state text not null check (state in ('awaiting-payment', 'awaiting-consent', 'in-review', 'awaiting-information',
    'awaiting-endorsement', 'awaiting-decision', 'awaiting-signature', 'carrying-out', 'completed', 'appealed',
    'withdrawn', 'lapsed', 'voided')),
  stage text not null check (stage in ('first', 'appeal')),
  step integer not null,
  by_rule boolean not null,
  is_paid boolean not null,
  awaited_consents text[] not null,
  duty text,
  assignee uuid,
  done uuid[] not null,
  -- [{stage, step, officer}]
  hands jsonb not null,
  -- {event, favours}
  decision jsonb,
  first_decision jsonb,
  due_at timestamptz,
  days_left integer,
  lapse_at timestamptz,
  overdue_at timestamptz,
  ended_at timestamptz,
  appeal_until timestamptz,
  erased_at timestamptz,
  version integer not null check (version > 0),
  -- Lists are paged by it; what has no due date comes last.
  due_key timestamptz not null generated always as (coalesce(due_at, 'infinity'::timestamptz)) stored,
  check ((key_sealed is null) = (erased_at is not null)),
  unique (agency, year, serial)
);
-- A duty's queue, whole or of one service; lists are paged by these keys.
create index case_work on service_case (agency, duty, due_key, id)
  where state in ('in-review', 'awaiting-endorsement', 'awaiting-decision', 'awaiting-signature', 'appealed');
create index case_work_of_service on service_case (agency, duty, service, due_key, id)
  where state in ('in-review', 'awaiting-endorsement', 'awaiting-decision', 'awaiting-signature', 'appealed');
create index case_awaited on service_case (agency, duty, due_key, id)
  where state in ('awaiting-payment', 'awaiting-consent', 'awaiting-information', 'carrying-out');
create index case_ended on service_case (agency, duty, ended_at, id) where ended_at is not null;
create index case_ended_of_service on service_case (agency, service, ended_at, id) where ended_at is not null;
create index case_assignee on service_case (assignee, due_key, id) where assignee is not null;
create index case_overdue on service_case (agency, duty, due_key, id) where overdue_at is not null and ended_at is null;
-- A number without its year.
create index case_serial on service_case (agency, serial);
create index case_applicant on service_case (applicant, received_at, id);
-- What the clocks have to look at.
create index case_running on service_case (due_at, id)
  where overdue_at is null
    and state in ('in-review', 'awaiting-endorsement', 'awaiting-decision', 'awaiting-signature', 'appealed');
create index case_lapsing on service_case (lapse_at, id) where lapse_at is not null;

-- By whom else a case is found: whom it is about, who was asked.
create table case_party (
  party text not null,
  received_at timestamptz not null,
  case_id uuid not null references service_case (id),
  role text not null check (role in ('about', 'asked')),
  primary key (party, received_at, case_id, role)
);

-- All that happened to a case. Its key lets one of two concurrent events win.
create table case_event (
  case_id uuid not null references service_case (id),
  version integer not null,
  action text not null,
  by text not null check (by in ('officer', 'applicant', 'party', 'system')),
  actor uuid,
  at timestamptz not null,
  -- What else it says of how the case stands: times, who has it, which consent. Nothing personal.
  change jsonb not null,
  -- JSON: what was written.
  words_sealed bytea,
  primary key (case_id, version)
);

create trigger case_event_is_only_added before update or delete or truncate on case_event
  for each statement execute function refuse_change();

-- Who looked at what a case holds, at the desk.
create table case_view (
  case_id uuid not null references service_case (id),
  at timestamptz not null,
  officer uuid not null,
  primary key (case_id, at, officer)
);

create trigger case_view_is_only_added before update or delete or truncate on case_view
  for each statement execute function refuse_change();
