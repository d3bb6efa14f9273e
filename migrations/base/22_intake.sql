-- Files brought in, row by row, and how they were read.
create table saved_mapping (
  id bigserial not null,
  kind varchar(20) not null,
  shape varchar(64) not null,
  mapping json not null,
  used_at timestamptz not null,
  constraint pk_saved_mapping primary key (id),
  constraint uq_saved_mapping_kind_shape unique (kind, shape)
)

create table import_batch (
  id bigserial not null,
  kind varchar(20) not null,
  file_name varchar(200) not null,
  file_hash varchar(64) not null,
  content bytea,
  source varchar(120) not null,
  sheet varchar(400),
  header_row integer,
  outline json not null,
  mapping json not null,
  policy varchar(20) not null,
  state varchar(12) not null,
  because text,
  rows integer not null,
  created integer not null,
  changed integer not null,
  unchanged integer not null,
  refused integer not null,
  done integer not null,
  by_id int8,
  created_at timestamptz not null,
  applied_at timestamptz,
  undone_at timestamptz,
  constraint pk_import_batch primary key (id),
  constraint ck_import_batch_state check (state in ('uploaded','previewing','previewed','applying','applied','undoing','undone','discarded')),
  constraint fk_import_batch_by_id foreign key (by_id) references "user" (id)
)

create index ix_import_batch_by_id on import_batch (by_id)

create index ix_import_batch_file_hash on import_batch (file_hash)

create table spelling (
  id bigserial not null,
  field varchar(40) not null,
  "key" varchar(160) collate "C" not null,
  means varchar(160) not null,
  taught_by_id int8,
  taught_at timestamptz not null,
  constraint pk_spelling primary key (id),
  constraint fk_spelling_taught_by_id foreign key (taught_by_id) references "user" (id),
  constraint uq_spelling_field_key unique (field, "key")
)

create table import_row (
  id bigserial not null,
  batch_id int8 not null,
  sheet varchar(400) not null,
  number integer not null,
  raw json not null,
  given json not null,
  verdict varchar(10),
  because text,
  field varchar(40),
  matched_by varchar(30),
  changes json,
  note text,
  subject_id int8,
  same_as_id int8,
  applied_at timestamptz,
  undone_at timestamptz,
  edited boolean not null,
  constraint pk_import_row primary key (id),
  constraint fk_import_row_batch_id foreign key (batch_id) references import_batch (id),
  constraint uq_import_row_batch_id_sheet_number unique (batch_id, sheet, number)
)

create index ix_import_row_batch_id_verdict on import_row (batch_id, verdict)

create table import_write (
  id bigserial not null,
  batch_id int8 not null,
  row_id int8 not null,
  "table" varchar(40) not null,
  subject_id int8 not null,
  "before" json,
  "after" json not null,
  undone_at timestamptz,
  constraint pk_import_write primary key (id),
  constraint fk_import_write_batch_id foreign key (batch_id) references import_batch (id),
  constraint fk_import_write_row_id foreign key (row_id) references import_row (id)
)

create index ix_import_write_batch_id on import_write (batch_id)

create index ix_import_write_row_id on import_write (row_id)

create table sheet_cell (
  id bigserial not null,
  batch_id int8 not null,
  row_id int8 not null,
  field varchar(40) not null,
  base text,
  here text,
  mine text,
  "conflict" boolean not null,
  fault text,
  decision varchar(10) not null,
  constraint pk_sheet_cell primary key (id),
  constraint ck_sheet_cell_decision check (decision in ('open','accepted','refused')),
  constraint fk_sheet_cell_batch_id foreign key (batch_id) references import_batch (id),
  constraint fk_sheet_cell_row_id foreign key (row_id) references import_row (id)
)

create index ix_sheet_cell_batch_id_id on sheet_cell (batch_id, id)

create index ix_sheet_cell_row_id on sheet_cell (row_id)
