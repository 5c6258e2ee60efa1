-- One projection per aggregate kind, written with its events and rebuildable from them. `departments` and `district` are
-- what visibility hangs on; `live` says whether it still belongs on a screen of the present.

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
);
create index incident_changed on incident (changed_at);
create index incident_live on incident (changed_at) where live;
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
);
create index signal_changed on signal (changed_at);
create index signal_live on signal (changed_at) where live;
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
);
create index unit_changed on unit (changed_at);
create index unit_live on unit (changed_at) where live;
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
);
create index department_changed on department (changed_at);
create index department_live on department (changed_at) where live;
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
);
create index warning_changed on warning (changed_at);
create index warning_live on warning (changed_at) where live;
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
);
create index feed_changed on feed (changed_at);
create index feed_live on feed (changed_at) where live;
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
