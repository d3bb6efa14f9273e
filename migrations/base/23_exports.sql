-- The register of what was taken away.
create table export_record (
  id bigserial not null,
  report varchar(40) not null,
  by_id int8,
  at timestamptz not null,
  filter json not null,
  rows integer not null,
  purpose varchar(200) not null,
  recipient varchar(120) not null,
  outside boolean not null,
  file_hash varchar(64) not null,
  constraint pk_export_record primary key (id),
  constraint fk_export_record_by_id foreign key (by_id) references "user" (id)
)

create index ix_export_record_by_id on export_record (by_id)
