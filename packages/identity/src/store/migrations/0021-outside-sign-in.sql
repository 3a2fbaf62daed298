-- Sign-ins at an outside provider that are under way (OpenID Connect Core 1.0 §3.1, RFC 7636).
create table outside_sign_in (
  state_hash bytea primary key,
  account_id uuid references account (id),
  -- The session at the face in which it was begun, and which alone can end it.
  session_hash bytea not null,
  -- Nonce and code verifier; sealed JSON.
  secrets_sealed bytea not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
