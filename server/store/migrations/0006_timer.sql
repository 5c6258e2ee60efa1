-- Work that is due later: a row, so that it survives whatever the log survives. Claimed by one process, fired once.

create table timer (
  id text primary key,
  due_at bigint not null,
  kind text not null,
  stream text not null,
  content jsonb not null,
  claimed_at bigint,
  fired_at bigint
);
create index timer_due on timer (due_at) where fired_at is null;
create index timer_stream on timer (stream);
alter table timer enable row level security, force row level security;
grant select, insert, update, delete on timer to one_network_app;
