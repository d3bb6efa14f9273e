-- How old a fact is, and working sheets to bring it up to date.
create table freshness_score (
  region_id int8 not null,
  day date not null,
  facts integer not null,
  fresh integer not null,
  constraint pk_freshness_score primary key (region_id, day),
  constraint ck_freshness_score_fresh check (fresh between 0 and facts),
  constraint fk_freshness_score_region_id foreign key (region_id) references union_region (id)
)

create table half_life (
  id bigserial not null,
  kind varchar(10) not null,
  days integer not null,
  set_by_id int8,
  set_at timestamptz not null,
  constraint pk_half_life primary key (id),
  constraint ck_half_life_days check (days between 7 and 3650),
  constraint fk_half_life_set_by_id foreign key (set_by_id) references "user" (id),
  constraint uq_half_life_kind unique (kind)
)

create table confirmation (
  id bigserial not null,
  person_id int8 not null,
  nonce_hash varchar(64) not null,
  made_by_id int8 not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  withdrawn_at timestamptz,
  answered_at timestamptz,
  said json,
  settled_at timestamptz,
  settled_by_id int8,
  constraint pk_confirmation primary key (id),
  constraint fk_confirmation_person_id foreign key (person_id) references person (id),
  constraint fk_confirmation_made_by_id foreign key (made_by_id) references "user" (id),
  constraint fk_confirmation_settled_by_id foreign key (settled_by_id) references "user" (id),
  constraint uq_confirmation_nonce_hash unique (nonce_hash)
)

create index ix_confirmation_answered_at on confirmation (answered_at)

create index ix_confirmation_person_id on confirmation (person_id)

create table fact_check (
  id bigserial not null,
  kind varchar(10) not null,
  fact_id int8 not null,
  person_id int8 not null,
  verdict varchar(12) not null,
  before_on date,
  before_source varchar(120),
  by_id int8,
  at timestamptz not null,
  settled_at timestamptz,
  undone_at timestamptz,
  constraint pk_fact_check primary key (id),
  constraint ck_fact_check_kind check (kind in ('email','mobile','phone','address','membership','office')),
  constraint ck_fact_check_verdict check (verdict in ('verified','confirmed','unreachable','bounced','returned')),
  constraint fk_fact_check_person_id foreign key (person_id) references person (id),
  constraint fk_fact_check_by_id foreign key (by_id) references "user" (id)
)

create index ix_fact_check_at on fact_check (at)

create index ix_fact_check_kind_fact_id on fact_check (kind, fact_id)

create index ix_fact_check_person_id on fact_check (person_id)
