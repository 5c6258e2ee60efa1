-- Plans are projections like the rules. What follows a dispatch is part of its incident: incidents of before hold none of it.

create table plan (
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
create index plan_live on plan (id) where live;
create index plan_changed on plan using brin (changed_at) with (pages_per_range = 16);
alter table plan enable row level security, force row level security;
grant select, insert, update on plan to one_network_app;

-- The bytes of an incident's files; which there are, and whose, stands in the log.
create table room_file (
  id text primary key,
  incident_id text not null references incident (id),
  mime text not null,
  sha256 text not null,
  bytes bytea not null,
  added_at bigint not null
);
create index room_file_incident on room_file (incident_id);
alter table room_file enable row level security, force row level security;
grant select, insert on room_file to one_network_app;

update incident set body = jsonb_build_object(
    'plan', null, 'tasks', '[]'::jsonb, 'needs', '[]'::jsonb, 'checkIns', '[]'::jsonb, 'files', '[]'::jsonb,
    'drawings', '[]'::jsonb, 'missedClocks', '[]'::jsonb, 'major', null
  ) || body || jsonb_build_object(
    'orders', (
      select coalesce(jsonb_agg('{"escalated": []}'::jsonb || one order by ordinal), '[]'::jsonb)
      from jsonb_array_elements(body->'orders') with ordinality as held(one, ordinal)
    ),
    'notes', (
      select coalesce(jsonb_agg('{"mentions": [], "files": []}'::jsonb || one order by ordinal), '[]'::jsonb)
      from jsonb_array_elements(body->'notes') with ordinality as held(one, ordinal)
    )
  );

update unit set body = '{"capabilities": []}'::jsonb || body;
