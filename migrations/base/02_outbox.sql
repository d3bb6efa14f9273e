-- What waits to be done behind the web.
create table outbox (
  id text not null,
  kind text not null,
  payload json not null,
  dedupe_key text not null,
  state text not null,
  created_at timestamptz not null,
  not_before timestamptz not null,
  attempts integer not null,
  finished_at timestamptz,
  because text,
  constraint pk_outbox primary key (id),
  constraint ck_outbox_state check (state in ('waiting','done','failed','uncertain')),
  constraint uq_outbox_dedupe_key unique (dedupe_key)
)

create index ix_outbox_state on outbox (state)
