-- The last status list of each address, so that a restart needs no issuer for as long as the list may be relied on.
create table gateway.status_list_held (
  uri text primary key,
  jws text not null,
  etag text not null,
  issued_at timestamptz not null
);
