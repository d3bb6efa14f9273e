-- Terms, roles, seats, control and groups; the network; councils reorganised.
create table control_period (
  id bigserial not null,
  council_id int8 not null,
  kind varchar(10) not null,
  party_id int8,
  partners varchar(160),
  starts_on date,
  ends_on date,
  source varchar(160) not null,
  set_by_id int8,
  constraint pk_control_period primary key (id),
  constraint ck_control_period_kind check (kind in ('majority','minority','joint','none','shadow')),
  constraint ck_control_period_dates check (starts_on is null or ends_on is null or starts_on < ends_on),
  constraint fk_control_period_council_id foreign key (council_id) references council (id),
  constraint fk_control_period_party_id foreign key (party_id) references party (id),
  constraint fk_control_period_set_by_id foreign key (set_by_id) references "user" (id)
)

create index ix_control_period_council_id_starts_on on control_period (council_id, starts_on)

create table reorganisation (
  id bigserial not null,
  title varchar(120) not null,
  vesting_on date not null,
  "plan" json not null,
  written json not null,
  state varchar(10) not null,
  by_id int8,
  created_at timestamptz not null,
  applied_at timestamptz,
  undone_at timestamptz,
  constraint pk_reorganisation primary key (id),
  constraint ck_reorganisation_state check (state in ('draft','applied','vested','undone')),
  constraint fk_reorganisation_by_id foreign key (by_id) references "user" (id)
)

create table union_group (
  id bigserial not null,
  council_id int8 not null,
  starts_on date,
  ends_on date,
  constraint pk_union_group primary key (id),
  constraint fk_union_group_council_id foreign key (council_id) references council (id)
)

create index ix_union_group_council_id on union_group (council_id)

create unique index uq_union_group_current on union_group (council_id)
  where ends_on is null

create table network_membership (
  id bigserial not null,
  person_id int8 not null,
  status varchar(10) not null,
  reason varchar(200),
  started_at timestamptz not null,
  ended_at timestamptz,
  changed_by_id int8,
  constraint pk_network_membership primary key (id),
  constraint ck_network_membership_status check (status in ('prospect','invited','joined','declined','left','lapsed')),
  constraint fk_network_membership_changed_by_id foreign key (changed_by_id) references "user" (id),
  constraint fk_network_membership_person_id foreign key (person_id) references person (id)
)

create index ix_network_membership_person_id on network_membership (person_id)

create unique index uq_network_membership_current on network_membership (person_id)
  where ended_at is null

create table office_term (
  id bigserial not null,
  person_id int8 not null,
  post varchar(20) not null,
  council_id int8,
  ward_id int8,
  constituency_id int8,
  party_id int8,
  elected_on date,
  expected_end date,
  actual_end date,
  end_reason varchar(30),
  source varchar(120),
  verified_on date,
  verified_by_id int8,
  body varchar(120),
  by_election boolean default false not null,
  constraint pk_office_term primary key (id),
  constraint ck_office_term_area check (council_id is not null or constituency_id is not null or body is not null),
  constraint fk_office_term_constituency_id foreign key (constituency_id) references constituency (id),
  constraint fk_office_term_council_id foreign key (council_id) references council (id),
  constraint fk_office_term_party_id foreign key (party_id) references party (id),
  constraint fk_office_term_person_id foreign key (person_id) references person (id),
  constraint fk_office_term_verified_by_id foreign key (verified_by_id) references "user" (id),
  constraint fk_office_term_ward_id foreign key (ward_id) references ward (id)
)

create index ix_office_term_council_id_ward_id on office_term (council_id, ward_id)

create index ix_office_term_expected_end on office_term (expected_end)

create index ix_office_term_party_id on office_term (party_id)

create index ix_office_term_person_id on office_term (person_id)

create table union_group_meeting (
  id bigserial not null,
  group_id int8 not null,
  "on" date not null,
  attended integer,
  about text,
  constraint pk_union_group_meeting primary key (id),
  constraint ck_union_group_meeting_attended check (attended is null or attended >= 0),
  constraint fk_union_group_meeting_group_id foreign key (group_id) references union_group (id)
)

create index ix_union_group_meeting_group_id on union_group_meeting (group_id)

create table union_group_member (
  id bigserial not null,
  group_id int8 not null,
  person_id int8 not null,
  role varchar(12) not null,
  whip varchar(12) not null,
  starts_on date,
  ends_on date,
  constraint pk_union_group_member primary key (id),
  constraint ck_union_group_member_role check (role in ('convenor','secretary','member')),
  constraint ck_union_group_member_whip check (whip in ('held','suspended','withdrawn','none')),
  constraint fk_union_group_member_group_id foreign key (group_id) references union_group (id),
  constraint fk_union_group_member_person_id foreign key (person_id) references person (id)
)

create index ix_union_group_member_person_id on union_group_member (person_id)

create unique index uq_union_group_member_current on union_group_member (group_id, person_id)
  where ends_on is null

create table office_role (
  id bigserial not null,
  term_id int8 not null,
  kind varchar(30) not null,
  detail varchar(160),
  starts_on date,
  ends_on date,
  constraint pk_office_role primary key (id),
  constraint fk_office_role_term_id foreign key (term_id) references office_term (id)
)

create index ix_office_role_term_id on office_role (term_id)

create table candidate_match (
  id bigserial not null,
  candidacy_id int8 not null,
  term_id int8 not null,
  how varchar(10) not null,
  why varchar(200) not null,
  verdict varchar(10),
  decided_by_id int8,
  decided_at timestamptz,
  constraint pk_candidate_match primary key (id),
  constraint ck_candidate_match_by check (how <> 'doubtful' or verdict is null or decided_at is not null),
  constraint ck_candidate_match_how check (how in ('exact','names','doubtful')),
  constraint ck_candidate_match_verdict check (verdict is null or verdict in ('same','other')),
  constraint fk_candidate_match_candidacy_id foreign key (candidacy_id) references candidacy (id),
  constraint fk_candidate_match_decided_by_id foreign key (decided_by_id) references "user" (id),
  constraint fk_candidate_match_term_id foreign key (term_id) references office_term (id),
  constraint uq_candidate_match_candidacy_id_term_id unique (candidacy_id, term_id)
)

create index ix_candidate_match_term_id on candidate_match (term_id)

create table seat_outcome (
  id bigserial not null,
  term_id int8 not null,
  poll_on date not null,
  outcome varchar(12) not null,
  candidacy_id int8,
  new_term_id int8,
  decided_by_id int8,
  decided_at timestamptz not null,
  constraint pk_seat_outcome primary key (id),
  constraint ck_seat_outcome_outcome check (outcome in ('re-elected','lost','stood-down','moved')),
  constraint fk_seat_outcome_candidacy_id foreign key (candidacy_id) references candidacy (id),
  constraint fk_seat_outcome_decided_by_id foreign key (decided_by_id) references "user" (id),
  constraint fk_seat_outcome_new_term_id foreign key (new_term_id) references office_term (id),
  constraint fk_seat_outcome_term_id foreign key (term_id) references office_term (id),
  constraint uq_seat_outcome_term_id_poll_on unique (term_id, poll_on)
)

create index ix_seat_outcome_poll_on on seat_outcome (poll_on)
