-- What was said with whom, and what is to be done next.
create table interaction (
  id bigserial not null,
  at timestamptz not null,
  channel varchar(20) not null,
  summary text not null,
  outcome varchar(30),
  confidential boolean not null,
  region_id int8,
  logged_by_id int8 not null,
  logged_at timestamptz not null,
  removed_at timestamptz,
  form_key varchar(64),
  version integer not null,
  constraint pk_interaction primary key (id),
  constraint fk_interaction_logged_by_id foreign key (logged_by_id) references "user" (id),
  constraint fk_interaction_region_id foreign key (region_id) references union_region (id),
  constraint uq_interaction_form_key unique (form_key)
)

create index ix_interaction_at on interaction (at)

create index ix_interaction_logged_by_id on interaction (logged_by_id)

create index ix_interaction_region_id on interaction (region_id)

create table follow_up (
  id bigserial not null,
  interaction_id int8,
  person_id int8 not null,
  what varchar(200) not null,
  owner_id int8 not null,
  due_on date not null,
  status varchar(10) not null,
  closed_at timestamptz,
  created_at timestamptz not null,
  constraint pk_follow_up primary key (id),
  constraint ck_follow_up_status check (status in ('open','done','cancelled')),
  constraint fk_follow_up_interaction_id foreign key (interaction_id) references interaction (id),
  constraint fk_follow_up_owner_id foreign key (owner_id) references "user" (id),
  constraint fk_follow_up_person_id foreign key (person_id) references person (id)
)

create index ix_follow_up_interaction_id on follow_up (interaction_id)

create index ix_follow_up_owner_id_status_due_on on follow_up (owner_id, status, due_on)

create index ix_follow_up_person_id on follow_up (person_id)

create table interaction_person (
  interaction_id int8 not null,
  person_id int8 not null,
  constraint pk_interaction_person primary key (interaction_id, person_id),
  constraint fk_interaction_person_interaction_id foreign key (interaction_id) references interaction (id),
  constraint fk_interaction_person_person_id foreign key (person_id) references person (id)
)

create index ix_interaction_person_person_id on interaction_person (person_id)
