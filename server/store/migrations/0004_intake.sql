-- What came in: raw bytes for a week, what could not be read until somebody looks at it, and what was seen before.

create table raw_message (
  id text not null,
  feed text not null,
  received_at bigint not null,
  bytes bytea not null
) partition by range (received_at);
create index raw_message_id on raw_message (id);
create index raw_message_feed on raw_message (feed, received_at);

create table quarantine (
  id text primary key,
  feed text not null,
  protocol text not null,
  received_at bigint not null,
  reason text not null,
  "offset" integer,
  detail text not null,
  bytes bytea not null,
  source text,
  decoded_at bigint
);
create index quarantine_received on quarantine (received_at);
create index quarantine_feed on quarantine (feed, reason, received_at);

create table seen_record (
  feed text not null,
  dedupe_key text not null,
  revision bigint not null,
  content_hash text not null,
  at bigint not null,
  primary key (feed, dedupe_key)
);
create index seen_record_at on seen_record (at);

alter table raw_message enable row level security, force row level security;
alter table quarantine enable row level security, force row level security;
alter table seen_record enable row level security, force row level security;
grant select, insert on raw_message to one_network_app;
grant select, insert, update on quarantine, seen_record to one_network_app;
