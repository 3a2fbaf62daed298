-- At which agencies there is something to see for a person, as their gateways hint: neither what, nor how often.
create table usage_hint (
  account_id uuid not null references account (id),
  -- Whose gateways hinted.
  owner text not null,
  -- The latest hint; 1970 before the first.
  hinted_at timestamptz not null,
  -- When the person last looked, and the gateways answered.
  seen_at timestamptz,
  primary key (account_id, owner)
);
