-- The exchange in which a message was last sent: its evidence names the people, and whoever opens the message is stated there.
alter table queue.outgoing add column exchange uuid;
