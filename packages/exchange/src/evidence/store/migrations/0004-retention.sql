-- How far each rule of retention has come: what it orders is erased of all exchanges up to one.
create table retention (
  rule bytea primary key,         -- SHA-256 over the rule and those before it
  reached uuid not null,          -- the last exchange that was looked at
  erased bigint not null,         -- messages
  ran_at timestamptz not null
);
