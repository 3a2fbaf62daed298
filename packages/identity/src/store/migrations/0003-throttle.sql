-- How often was tried in vain, by a keyed hash of what is counted: an account from one known device, a name from all
-- unknown devices together, an address.
create table throttle (
  key_hash bytea primary key,
  failures integer not null,
  blocked_until timestamptz not null,
  tried_at timestamptz not null
);
create index throttle_tried on throttle (tried_at);

-- How much strangers have begun, by a keyed hash of what is counted: a device, a network, the house. What is lost in a
-- crash was counted for minutes anyway, so it is written to no log.
create unlogged table admission (
  key_hash bytea primary key,
  full_at timestamptz not null
);
-- When somebody may come in who had to wait, by the keyed hash of their sign-in.
create unlogged table admission_place (
  place_hash bytea primary key,
  at timestamptz not null
);

-- Browsers from which a person signed in before, known by the hash of a cookie.
create table device (
  account_id uuid not null references account (id),
  token_hash bytea not null,
  words text not null,
  first_seen timestamptz not null,
  last_seen timestamptz not null,
  primary key (account_id, token_hash)
);
create index device_token on device (token_hash);
create index device_last_seen on device (last_seen);

-- A sign-in with a name that waits for its second factor. No account where the name is nobody's.
create table name_sign_in (
  uid_hash bytea primary key,
  name_hash bytea not null,
  account_id uuid references account (id),
  password_passed boolean not null,
  expires_at timestamptz not null
);
create index name_sign_in_expires on name_sign_in (expires_at);
