-- Days that the cabinet made holidays or working days after the country's calendar was written. Only ever added: what a
-- day is now, its last version says; who said so when, all of them.
create table calendar_day (
  version integer generated always as identity primary key,
  date date not null,
  -- `plain`: as the country's calendar has it, again.
  kind text not null check (kind in ('holiday', 'workday', 'plain')),
  name_th text not null,
  name_en text not null,
  -- The cabinet's resolution.
  source text not null,
  at timestamptz not null,
  actor uuid not null
);
create index calendar_day_date on calendar_day (date, version desc);

create trigger calendar_day_is_only_added before update or delete or truncate on calendar_day
  for each statement execute function refuse_change();

-- Periods for an appeal whose last day may become a holiday.
create index case_appeal on service_case (appeal_until) where appeal_until is not null;
