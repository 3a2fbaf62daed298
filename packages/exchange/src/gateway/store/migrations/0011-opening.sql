-- Whether an operator of single members may open what was said in their exchanges.
alter table gateway.operator add opens boolean not null default false;
