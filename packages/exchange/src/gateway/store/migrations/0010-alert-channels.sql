-- What each channel was told of an alert, by the channel's name: {told, toldAt, attempts, nextAt}, times in milliseconds since 1970.
alter table alert add column channels jsonb not null default '{}';
update alert set channels = jsonb_build_object('webhook', jsonb_build_object(
  'told', told, 'toldAt', round(extract(epoch from told_at) * 1000), 'attempts', attempts,
  'nextAt', round(extract(epoch from next_at) * 1000)));
alter table alert drop column told, drop column told_at, drop column attempts, drop column next_at;
