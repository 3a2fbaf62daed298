-- What is wrong with the center and is told to its operator, by the code of its check. Gone when its end has been told.
create table alert (
  code text primary key,
  outcome text not null,                 -- as bad as it is now
  checks jsonb not null,                 -- what was found: text and what to do
  since timestamptz not null,
  seen_at timestamptz not null,          -- when it was found last
  channels jsonb not null default '{}'   -- by the channel's name: {told, toldAt, attempts, nextAt}, times in milliseconds since 1970
);

-- Of several centers over this database one looks and tells.
create table alert_turn (
  one boolean primary key default true check (one),
  leased_until timestamptz not null
);
