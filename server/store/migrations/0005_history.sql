-- Where everything was and what everything read: daily partitions of full resolution, then one row a minute, then one an hour
-- (DESIGN.md law 13). No primary keys: a fix that is sent twice is stored twice and drawn once.

create table position_history (
  subject text not null,
  at bigint not null,
  received_at bigint not null,
  lon double precision not null,
  lat double precision not null,
  speed_mps real,
  heading_deg real,
  accuracy_m real,
  fixed boolean,
  quality text not null
) partition by range (at);
create index position_history_subject on position_history (subject, at);
create index position_history_at on position_history using brin (at int8_minmax_multi_ops) with (pages_per_range = 32);

create table position_minute (
  subject text not null,
  at bigint not null,
  lon double precision not null,
  lat double precision not null,
  speed_mps real,
  heading_deg real
) partition by range (at);
create index position_minute_subject on position_minute (subject, at);

create table position_hour (
  subject text not null,
  at bigint not null,
  lon double precision not null,
  lat double precision not null,
  speed_mps real,
  heading_deg real
) partition by range (at);
create index position_hour_subject on position_hour (subject, at);

create table reading_history (
  subject text not null,
  property text not null,
  at bigint not null,
  received_at bigint not null,
  value double precision,
  unit text,
  quality text not null
) partition by range (at);
create index reading_history_subject on reading_history (subject, property, at);
create index reading_history_at on reading_history using brin (at int8_minmax_multi_ops) with (pages_per_range = 32);

create table reading_minute (
  subject text not null,
  property text not null,
  at bigint not null,
  count integer not null,
  mean double precision,
  low double precision,
  high double precision,
  unit text
) partition by range (at);
create index reading_minute_subject on reading_minute (subject, property, at);

create table reading_hour (
  subject text not null,
  property text not null,
  at bigint not null,
  count integer not null,
  mean double precision,
  low double precision,
  high double precision,
  unit text
) partition by range (at);
create index reading_hour_subject on reading_hour (subject, property, at);

-- Every subject that ever had a position: "where was everybody at T" is then one index probe for each.
create table history_subject (
  subject text primary key,
  first_at bigint not null
);

alter table position_history enable row level security, force row level security;
alter table position_minute enable row level security, force row level security;
alter table position_hour enable row level security, force row level security;
alter table reading_history enable row level security, force row level security;
alter table reading_minute enable row level security, force row level security;
alter table reading_hour enable row level security, force row level security;
alter table history_subject enable row level security, force row level security;
grant select, insert on position_history, reading_history, history_subject to one_network_app;
grant select on position_minute, position_hour, reading_minute, reading_hour to one_network_app;
