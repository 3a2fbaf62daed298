-- What officers have to do. The row is how the events left the task; it can be made anew from them.
create table task (
  id uuid primary key,
  agency text not null,
  duty text not null,
  kind text not null,
  -- The account that it is about.
  subject uuid,
  title_th text not null,
  title_en text not null,
  reference text,
  -- JSON.
  detail_sealed bytea not null,
  working_days integer not null check (working_days > 0),
  opened_at timestamptz not null,
  received_at timestamptz not null,
  state text not null check (state in ('open', 'taken', 'answered', 'closed')),
  assignee uuid,
  due_at timestamptz not null,
  overdue_at timestamptz,
  version integer not null check (version > 0),
  check ((state = 'open') = (assignee is null) or state = 'closed')
);
-- A duty's queue by due date and by age; lists are paged by these keys.
create index task_due on task (agency, duty, due_at, id);
create index task_opened on task (agency, duty, opened_at, id);
create index task_assignee on task (assignee, due_at, id) where state = 'taken';
create index task_subject on task (subject, opened_at desc, id) where subject is not null;
create index task_reference on task (reference) where reference is not null;
-- What the clock has to look at.
create index task_running on task (due_at, id) where state in ('open', 'taken') and overdue_at is null;

-- All that happened to a task. Its key lets one of two concurrent events win.
create table task_event (
  task_id uuid not null references task (id),
  version integer not null,
  action text not null,
  -- The officer; null for the clock and for whoever opened it.
  actor uuid,
  at timestamptz not null,
  -- Of take and assign.
  assignee uuid,
  -- Of open and reopen.
  due_at timestamptz,
  -- JSON: what was written.
  content_sealed bytea,
  primary key (task_id, version)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'events of tasks are only added';
end
$$;

create trigger task_event_is_only_added before update or delete or truncate on task_event
  for each statement execute function refuse_change();
