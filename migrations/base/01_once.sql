-- Forms that count once.
create table sent_form (
  form varchar(64) not null,
  content varchar(64) not null,
  answer text,
  at timestamptz not null,
  constraint pk_sent_form primary key (form)
)

create index ix_sent_form_at on sent_form (at)
