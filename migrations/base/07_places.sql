-- Parties, constituencies, councils with their regions and wards, branches.
create table constituency (
  id bigserial not null,
  gss varchar(9) not null,
  name varchar(120) not null,
  name_key varchar(160) collate "C" not null,
  welsh_name varchar(120),
  constraint pk_constituency primary key (id),
  constraint uq_constituency_gss unique (gss)
)

create index ix_constituency_name_key on constituency (name_key)

create table council (
  id bigserial not null,
  code varchar(12) not null,
  gss varchar(9),
  name varchar(120) not null,
  name_key varchar(160) collate "C" not null,
  official_name varchar(160) not null,
  kind varchar(40) not null,
  nation varchar(20) not null,
  ons_region varchar(40),
  county_code varchar(12),
  combined_code varchar(12),
  starts_on date,
  ends_on date,
  constraint pk_council primary key (id),
  constraint uq_council_code unique (code)
)

create index ix_council_gss on council (gss)

create index ix_council_name_key on council (name_key)

create table party (
  id bigserial not null,
  ec_id varchar(20),
  name varchar(120) not null,
  constraint pk_party primary key (id),
  constraint uq_party_ec_id unique (ec_id),
  constraint uq_party_name unique (name)
)

create table council_alias (
  id bigserial not null,
  "key" varchar(160) collate "C" not null,
  council_id int8 not null,
  taught boolean not null,
  constraint pk_council_alias primary key (id),
  constraint fk_council_alias_council_id foreign key (council_id) references council (id),
  constraint uq_council_alias_key unique ("key")
)

create index ix_council_alias_council_id on council_alias (council_id)

create table council_region (
  id bigserial not null,
  council_id int8 not null,
  region_id int8 not null,
  starts_on date,
  ends_on date,
  source varchar(20) not null,
  reason varchar(200),
  set_by_id int8,
  constraint pk_council_region primary key (id),
  constraint ck_council_region_dates check (ends_on is null or starts_on is null or starts_on < ends_on),
  constraint fk_council_region_council_id foreign key (council_id) references council (id),
  constraint fk_council_region_region_id foreign key (region_id) references union_region (id),
  constraint fk_council_region_set_by_id foreign key (set_by_id) references "user" (id)
)

create index ix_council_region_council_id_region_id on council_region (council_id, region_id)

create index ix_council_region_region_id on council_region (region_id)

create unique index uq_council_region_current on council_region (council_id)
  where ends_on is null

create table council_succession (
  id bigserial not null,
  from_id int8 not null,
  to_id int8 not null,
  "on" date,
  constraint pk_council_succession primary key (id),
  constraint fk_council_succession_from_id foreign key (from_id) references council (id),
  constraint fk_council_succession_to_id foreign key (to_id) references council (id),
  constraint uq_council_succession_from_id_to_id unique (from_id, to_id)
)

create index ix_council_succession_to_id on council_succession (to_id)

create table party_alias (
  id bigserial not null,
  "key" varchar(160) collate "C" not null,
  party_id int8 not null,
  taught boolean not null,
  constraint pk_party_alias primary key (id),
  constraint fk_party_alias_party_id foreign key (party_id) references party (id),
  constraint uq_party_alias_key unique ("key")
)

create index ix_party_alias_party_id on party_alias (party_id)

create table union_branch (
  id bigserial not null,
  code varchar(20) not null,
  name varchar(120) not null,
  region_id int8 not null,
  constraint pk_union_branch primary key (id),
  constraint fk_union_branch_region_id foreign key (region_id) references union_region (id),
  constraint uq_union_branch_code unique (code)
)

create index ix_union_branch_region_id on union_branch (region_id)

create table ward (
  id bigserial not null,
  council_id int8 not null,
  name varchar(120) not null,
  name_key varchar(160) collate "C" not null,
  gss varchar(9),
  seats integer,
  electorate integer,
  starts_on date,
  ends_on date,
  constraint pk_ward primary key (id),
  constraint fk_ward_council_id foreign key (council_id) references council (id),
  constraint uq_ward_council_id_name_key unique (council_id, name_key)
)

create index ix_ward_gss on ward (gss)

create index ix_ward_name_key on ward (name_key)

create table ward_succession (
  id bigserial not null,
  from_id int8 not null,
  to_id int8 not null,
  "on" date,
  constraint pk_ward_succession primary key (id),
  constraint fk_ward_succession_from_id foreign key (from_id) references ward (id),
  constraint fk_ward_succession_to_id foreign key (to_id) references ward (id),
  constraint uq_ward_succession_from_id_to_id unique (from_id, to_id)
)

create index ix_ward_succession_to_id on ward_succession (to_id)
