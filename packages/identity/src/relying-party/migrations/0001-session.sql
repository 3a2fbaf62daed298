-- Who is signed in at this face. The schema is the face's own: portal, desk.
create table session (
  id uuid primary key,
  -- SHA-256 of what the browser's cookie has; the cookie's value is kept nowhere.
  token_hash bytea not null unique,
  account_id uuid not null,
  -- The session at the issuer (sid), with which this one ends.
  issuer_session text not null,
  acr text not null,
  authenticated_at timestamptz not null,
  -- The name to call them by; sealed.
  name_sealed bytea not null,
  -- For whom they act, and under which appointment they work: chosen at the face.
  mandate text,
  appointment text,
  began_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index session_issuer on session (issuer_session);
create index session_account on session (account_id);
create index session_expiry on session (expires_at);

-- A sign-in under way: what has to be known when the browser comes back. One use.
create table attempt (
  -- SHA-256 of the state (RFC 6749 §4.1.1).
  state_hash bytea primary key,
  -- SHA-256 of the cookie of the browser that began it.
  browser_hash bytea not null,
  content_sealed bytea not null,
  expires_at timestamptz not null
);
create index attempt_expiry on attempt (expires_at);

-- A form that was sent by one who first had to prove more; sent again when they are back.
create table kept_form (
  id uuid primary key,
  account_id uuid not null,
  content_sealed bytea not null,
  expires_at timestamptz not null
);
create index kept_form_expiry on kept_form (expires_at);
