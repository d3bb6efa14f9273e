-- Delegates of the union to the party's bodies.
create table delegate_term (
  id bigserial not null,
  person_id int8 not null,
  constituency_id int8 not null,
  branch_id int8,
  status varchar(14) not null,
  starts_on date,
  ends_on date,
  certified_on date,
  ended_on date,
  ended_from varchar(14),
  why varchar(200),
  source varchar(120),
  constraint pk_delegate_term primary key (id),
  constraint ck_delegate_term_status check (status in ('nominated','certified','credentialled','ended','rejected','resigned','lapsed')),
  constraint ck_delegate_term_over check ((ended_on is null) = (status in ('nominated','certified','credentialled'))),
  constraint ck_delegate_term_ended_from check ((ended_on is null) = (ended_from is null)),
  constraint ck_delegate_term_dates check (ends_on is null or starts_on is null or ends_on > starts_on),
  constraint fk_delegate_term_person_id foreign key (person_id) references person (id),
  constraint fk_delegate_term_constituency_id foreign key (constituency_id) references constituency (id),
  constraint fk_delegate_term_branch_id foreign key (branch_id) references union_branch (id)
)

create index ix_delegate_term_branch_id on delegate_term (branch_id)

create index ix_delegate_term_constituency_id_ended_on on delegate_term (constituency_id, ended_on)

create index ix_delegate_term_ends_on on delegate_term (ends_on)

create index ix_delegate_term_person_id on delegate_term (person_id)

create unique index uq_delegate_term_current on delegate_term (person_id, constituency_id)
  where ended_on is null
