-- What a gateway remembers of the directory over restarts. Documents are kept for good: evidence refers to them
-- by version. Of a run of versions that say the same, the first and the last stay.
create table directory.document (
  version bigint primary key,
  content text not null,
  jws text not null,
  received_at timestamptz not null
);

create table directory.memory (
  only_row boolean primary key default true check (only_row),
  -- The latest time on the clock since the center last confirmed the newest document: a clock that is set back
  -- does not make the directory younger.
  seen_at timestamptz not null,
  confirmed_at timestamptz
);

create table directory.known_peer (
  gateway text primary key,
  since timestamptz not null
);
