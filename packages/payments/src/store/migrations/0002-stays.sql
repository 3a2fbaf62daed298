-- A debt stays one when its time is over; what is paid so that something begins lapses.
alter table payment add column stays boolean not null default false;
drop index payment_due;
create index payment_due on payment (due_at) where state = 'waiting' and not stays;
