-- The audit, a hash chain, and its last link.
create table audit_head (
  id int8 not null,
  seq int8 not null,
  hash text not null,
  constraint pk_audit_head primary key (id)
)

insert into audit_head (id, seq, hash)
  values (1, 0, '0000000000000000000000000000000000000000000000000000000000000000')

create table audit (
  seq int8 not null,
  at timestamptz not null,
  actor_id int8,
  event text not null,
  subject_kind text not null,
  subject_id int8,
  "before" json,
  "after" json,
  salt text,
  digest text not null,
  prev text not null,
  hash text not null,
  constraint pk_audit primary key (seq),
  constraint fk_audit_actor_id foreign key (actor_id) references "user" (id)
)

create index ix_audit_actor_id on audit (actor_id)

create index ix_audit_at on audit (at)

create index ix_audit_event on audit (event)

create index ix_audit_subject_kind_subject_id on audit (subject_kind, subject_id)
