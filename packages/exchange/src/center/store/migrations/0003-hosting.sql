-- A token that lets a gateway that has joined take further members in, and nothing else.
alter table center.join_token add column hosting boolean not null default false;
-- Set when a member left the gateway for which a certificate was issued: it is listed no more, and what was signed with it
-- before holds as it did.
alter table center.certificate add column retired_at timestamptz;
