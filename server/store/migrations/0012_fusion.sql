-- Where and about what things are, for the search of what a new signal may belong to. Derived from signals and incidents when they are
-- written; a row is there while the thing may be joined (head), or speaks for what it has joined. `marks` are parts of addresses, plates and
-- digests of callers' lines.

create table fusion_subject (
  stream text primary key,
  head boolean not null,
  target text not null,
  at bigint not null,
  lon double precision,
  lat double precision,
  district text,
  marks text[] not null
);
create index fusion_subject_spot on fusion_subject using gist (point(lon, lat)) where head and lon is not null;
create index fusion_subject_marks on fusion_subject using gin (marks);
create index fusion_subject_recent on fusion_subject (at) where head;
create index fusion_subject_target on fusion_subject (target, at) where not head;
create index fusion_subject_old on fusion_subject (at) where not head;
alter table fusion_subject enable row level security, force row level security;
grant select, insert, update, delete on fusion_subject to one_network_app;

-- A signal's members: all that wait with it.
create index signal_lead on signal ((body->>'lead')) where body->>'lead' is not null;

update signal set body = body || '{"lead": null, "fused": null, "apart": []}'::jsonb;
