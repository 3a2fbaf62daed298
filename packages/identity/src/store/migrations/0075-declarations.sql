-- What several declared for a company, as a signed document: made once, from a joint act that was carried out.
create table declaration (
  joint_act uuid primary key references joint_act (id),
  content_sealed bytea not null,
  made_at timestamptz not null
);
