-- Whose a session was that ended while a page was open: a form that is still sent from it waits for the same person.
create table over_session (
  -- SHA-256 of what the browser's cookie has.
  token_hash bytea primary key,
  account_id uuid not null,
  expires_at timestamptz not null
);
create index over_session_expiry on over_session (expires_at);
