-- The keys with which the OpenID provider signs. Each is published before it signs, and after, until what it signed has expired.
create table oidc_key (
  kid text primary key,
  algorithm text not null,
  public jsonb not null,
  -- Private JWK, sealed.
  private_sealed bytea not null,
  published_at timestamptz not null,
  active_from timestamptz not null,
  -- From when its successor signs.
  retired_from timestamptz,
  -- When the row goes.
  removed_from timestamptz
);
create index oidc_key_algorithm on oidc_key (algorithm, active_from);
