-- The hosts under which a gateway may be reached, without brackets: those that its token names, else the one with which
-- it joined. Null in a token that names none.
alter table center.join_token add column hosts text[];
alter table center.gateway add column hosts text[];
update center.gateway set hosts = array[trim(both '[]' from substring(peer from '^https://(.*):[0-9]+$'))];
alter table center.gateway alter column hosts set not null;
