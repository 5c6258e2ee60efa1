-- Numbers that people read aloud: one a day and kind, without gaps, counted in the transaction that uses them.

create table counter (
  name text primary key,
  value bigint not null
);
alter table counter enable row level security, force row level security;
grant select, insert, update, delete on counter to one_network_app;
