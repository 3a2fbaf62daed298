-- Messages that the member's system fetches by itself, instead of being handed them.
alter table queue.incoming add column pulled boolean not null default false;
create index incoming_to_pull on queue.incoming (service, operation, number) where pulled and state = 'waiting';
