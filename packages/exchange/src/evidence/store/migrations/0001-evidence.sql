-- Added to the transaction number in every position. 0, until a database is moved into a cluster whose counter is
-- behind: `recover` then replaces it, so that positions go on growing. It stands in the defaults of `txid` as a number
-- too, since a function in SQL would be read and planned anew for each COPY.
create function ordering_offset() returns bigint language sql stable parallel safe as 'select 0::bigint';

-- What many records have in common, once. Records name it by a hash over it, so nothing can take its place unseen.
-- Times are milliseconds since 1970.
create table circumstances (
  id bytea primary key,           -- SHA-256 over all columns below
  client text not null,
  service text not null,
  operation text not null,
  method text not null,
  route text not null,
  purpose text not null,
  implied_purpose boolean not null,
  law text not null,
  grant_hash text not null,
  peer text not null,
  subject_key int not null,
  withheld_until bigint,
  certificate text not null
);

-- One row for each message that a side saw. Written once by COPY, never changed but by an erasure.
-- Lists are flat, since an array has several forms of one content.
create table record (
  member text not null,
  exchange uuid not null,
  side text not null,
  kind text not null,
  at bigint not null,
  status int,
  problem text,
  subjects bytea not null,        -- 32 bytes each
  fields text not null,           -- a JSON array
  body_bytes bigint not null,
  directory_version bigint not null,
  commitment bytea not null,      -- salted, to head and body
  digest bytea not null,          -- over all columns above and the circumstances; what the log holds
  content bytea,                  -- sealed: salt, body digest, head, body where it is kept; null after an erasure
  ordinal int not null,           -- within the transaction
  -- No foreign key, which would be looked up for each row: the audit looks whether they are there.
  circumstances bytea not null,
  txid bigint not null default (0 + txid_current()),
  -- What tells two rows apart soonest comes first: each column that is compared costs.
  primary key (exchange, kind, side, member)
) with (toast_tuple_target = 8160);

-- Sealed bytes do not compress.
alter table record alter column content set storage external;

-- Without the place in the transaction: the few rows of one are quickly sorted.
create index record_position on record (member, txid);

-- Records with their circumstances; a record stays where these are gone.
create view whole_record as
  select r.*, c.client, c.service, c.operation, c.method, c.route, c.purpose, c.implied_purpose, c.law, c.grant_hash,
    c.peer, c.subject_key, c.withheld_until, c.certificate
  from record r left join circumstances c on c.id = r.circumstances;

-- What the keeper of the log itself states there, as a signed note: the link to the epoch before, an erasure.
create table statement (
  member text not null,
  id uuid not null,
  note text not null,
  ordinal int not null,
  txid bigint not null default (0 + txid_current()),
  primary key (member, id)
);

-- The head of each member's log, with the lease of the sequencer that may move it. `mac` covers the row.
create table log (
  member text primary key,
  epoch int not null,
  size bigint not null,
  txid bigint not null,           -- position of the last entry
  ordinal int not null,
  term bigint not null,           -- of the lease; grows with each holder
  holder text not null,
  lease_until bigint not null,
  unwitnessed_since bigint,
  unstamped_since bigint,
  mac bytea not null
);

-- Entries as they were sequenced: 30 bytes each (exchange or statement, code, position).
create table batch (
  member text not null,
  epoch int not null,
  first bigint not null,
  entries bytea not null,
  txid bigint not null,           -- position of the last entry
  ordinal int not null,
  primary key (member, epoch, first)
);
alter table batch alter column entries set storage external;

create index batch_position on batch (member, txid, ordinal);

-- Hashes of the tree (c2sp.org/tlog-tiles); a tile that is not full is replaced as it grows.
create table tile (
  member text not null,
  epoch int not null,
  level int not null,
  index bigint not null,
  hashes bytea not null,
  primary key (member, epoch, level, index)
);
alter table tile alter column hashes set storage external;

create table checkpoint (
  member text not null,
  epoch int not null,
  size bigint not null,
  note text not null,             -- c2sp.org/tlog-checkpoint, signed
  primary key (member, epoch, size)
);

create table cosignature (
  member text not null,
  epoch int not null,
  size bigint not null,
  witness text not null,
  line text not null,             -- c2sp.org/tlog-cosignature
  primary key (member, epoch, size, witness)
);

create table stamp (
  member text not null,
  epoch int not null,
  size bigint not null,
  token bytea not null,           -- RFC 3161, over the checkpoint's note
  mac bytea not null,             -- a token has parts that its signature does not cover
  primary key (member, epoch, size)
);

-- Who was looked at where; filled by the sequencer from `record`.
create table usage (
  subject bytea not null,
  exchange uuid not null,
  member text not null,
  side text not null,
  primary key (subject, exchange, member, side)
);

-- What exports need beside the records: directory versions and grants, as signed.
create table document (
  kind text not null,             -- directory, grant
  key text not null,              -- version, hash
  content text not null,
  mac bytea not null,
  primary key (kind, key)
);
