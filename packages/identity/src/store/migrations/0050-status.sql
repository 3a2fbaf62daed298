-- Lists in which it stands whether a consent, a mandate, a session or an officer's word still holds.
create table status_list (
  id integer generated always as identity primary key,
  -- Grows with each change, in the order of commits: it is updated in the transaction that changes an entry.
  version bigint not null default 0,
  -- Full enough: no new entries.
  closed_at timestamptz
);

create table status_entry (
  list_id integer not null references status_list (id),
  index integer not null check (index >= 0),
  account_id uuid not null references account (id),
  kind text not null check (kind in ('consent', 'mandate', 'session', 'officer')),
  status text not null default 'valid' check (status in ('valid', 'withdrawn', 'suspended')),
  -- Set while its owner has everything stopped ("this wasn't me"), beside what the entry's own status is.
  stopped boolean not null default false,
  changed_at timestamptz not null,
  primary key (list_id, index)
);
create index status_entry_of_account on status_entry (account_id);
create index status_entry_not_valid on status_entry (list_id) where status <> 'valid' or stopped;
