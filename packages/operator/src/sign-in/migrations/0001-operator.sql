-- Who signs in to the operator's pages, and by what. Secrets are kept as their hashes; the token with which somebody
-- acts is sealed under the secret that only their link, and then their browser, has.

create table link (
  hash bytea primary key,
  name text not null,
  token bytea not null,
  expires_at timestamptz not null
);

create table session (
  hash bytea primary key,
  name text not null,
  token bytea not null,
  signed_in_at timestamptz not null,
  seen_at timestamptz not null
);
