-- A new authenticator of somebody who was proved anew, which waits for the owner to object.
create table recovery (
  id uuid primary key,
  account_id uuid not null references account (id),
  state text not null check (state in ('waiting', 'cancelled', 'completed')),
  -- How they were proved: decides how long it waits.
  how text not null check (how in ('remote', 'in-person')),
  -- What proves it: the number of proofing's evidence.
  evidence text not null,
  -- Whether the former authenticators stay.
  keeps_former boolean not null,
  -- The new passkey; gone once the recovery is over.
  content_sealed bytea,
  begun_at timestamptz not null,
  ready_at timestamptz not null,
  ended_at timestamptz
);
create unique index recovery_waiting on recovery (account_id) where state = 'waiting';
create index recovery_due on recovery (ready_at) where state = 'waiting';

-- "This wasn't me": when an account was frozen, and when it was opened again.
create table account_freeze (
  account_id uuid not null references account (id),
  frozen_at timestamptz not null,
  opened_at timestamptz,
  -- The passkey of a recovery that was completed meanwhile: it opens the account, as one does that was there long before.
  opener uuid references authenticator (id) on delete set null,
  primary key (account_id, frozen_at)
);
