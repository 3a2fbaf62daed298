-- Versions of services as they were when they came in force: cases run under them to their end.
create table version (
  service text not null,
  version integer not null check (version > 0),
  -- SHA-256 of its files.
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  since timestamptz not null,
  primary key (service, version)
);
create index draft_version on draft (service, version) where case_id is not null;
