-- Letters on their way, and the count of those that were sent.
create table send_count (
  id int8 not null,
  number bigint not null,
  constraint pk_send_count primary key (id)
)

insert into send_count (id, number) values (1, 0)

create table message (
  id bigserial not null,
  outbox_id text not null,
  message_id varchar(200) not null,
  "to" varchar(254) not null,
  subject varchar(200) not null,
  text text,
  state varchar(10) not null,
  because text,
  created_at timestamptz not null,
  sending_at timestamptz,
  sent_at timestamptz,
  constraint pk_message primary key (id),
  constraint ck_message_state check (state in ('waiting','sending','sent','failed','uncertain')),
  constraint fk_message_outbox_id foreign key (outbox_id) references outbox (id),
  constraint uq_message_outbox_id unique (outbox_id),
  constraint uq_message_message_id unique (message_id)
)
