-- What lies outside the database, in an archive: contents of many records each, written once.
create table segment (
  id uuid primary key,            -- version 7: its name in the archive begins with its month
  state text not null check (state in ('writing', 'kept')),
  bytes bigint not null,
  digest bytea not null,          -- SHA-256 of the whole
  records int not null default 0, -- whose content was put there
  made_at bigint not null,        -- milliseconds since 1970
  -- Since when no record names it: it stays for a while, for a copy of the database that does may be restored.
  unused_since bigint
);

-- Up to which exchange contents have been looked at.
create table archiving (
  only_row boolean primary key default true check (only_row),
  reached uuid not null
);

-- Where it is set, `content` is, sealed: where in that segment the content lies, and its key. Without the key nobody reads it
-- there, so that an erasure here is one there too.
alter table record add column segment uuid;
create index record_segment on record (segment) where segment is not null;

drop view whole_record;
create view whole_record as
  select r.*, c.client, c.service, c.operation, c.method, c.route, c.purpose, c.implied_purpose, c.law, c.grant_hash,
    c.peer, c.subject_key, c.withheld_until, c.certificate
  from record r left join circumstances c on c.id = r.circumstances;
