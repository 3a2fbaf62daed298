-- What was done of carrying out a decision, each step once. A killed process leaves what is missing to the next.
create table step (
  case_id uuid not null,
  -- effect:<id>, refund, payment; begins with `appeal/` where it carries out a decision on an appeal.
  step text not null,
  state text not null check (state in ('begun', 'done', 'refused')),
  -- What is asked, as it was at the first attempt: tried again, it is the same to the letter. Sealed.
  request_sealed bytea not null,
  -- What came of it. Sealed.
  answer_sealed bytea,
  -- Goes up where a refused step is tried anew after an officer looked at it: it is asked under another key.
  round integer not null default 1,
  attempts integer not null default 0,
  begun_at timestamptz not null,
  settled_at timestamptz,
  primary key (case_id, step)
);

-- The last number of each kind of document of an agency in a year of its calendar; a number is only used with its row.
create table number_series (
  agency text not null,
  kind text not null,
  year integer not null,
  last integer not null,
  primary key (agency, kind, year)
);

-- Documents that a decision brings, from their number to their place in the box.
create table output (
  case_id uuid not null,
  stage text not null check (stage in ('first', 'appeal')),
  output text not null,
  agency text not null,
  number text not null,
  -- What its template was given, frozen with the number. Sealed.
  data_sealed bytea not null,
  -- The document as it is signed so far: absent before it was first drawn. Sealed.
  content_sealed bytea,
  -- How many have signed it: officers, or the agency's seal.
  signatures integer not null default 0,
  -- void: the decision was made otherwise before it was delivered; its number stays, and is not used again.
  state text not null check (state in ('numbered', 'signed', 'delivered', 'void')),
  -- Its place in the document box.
  document uuid,
  -- Of the decision that it belongs to; another one makes the data anew, under the same number.
  decided_at timestamptz not null,
  created_at timestamptz not null,
  primary key (case_id, stage, output),
  unique (agency, number)
);
