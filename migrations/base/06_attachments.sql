-- Files, with who brought them.
create table attachment (
  id bigserial not null,
  name varchar(120) not null,
  media_type varchar(100) not null,
  size integer not null,
  sha256 varchar(64) not null,
  content bytea,
  region_id int8,
  permit varchar(40) not null,
  keep_until date,
  uploaded_by_id int8,
  uploaded_at timestamptz not null,
  removed_at timestamptz,
  constraint pk_attachment primary key (id),
  constraint ck_attachment_size check (size > 0),
  constraint ck_attachment_content check ((removed_at is null) = (content is not null)),
  constraint fk_attachment_region_id foreign key (region_id) references union_region (id),
  constraint fk_attachment_uploaded_by_id foreign key (uploaded_by_id) references "user" (id)
)

create index ix_attachment_keep_until on attachment (keep_until)

create index ix_attachment_region_id on attachment (region_id)

create index ix_attachment_sha256 on attachment (sha256)
