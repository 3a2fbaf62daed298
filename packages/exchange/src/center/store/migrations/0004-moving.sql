-- A member that moves to a gateway of its own: the new one waits, and is nobody's in the directory, until the one that
-- spoke for the member hands over.
alter table center.gateway_member add column waiting boolean not null default false;
alter table center.join_token add column moving boolean not null default false;
