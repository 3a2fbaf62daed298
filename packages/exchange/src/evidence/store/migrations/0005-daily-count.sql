-- How many exchanges a member had on a day under the same circumstances: what the record of processing counts. Filled
-- by the sequencer from `record`; outcome: answered, refused, failed.
create table daily_count (
  member text not null,
  day date not null,
  side text not null,
  circumstances bytea not null,
  outcome text not null,
  exchanges bigint not null,
  people bigint not null,         -- how often somebody was concerned
  primary key (member, day, side, circumstances, outcome)
);

-- What the logs held before there was this table.
insert into daily_count (member, day, side, circumstances, outcome, exchanges, people)
select r.member, (to_timestamp(r.at / 1000.0) at time zone 'Asia/Bangkok')::date, r.side, r.circumstances,
  case when r.kind = 'failure' then 'failed' when r.problem is null then 'answered' else 'refused' end,
  count(*), sum(length(r.subjects) / 32)
from record r join log l on l.member = r.member and (r.txid, r.ordinal) <= (l.txid, l.ordinal)
where r.kind <> 'request'
group by 1, 2, 3, 4, 5;
