-- Pages of "who looked at my data" as they were answered, so that the next one goes on from there and each access can be
-- opened and asked about. Kept for an hour.
create table usage_page (
  id uuid primary key,
  account_id uuid not null references account (id),
  content_sealed bytea not null,
  at timestamptz not null
);
create index usage_page_by_age on usage_page (at);
