-- People and the dated facts about them.
create table known_word (
  id bigserial not null,
  word varchar(80) collate "C" not null,
  constraint pk_known_word primary key (id),
  constraint uq_known_word_word unique (word)
)

create table tag (
  id bigserial not null,
  name varchar(60) not null,
  "key" varchar(60) collate "C" not null,
  constraint pk_tag primary key (id),
  constraint uq_tag_key unique ("key")
)

create table person (
  id bigserial not null,
  title varchar(40),
  given_name varchar(80) not null,
  family_name varchar(80) not null,
  known_as varchar(80),
  suffix varchar(40),
  name_as_printed varchar(160),
  given_key varchar(160) collate "C" not null,
  family_key varchar(160) collate "C" not null,
  home_region_id int8,
  last_contacted_at timestamptz,
  deceased_on date,
  archived_at timestamptz,
  merged_into_id int8,
  version integer not null,
  created_at timestamptz not null,
  constraint pk_person primary key (id),
  constraint fk_person_home_region_id foreign key (home_region_id) references union_region (id),
  constraint fk_person_merged_into_id foreign key (merged_into_id) references person (id)
)

create index ix_person_family_key_given_key on person (family_key, given_key)

create index ix_person_given_key on person (given_key)

create index ix_person_home_region_id on person (home_region_id)

create index ix_person_last_contacted_at on person (last_contacted_at)

create table consent (
  id bigserial not null,
  person_id int8 not null,
  purpose varchar(80) not null,
  wording varchar(80) not null,
  channel varchar(40) not null,
  given_on date not null,
  withdrawn_on date,
  constraint pk_consent primary key (id),
  constraint fk_consent_person_id foreign key (person_id) references person (id)
)

create index ix_consent_person_id on consent (person_id)

create table contact_point (
  id bigserial not null,
  person_id int8 not null,
  kind varchar(10) not null,
  value varchar(400) not null,
  value_key varchar(400) collate "C" not null,
  preferred boolean not null,
  ends_on date,
  source varchar(120),
  verified_on date,
  verified_by_id int8,
  constraint pk_contact_point primary key (id),
  constraint ck_contact_point_kind check (kind in ('email','mobile','phone','address')),
  constraint fk_contact_point_person_id foreign key (person_id) references person (id),
  constraint fk_contact_point_verified_by_id foreign key (verified_by_id) references "user" (id)
)

create index ix_contact_point_kind_value_key on contact_point (kind, value_key)

create index ix_contact_point_person_id on contact_point (person_id)

create table lawful_basis (
  id bigserial not null,
  person_id int8 not null,
  purpose varchar(80) not null,
  basis varchar(40) not null,
  condition varchar(80) not null,
  source varchar(120),
  starts_on date not null,
  ends_on date,
  constraint pk_lawful_basis primary key (id),
  constraint fk_lawful_basis_person_id foreign key (person_id) references person (id)
)

create index ix_lawful_basis_person_id on lawful_basis (person_id)

create table party_membership (
  id bigserial not null,
  person_id int8 not null,
  party_id int8 not null,
  starts_on date,
  ends_on date,
  source varchar(120),
  verified_on date,
  verified_by_id int8,
  constraint pk_party_membership primary key (id),
  constraint fk_party_membership_party_id foreign key (party_id) references party (id),
  constraint fk_party_membership_person_id foreign key (person_id) references person (id),
  constraint fk_party_membership_verified_by_id foreign key (verified_by_id) references "user" (id)
)

create index ix_party_membership_person_id on party_membership (person_id)

create table person_note (
  id bigserial not null,
  person_id int8 not null,
  region_id int8,
  body text not null,
  written_by_id int8,
  written_at timestamptz not null,
  removed_at timestamptz,
  constraint pk_person_note primary key (id),
  constraint fk_person_note_person_id foreign key (person_id) references person (id),
  constraint fk_person_note_region_id foreign key (region_id) references union_region (id),
  constraint fk_person_note_written_by_id foreign key (written_by_id) references "user" (id)
)

create index ix_person_note_person_id on person_note (person_id)

create table person_tag (
  id bigserial not null,
  person_id int8 not null,
  tag_id int8 not null,
  constraint pk_person_tag primary key (id),
  constraint fk_person_tag_person_id foreign key (person_id) references person (id),
  constraint fk_person_tag_tag_id foreign key (tag_id) references tag (id),
  constraint uq_person_tag_person_id_tag_id unique (person_id, tag_id)
)

create index ix_person_tag_tag_id on person_tag (tag_id)

create table person_word (
  word varchar(80) collate "C" not null,
  person_id int8 not null,
  constraint pk_person_word primary key (word, person_id),
  constraint fk_person_word_person_id foreign key (person_id) references person (id)
) --without rowid

create index ix_person_word_person_id_word on person_word (person_id, word)

create table political_fund_status (
  id bigserial not null,
  person_id int8 not null,
  status varchar(16) not null,
  starts_on date not null,
  ends_on date,
  source varchar(120),
  verified_on date,
  verified_by_id int8,
  constraint pk_political_fund_status primary key (id),
  constraint ck_political_fund_status_status check (status in ('contributes','opted-out','never-opted-in')),
  constraint ck_political_fund_status_dates check (ends_on is null or ends_on >= starts_on),
  constraint fk_political_fund_status_person_id foreign key (person_id) references person (id),
  constraint fk_political_fund_status_verified_by_id foreign key (verified_by_id) references "user" (id)
)

create index ix_political_fund_status_person_id on political_fund_status (person_id)

create unique index uq_political_fund_status_open on political_fund_status (person_id)
  where ends_on is null

create table union_membership (
  id bigserial not null,
  person_id int8 not null,
  number varchar(20) collate "C",
  branch_id int8,
  section varchar(40),
  employer varchar(120),
  status varchar(10) not null,
  starts_on date,
  ends_on date,
  source varchar(120),
  verified_on date,
  verified_by_id int8,
  constraint pk_union_membership primary key (id),
  constraint ck_union_membership_status check (status in ('member','lapsed','left','retired')),
  constraint fk_union_membership_branch_id foreign key (branch_id) references union_branch (id),
  constraint fk_union_membership_person_id foreign key (person_id) references person (id),
  constraint fk_union_membership_verified_by_id foreign key (verified_by_id) references "user" (id),
  constraint uq_union_membership_number unique (number)
)

create index ix_union_membership_branch_id on union_membership (branch_id)

create index ix_union_membership_person_id on union_membership (person_id)
