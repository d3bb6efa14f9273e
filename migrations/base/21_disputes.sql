-- What somebody says is wrong.
create table ask (
  id bigserial not null,
  title varchar(120) not null,
  body text not null,
  council_id int8,
  constituency_id int8,
  employer varchar(120),
  region_id int8,
  wanted_by date,
  asked_at timestamptz not null,
  asked_by_id int8 not null,
  closed_at timestamptz,
  form_key varchar(64),
  constraint pk_ask primary key (id),
  constraint fk_ask_asked_by_id foreign key (asked_by_id) references "user" (id),
  constraint fk_ask_constituency_id foreign key (constituency_id) references constituency (id),
  constraint fk_ask_council_id foreign key (council_id) references council (id),
  constraint fk_ask_region_id foreign key (region_id) references union_region (id),
  constraint uq_ask_form_key unique (form_key)
)

create index ix_ask_constituency_id on ask (constituency_id)

create index ix_ask_council_id on ask (council_id)

create index ix_ask_region_id on ask (region_id)

create table ask_person (
  id bigserial not null,
  ask_id int8 not null,
  person_id int8 not null,
  interaction_id int8,
  reply varchar(12) not null,
  said text,
  replied_on date,
  constraint pk_ask_person primary key (id),
  constraint ck_ask_person_reply check (reply in ('waiting','yes','partly','no','unreachable')),
  constraint fk_ask_person_ask_id foreign key (ask_id) references ask (id),
  constraint fk_ask_person_interaction_id foreign key (interaction_id) references interaction (id),
  constraint fk_ask_person_person_id foreign key (person_id) references person (id),
  constraint uq_ask_person_ask_id_person_id unique (ask_id, person_id)
)

create index ix_ask_person_interaction_id on ask_person (interaction_id)

create index ix_ask_person_person_id on ask_person (person_id)
