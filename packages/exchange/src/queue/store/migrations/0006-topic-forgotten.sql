-- How far events of a topic are kept no longer: who had not read them is told so.
create table queue.topic_forgotten (
  service text not null,
  operation text not null,
  through bigint not null,          -- the last number that was forgotten
  primary key (service, operation)
);
