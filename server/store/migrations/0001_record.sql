-- The record (DESIGN.md §5): commands, their events, and the one gap-free sequence. Nothing here is ever changed or removed.
-- Times are epoch ms, UTC. Row-level security is forced everywhere; its policies are rendered from the policy table at start.

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % refused', tg_table_name, lower(tg_op) using errcode = '42501';
end $$;

-- A write that row-level security silently left out must not be committed.
create function expect_rows(written bigint, wanted bigint) returns bigint language plpgsql as $$
begin
  if written <> wanted then
    raise exception 'wrote % of % rows: the others are not visible or not writable', written, wanted using errcode = '42501';
  end if;
  return written;
end $$;

create table command (
  id text primary key check (length(id) between 1 and 200),
  actor_id text not null,
  name text not null,
  input_hash bytea not null,
  answer json not null,
  at bigint not null
);

-- No foreign keys here: each check would lock, and so rewrite, a row that is never to change; the verifier finds a row that lacks.
create table event (
  id bigint generated always as identity primary key,
  stream text not null check (length(stream) between 3 and 1200),
  version integer not null check (version > 0),
  kind text not null,
  -- json, not jsonb: the text stays byte for byte, and the chain's hashes are over it.
  content json not null,
  actor_id text not null,
  actor_name text not null,
  command_id text not null,
  ordinal integer not null,
  occurred_at bigint,
  received_at bigint not null,
  recorded_at bigint not null,
  -- The sealer's horizon: everything below the oldest running transaction is committed or never will be.
  xact xid8 not null default pg_current_xact_id(),
  unique (stream, version),
  unique (command_id, ordinal)
);
create index event_xact on event (xact);

create table sealed (
  position bigint primary key check (position > 0),
  event_id bigint not null unique,
  hash bytea not null check (length(hash) = 32)
);


create trigger command_append_only before update or delete on command for each row execute function refuse_change();
create trigger command_no_truncate before truncate on command for each statement execute function refuse_change();
create trigger event_append_only before update or delete on event for each row execute function refuse_change();
create trigger event_no_truncate before truncate on event for each statement execute function refuse_change();
create trigger sealed_append_only before update or delete on sealed for each row execute function refuse_change();
create trigger sealed_no_truncate before truncate on sealed for each statement execute function refuse_change();

alter table command enable row level security, force row level security;
alter table event enable row level security, force row level security;
alter table sealed enable row level security, force row level security;

grant select, insert on command, event to one_network_app;
grant select on sealed to one_network_app;
grant select on event to one_network_sealer;
grant select, insert on sealed to one_network_sealer;
