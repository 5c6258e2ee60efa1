-- The register of stations, the alarm rules and the alarms: projections like the others.

create table station (
  id text primary key,
  version integer not null,
  body jsonb not null,
  changed_at bigint not null,
  state text not null,
  live boolean not null,
  reality text,
  priority text,
  departments text[] not null,
  district text
) with (fillfactor = 80);
create index station_live on station (id) where live;
create index station_changed on station using brin (changed_at) with (pages_per_range = 16);
alter table station enable row level security, force row level security;
grant select, insert, update on station to one_network_app;

create table rule (
  id text primary key,
  version integer not null,
  body jsonb not null,
  changed_at bigint not null,
  state text not null,
  live boolean not null,
  reality text,
  priority text,
  departments text[] not null,
  district text
) with (fillfactor = 80);
create index rule_live on rule (id) where live;
create index rule_changed on rule using brin (changed_at) with (pages_per_range = 16);
alter table rule enable row level security, force row level security;
grant select, insert, update on rule to one_network_app;

create table alarm (
  id text primary key,
  version integer not null,
  body jsonb not null,
  changed_at bigint not null,
  state text not null,
  live boolean not null,
  reality text,
  priority text,
  departments text[] not null,
  district text
) with (fillfactor = 80);
create index alarm_live on alarm (id) where live;
create index alarm_changed on alarm using brin (changed_at) with (pages_per_range = 16);
alter table alarm enable row level security, force row level security;
grant select, insert, update on alarm to one_network_app;

-- The room's alarm figures count the raisings of a shift, those of alarms that are long over too.
create index event_alarm_raised on event (recorded_at) where kind = 'alarmRaised';
