-- Accounts, their sessions, and the tokens of machines that push. Secrets are kept as hashes only.

create table account (
  id text primary key,
  name text not null,
  login text not null,
  password_hash text,
  roles text[] not null,
  department text,
  district text,
  disabled boolean not null default false,
  demo boolean not null default false,
  created_at bigint not null,
  changed_at bigint not null,
  failed_count integer not null default 0,
  locked_until bigint
);
create unique index account_login on account (lower(login));

create table session (
  token_hash bytea primary key,
  account_id text not null references account (id),
  created_at bigint not null,
  seen_at bigint not null,
  expires_at bigint not null,
  revoked_at bigint,
  address text,
  agent text
);
create index session_account on session (account_id);
create index session_expires on session (expires_at);

create table push_token (
  token_hash bytea primary key,
  id text not null unique,
  feed text not null,
  name text not null,
  department text,
  created_at bigint not null,
  seen_at bigint,
  revoked_at bigint
);

-- What a liaison shows to prove presence at a seat: short-lived, used once.
create table seat_code (
  code_hash bytea primary key,
  seat text not null,
  department text not null,
  created_at bigint not null,
  expires_at bigint not null,
  used_at bigint,
  used_by text
);

alter table account enable row level security, force row level security;
alter table session enable row level security, force row level security;
alter table push_token enable row level security, force row level security;
alter table seat_code enable row level security, force row level security;
grant select, insert, update on account, push_token to one_network_app;
grant select, insert, update, delete on session, seat_code to one_network_app;
