-- What a list of operators said of somebody who signed in through an issuer; who came by a link is in none.
alter table session add listing text;
