-- What waits for an issuer to fetch it: that there is something new to see for a person whom only the issuer can read.
create table gateway.access_hint (
  number bigint generated always as identity primary key,
  issuer text not null,
  jwe text not null,
  at timestamptz not null
);
create index access_hint_of_issuer on gateway.access_hint (issuer, number);
create index access_hint_by_age on gateway.access_hint (at);
