-- The union's regions, users, their sessions and links, and attempts to sign in.
create table sign_in_attempt (
  id bigserial not null,
  "key" varchar(64) not null,
  at timestamptz not null,
  constraint pk_sign_in_attempt primary key (id)
)

create index ix_sign_in_attempt_at on sign_in_attempt (at)

create index ix_sign_in_attempt_key on sign_in_attempt ("key")

create table union_region (
  id bigserial not null,
  code varchar(12) not null,
  name varchar(80) not null,
  starts_on date,
  ends_on date,
  successor_id int8,
  constraint pk_union_region primary key (id),
  constraint fk_union_region_successor_id foreign key (successor_id) references union_region (id),
  constraint uq_union_region_code unique (code),
  constraint uq_union_region_name unique (name)
)

create table "user" (
  id bigserial not null,
  email varchar(254) not null,
  name varchar(120) not null,
  role varchar(30) not null,
  password_hash text,
  epoch integer not null,
  shortcuts boolean not null,
  disabled_at timestamptz,
  created_at timestamptz not null,
  constraint pk_user primary key (id),
  constraint ck_user_role check (role in ('national-officer','political-officer','regional-officer','support','finance','training','auditor')),
  constraint uq_user_email unique (email)
)

create table account_link (
  id bigserial not null,
  user_id int8 not null,
  purpose varchar(10) not null,
  nonce_hash varchar(64) not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint pk_account_link primary key (id),
  constraint ck_account_link_purpose check (purpose in ('invite','reset')),
  constraint fk_account_link_user_id foreign key (user_id) references "user" (id),
  constraint uq_account_link_nonce_hash unique (nonce_hash)
)

create index ix_account_link_user_id on account_link (user_id)

create table sign_in_session (
  id bigserial not null,
  token_hash varchar(64) not null,
  user_id int8 not null,
  epoch integer not null,
  browser varchar(60),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  constraint pk_sign_in_session primary key (id),
  constraint fk_sign_in_session_user_id foreign key (user_id) references "user" (id),
  constraint uq_sign_in_session_token_hash unique (token_hash)
)

create index ix_sign_in_session_user_id on sign_in_session (user_id)

create table user_proposal (
  id bigserial not null,
  what varchar(10) not null,
  user_id int8,
  email varchar(254) not null,
  name varchar(120) not null,
  role varchar(30) not null,
  region_ids json not null,
  state varchar(10) not null,
  proposed_by_id int8 not null,
  proposed_at timestamptz not null,
  decided_by_id int8,
  decided_at timestamptz,
  constraint pk_user_proposal primary key (id),
  constraint ck_user_proposal_what check (what in ('add','change','enable','link')),
  constraint ck_user_proposal_role check (role in ('national-officer','political-officer','regional-officer','support','finance','training','auditor')),
  constraint ck_user_proposal_state check (state in ('waiting','agreed','refused','withdrawn')),
  constraint ck_user_proposal_user check (what = 'add' or user_id is not null),
  constraint ck_user_proposal_decided check ((state = 'waiting') = (decided_by_id is null)),
  constraint ck_user_proposal_two check (state <> 'agreed' or decided_by_id <> proposed_by_id),
  constraint fk_user_proposal_user_id foreign key (user_id) references "user" (id),
  constraint fk_user_proposal_proposed_by_id foreign key (proposed_by_id) references "user" (id),
  constraint fk_user_proposal_decided_by_id foreign key (decided_by_id) references "user" (id)
)

create index ix_user_proposal_state on user_proposal (state)

create index ix_user_proposal_user_id on user_proposal (user_id)

create unique index uq_user_proposal_waiting on user_proposal (email)
  where state = 'waiting'

create table user_region (
  user_id int8 not null,
  region_id int8 not null,
  constraint pk_user_region primary key (user_id, region_id),
  constraint fk_user_region_region_id foreign key (region_id) references union_region (id),
  constraint fk_user_region_user_id foreign key (user_id) references "user" (id)
)
