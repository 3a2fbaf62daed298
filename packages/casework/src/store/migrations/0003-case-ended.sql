-- What is over, of one service. Without the duty in front, all of the service was looked through for a duty that has none.
drop index case_ended_of_service;
create index case_ended_of_service on service_case (agency, duty, service, ended_at, id) where ended_at is not null;
