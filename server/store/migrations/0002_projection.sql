-- One projection per aggregate kind, written with its events and rebuildable from them. `departments` and `district` are
-- what visibility hangs on; `live` says whether it still belongs on a screen of the present. No index holds a column that
-- every change touches, so that updates stay within their page.

create table incident (
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
create index incident_live on incident (id) where live;
create index incident_changed on incident using brin (changed_at) with (pages_per_range = 16);
alter table incident enable row level security, force row level security;
grant select, insert, update on incident to one_network_app;

create table signal (
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
create index signal_live on signal (id) where live;
create index signal_changed on signal using brin (changed_at) with (pages_per_range = 16);
alter table signal enable row level security, force row level security;
grant select, insert, update on signal to one_network_app;

create table unit (
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
create index unit_live on unit (id) where live;
create index unit_changed on unit using brin (changed_at) with (pages_per_range = 16);
alter table unit enable row level security, force row level security;
grant select, insert, update on unit to one_network_app;

create table department (
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
create index department_live on department (id) where live;
create index department_changed on department using brin (changed_at) with (pages_per_range = 16);
alter table department enable row level security, force row level security;
grant select, insert, update on department to one_network_app;

create table warning (
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
create index warning_live on warning (id) where live;
create index warning_changed on warning using brin (changed_at) with (pages_per_range = 16);
alter table warning enable row level security, force row level security;
grant select, insert, update on warning to one_network_app;

create table feed (
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
create index feed_live on feed (id) where live;
create index feed_changed on feed using brin (changed_at) with (pages_per_range = 16);
alter table feed enable row level security, force row level security;
grant select, insert, update on feed to one_network_app;

-- The database's own guard: a unit has one primary and at most one confirmed second assignment, and an assignment one unit.
create table unit_slot (
  unit_id text not null,
  slot smallint not null check (slot in (1, 2)),
  assignment_id text not null unique,
  incident_id text not null,
  primary key (unit_id, slot)
);
create index unit_slot_incident on unit_slot (incident_id);
alter table unit_slot enable row level security, force row level security;
grant select, insert, delete on unit_slot to one_network_app;
