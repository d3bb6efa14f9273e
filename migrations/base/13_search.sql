-- The words that a search knows, saved views, and acts on many at once.
create table bulk_act (
  id bigserial not null,
  kind varchar(20) not null,
  form_key varchar(64) not null,
  selection varchar(400) not null,
  details json not null,
  by_id int8 not null,
  at timestamptz not null,
  undone_at timestamptz,
  undone_by_id int8,
  constraint pk_bulk_act primary key (id),
  constraint ck_bulk_act_kind check (kind in ('tag','follow-up','contact','invite')),
  constraint fk_bulk_act_by_id foreign key (by_id) references "user" (id),
  constraint fk_bulk_act_undone_by_id foreign key (undone_by_id) references "user" (id),
  constraint uq_bulk_act_form_key unique (form_key)
)

create index ix_bulk_act_by_id on bulk_act (by_id)

create table saved_view (
  id bigserial not null,
  list varchar(20) not null,
  name varchar(60) not null,
  owner_id int8 not null,
  shared boolean not null,
  filters json not null,
  created_at timestamptz not null,
  removed_at timestamptz,
  constraint pk_saved_view primary key (id),
  constraint ck_saved_view_list check (list in ('councillors','people','funding')),
  constraint fk_saved_view_owner_id foreign key (owner_id) references "user" (id),
  constraint uq_saved_view_owner_id_list_name unique (owner_id, list, name)
)

create table bulk_part (
  id bigserial not null,
  act_id int8 not null,
  person_id int8 not null,
  outcome varchar(20) not null,
  thing_id int8,
  constraint pk_bulk_part primary key (id),
  constraint ck_bulk_part_outcome check (outcome in ('done','mailed','already','not possible')),
  constraint fk_bulk_part_act_id foreign key (act_id) references bulk_act (id),
  constraint fk_bulk_part_person_id foreign key (person_id) references person (id)
)

create index ix_bulk_part_act_id on bulk_part (act_id)

create index ix_bulk_part_person_id on bulk_part (person_id)
