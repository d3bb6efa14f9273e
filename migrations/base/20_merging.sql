-- Records taken for one person, and what a merge changed.
create table duplicate_run (
  id bigserial not null,
  at timestamptz not null,
  seen int8 not null,
  whole boolean not null,
  people integer not null,
  pairs integer not null,
  constraint pk_duplicate_run primary key (id)
)

create table duplicate_pair (
  id bigserial not null,
  low_id int8 not null,
  high_id int8 not null,
  score integer not null,
  reasons json not null,
  state varchar(10) not null,
  found_at timestamptz not null,
  because text,
  decided_by_id int8,
  decided_at timestamptz,
  constraint pk_duplicate_pair primary key (id),
  constraint ck_duplicate_pair_order check (low_id < high_id),
  constraint ck_duplicate_pair_state check (state in ('open','dismissed','merged')),
  constraint fk_duplicate_pair_low_id foreign key (low_id) references person (id),
  constraint fk_duplicate_pair_high_id foreign key (high_id) references person (id),
  constraint fk_duplicate_pair_decided_by_id foreign key (decided_by_id) references "user" (id),
  constraint uq_duplicate_pair_low_id_high_id unique (low_id, high_id)
)

create index ix_duplicate_pair_high_id on duplicate_pair (high_id)

create index ix_duplicate_pair_state_score on duplicate_pair (state, score)

create table person_merge (
  id bigserial not null,
  kept_id int8 not null,
  gone_id int8 not null,
  fields json not null,
  regions json not null,
  by_id int8,
  at timestamptz not null,
  undone_by_id int8,
  undone_at timestamptz,
  "left" json,
  constraint pk_person_merge primary key (id),
  constraint ck_person_merge_two check (kept_id <> gone_id),
  constraint fk_person_merge_kept_id foreign key (kept_id) references person (id),
  constraint fk_person_merge_gone_id foreign key (gone_id) references person (id),
  constraint fk_person_merge_by_id foreign key (by_id) references "user" (id),
  constraint fk_person_merge_undone_by_id foreign key (undone_by_id) references "user" (id)
)

create index ix_person_merge_gone_id on person_merge (gone_id)

create index ix_person_merge_kept_id on person_merge (kept_id)

create table person_merge_fold (
  id bigserial not null,
  merge_id int8 not null,
  "table" varchar(60) not null,
  row_id int8 not null,
  "column" varchar(60) not null,
  "before" json,
  "after" json,
  beside_table varchar(60) not null,
  beside_id int8 not null,
  constraint pk_person_merge_fold primary key (id),
  constraint fk_person_merge_fold_merge_id foreign key (merge_id) references person_merge (id)
)

create index ix_person_merge_fold_beside_table_beside_id on person_merge_fold (beside_table, beside_id)

create index ix_person_merge_fold_merge_id on person_merge_fold (merge_id)

create index ix_person_merge_fold_table_row_id on person_merge_fold ("table", row_id)

create table person_merge_row (
  id bigserial not null,
  merge_id int8 not null,
  "table" varchar(60) not null,
  "column" varchar(60) not null,
  "key" json not null,
  checksum varchar(64) not null,
  state varchar(10) not null,
  constraint pk_person_merge_row primary key (id),
  constraint ck_person_merge_row_state check (state in ('moved','parked','back','left')),
  constraint fk_person_merge_row_merge_id foreign key (merge_id) references person_merge (id)
)

create index ix_person_merge_row_merge_id_state on person_merge_row (merge_id, state)
