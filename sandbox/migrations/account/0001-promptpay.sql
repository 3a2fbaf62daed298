-- Which numbers are bound to accounts of the sandbox's bank. None of them exists.
create table promptpay (
  id text primary key,
  account_ending text not null,
  since date not null
);

create table loaded (
  only_row boolean primary key default true check (only_row),
  edition text not null,
  at timestamptz not null
);
