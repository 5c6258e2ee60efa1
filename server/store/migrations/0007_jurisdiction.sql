-- City → district → street → community → grid, by their national codes; the reference data of the city pack.

create table jurisdiction (
  code text primary key,
  parent text references jurisdiction (code),
  level text not null,
  name text not null,
  short_name text,
  pinyin text not null default '',
  initials text not null default '',
  lon double precision,
  lat double precision,
  source text not null default ''
);
create index jurisdiction_parent on jurisdiction (parent);
alter table jurisdiction enable row level security, force row level security;
grant select, insert, update on jurisdiction to one_network_app;
