-- Rounds, applications, their steps, guards and scores.
create table application_number (
  year integer not null,
  last integer not null,
  constraint pk_application_number primary key (year)
)

create table application (
  id bigserial not null,
  reference varchar(20) not null,
  fund_id int8 not null,
  region_id int8 not null,
  person_id int8,
  post varchar(20) not null,
  council_id int8,
  ward_id int8,
  constituency_id int8,
  poll_on date,
  contest_key varchar(80),
  requested_p bigint,
  purpose text,
  typed json,
  edited_with varchar(40),
  written_by_ids json not null,
  status varchar(12) not null,
  node_id int8,
  awarded_p bigint,
  award_id int8,
  payment_reference varchar(60),
  paid_on date,
  drafted_by_id int8 not null,
  submitted_by_id int8,
  submitted_at timestamptz,
  decided_by_id int8,
  decided_at timestamptz,
  created_at timestamptz not null,
  version integer not null,
  recommended_p bigint constraint ck_application_recommended check (recommended_p is null or recommended_p between 1 and requested_p),
  handled_by_ids json default '[]' not null,
  kept_max_grant_p bigint,
  constraint pk_application primary key (id),
  constraint ck_application_status check (status in ('draft','submitted','returned','endorsed','not_endorsed','recommended','referred','awarded','declined','withdrawn','lapsed','paid','closed')),
  constraint ck_application_awarded check (awarded_p is null or awarded_p between 1 and requested_p),
  constraint ck_application_requested check (requested_p is null or requested_p > 0),
  constraint fk_application_award_id foreign key (award_id) references award (id),
  constraint fk_application_constituency_id foreign key (constituency_id) references constituency (id),
  constraint fk_application_council_id foreign key (council_id) references council (id),
  constraint fk_application_decided_by_id foreign key (decided_by_id) references "user" (id),
  constraint fk_application_drafted_by_id foreign key (drafted_by_id) references "user" (id),
  constraint fk_application_fund_id foreign key (fund_id) references fund (id),
  constraint fk_application_node_id foreign key (node_id) references budget_node (id),
  constraint fk_application_person_id foreign key (person_id) references person (id),
  constraint fk_application_region_id foreign key (region_id) references union_region (id),
  constraint fk_application_submitted_by_id foreign key (submitted_by_id) references "user" (id),
  constraint fk_application_ward_id foreign key (ward_id) references ward (id),
  constraint uq_application_award_id unique (award_id),
  constraint uq_application_reference unique (reference)
)

create index ix_application_council_id on application (council_id)

create index ix_application_drafted_by_id on application (drafted_by_id)

create index ix_application_fund_id on application (fund_id)

create index ix_application_region_id_status on application (region_id, status)

create index ix_application_status on application (status)

create unique index uq_application_live on application (person_id, contest_key)
  where status not in ('not_endorsed','declined','withdrawn','lapsed','closed')

create table round (
  id bigserial not null,
  fund_id int8 not null,
  code varchar(20) not null,
  name varchar(120) not null,
  election varchar(120) not null,
  poll_on date,
  opens_at timestamptz not null,
  closes_at timestamptz not null,
  late_allowed boolean not null,
  fast_track boolean not null,
  max_grant_p bigint,
  scores_needed integer not null,
  spread_flag integer not null,
  submission_endorses boolean not null,
  published_at timestamptz,
  created_at timestamptz not null,
  version integer not null,
  constraint pk_round primary key (id),
  constraint ck_round_times check (opens_at < closes_at),
  constraint ck_round_grant check (max_grant_p is null or max_grant_p > 0),
  constraint ck_round_scores check (scores_needed between 0 and 5),
  constraint ck_round_spread check (spread_flag between 1 and 100),
  constraint ck_round_poll check (poll_on is not null or fast_track),
  constraint fk_round_fund_id foreign key (fund_id) references fund (id),
  constraint uq_round_code unique (code)
)

create index ix_round_fund_id on round (fund_id)

create table application_law (
  application_id int8 not null,
  electorate integer,
  joint integer,
  area varchar(8),
  legal_class varchar(12),
  s72_category varchar(1),
  recipient varchar(160),
  recipient_key varchar(160) collate "C",
  authority varchar(200),
  authority_on date,
  classed_by_id int8,
  classed_at timestamptz,
  constraint pk_application_law primary key (application_id),
  constraint ck_application_law_electorate check (electorate is null or electorate > 0),
  constraint ck_application_law_joint check (joint is null or joint between 1 and 3),
  constraint ck_application_law_area check (area is null or area in ('borough','county')),
  constraint ck_application_law_class check (legal_class is null or legal_class in ('party-unit','candidate','in-kind','s75','national','training')),
  constraint ck_application_law_category check (s72_category is null or s72_category in ('a','b','c','d','e','f')),
  constraint ck_application_law_authority check ((authority is null) = (authority_on is null)),
  constraint fk_application_law_application_id foreign key (application_id) references application (id),
  constraint fk_application_law_classed_by_id foreign key (classed_by_id) references "user" (id)
)

create index ix_application_law_recipient_key on application_law (recipient_key)

create table application_step (
  id bigserial not null,
  application_id int8 not null,
  step varchar(20) not null,
  from_status varchar(12),
  to_status varchar(12) not null,
  by_id int8 not null,
  at timestamptz not null,
  reason text,
  amount_p bigint,
  idem varchar(80),
  constraint pk_application_step primary key (id),
  constraint fk_application_step_application_id foreign key (application_id) references application (id),
  constraint fk_application_step_by_id foreign key (by_id) references "user" (id),
  constraint uq_application_step_idem unique (idem)
)

create index ix_application_step_application_id on application_step (application_id)

create table bank_reference (
  id bigserial not null,
  "key" varchar(60) not null,
  application_id int8 not null,
  entry_id int8,
  ended boolean not null,
  constraint pk_bank_reference primary key (id),
  constraint fk_bank_reference_application_id foreign key (application_id) references application (id),
  constraint fk_bank_reference_entry_id foreign key (entry_id) references ledger (id)
)

create index ix_bank_reference_application_id on bank_reference (application_id)

create index ix_bank_reference_entry_id on bank_reference (entry_id)

create unique index uq_bank_reference_key on bank_reference ("key")
  where ended is false

create table cost_line (
  id bigserial not null,
  application_id int8 not null,
  position integer not null,
  what varchar(160) not null,
  amount_p bigint not null,
  constraint pk_cost_line primary key (id),
  constraint ck_cost_line_amount check (amount_p > 0),
  constraint fk_cost_line_application_id foreign key (application_id) references application (id),
  constraint uq_cost_line_application_id_position unique (application_id, position)
)

create table criterion (
  id bigserial not null,
  round_id int8 not null,
  position integer not null,
  label varchar(160) not null,
  guidance text,
  weight integer not null,
  constraint pk_criterion primary key (id),
  constraint ck_criterion_weight check (weight between 1 and 100),
  constraint fk_criterion_round_id foreign key (round_id) references round (id),
  constraint uq_criterion_round_id_position unique (round_id, position)
)

create table eligibility_overrule (
  id bigserial not null,
  application_id int8 not null,
  rule varchar(20) not null,
  shown text not null,
  reason text not null,
  by_id int8 not null,
  at timestamptz not null,
  constraint pk_eligibility_overrule primary key (id),
  constraint fk_eligibility_overrule_application_id foreign key (application_id) references application (id),
  constraint fk_eligibility_overrule_by_id foreign key (by_id) references "user" (id)
)

create index ix_eligibility_overrule_application_id on eligibility_overrule (application_id)

create table form_version (
  id bigserial not null,
  round_id int8 not null,
  number integer not null,
  content json not null,
  in_use_at timestamptz,
  frozen_at timestamptz,
  created_at timestamptz not null,
  constraint pk_form_version primary key (id),
  constraint fk_form_version_round_id foreign key (round_id) references round (id),
  constraint uq_form_version_round_id_number unique (round_id, number)
)

create table interest_declaration (
  id bigserial not null,
  application_id int8 not null,
  by_id int8 not null,
  at timestamptz not null,
  answer varchar(10) not null,
  detail text,
  constraint pk_interest_declaration primary key (id),
  constraint fk_interest_declaration_application_id foreign key (application_id) references application (id),
  constraint fk_interest_declaration_by_id foreign key (by_id) references "user" (id),
  constraint ck_interest_declaration_answer check (answer in ('none','self','household','branch','staff','other'))
)

create index ix_interest_declaration_application_id on interest_declaration (application_id)

create index ix_interest_declaration_by_id on interest_declaration (by_id)

create table invitation (
  id bigserial not null,
  application_id int8 not null,
  nonce_hash varchar(64) not null,
  sent_to varchar(254),
  made_by_id int8 not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  opened_at timestamptz,
  used_at timestamptz,
  withdrawn_at timestamptz,
  constraint pk_invitation primary key (id),
  constraint fk_invitation_application_id foreign key (application_id) references application (id),
  constraint fk_invitation_made_by_id foreign key (made_by_id) references "user" (id),
  constraint uq_invitation_nonce_hash unique (nonce_hash)
)

create index ix_invitation_application_id on invitation (application_id)

create table moderation_note (
  id bigserial not null,
  application_id int8 not null,
  by_id int8 not null,
  at timestamptz not null,
  note text not null,
  constraint pk_moderation_note primary key (id),
  constraint fk_moderation_note_application_id foreign key (application_id) references application (id),
  constraint fk_moderation_note_by_id foreign key (by_id) references "user" (id)
)

create index ix_moderation_note_application_id on moderation_note (application_id)

create table answer_sheet (
  application_id int8 not null,
  round_id int8 not null,
  form_version_id int8 not null,
  answers json not null,
  typed json not null,
  edited_with json not null,
  late_reason text,
  candidate_at timestamptz,
  constraint pk_answer_sheet primary key (application_id),
  constraint fk_answer_sheet_application_id foreign key (application_id) references application (id),
  constraint fk_answer_sheet_round_id foreign key (round_id) references round (id),
  constraint fk_answer_sheet_form_version_id foreign key (form_version_id) references form_version (id)
)

create index ix_answer_sheet_round_id on answer_sheet (round_id)

create table interest_lifted (
  declaration_id int8 not null,
  declared_by_id int8 not null,
  by_id int8 not null,
  reason text not null,
  at timestamptz not null,
  constraint pk_interest_lifted primary key (declaration_id),
  constraint ck_interest_lifted_two_people check (by_id <> declared_by_id),
  constraint fk_interest_lifted_declaration_id foreign key (declaration_id) references interest_declaration (id),
  constraint fk_interest_lifted_declared_by_id foreign key (declared_by_id) references "user" (id),
  constraint fk_interest_lifted_by_id foreign key (by_id) references "user" (id)
)

create table law_answer (
  id bigserial not null,
  application_id int8 not null,
  step_id int8 not null,
  warning varchar(30) not null,
  shown text not null,
  answer text not null,
  by_id int8 not null,
  at timestamptz not null,
  constraint pk_law_answer primary key (id),
  constraint fk_law_answer_application_id foreign key (application_id) references application (id),
  constraint fk_law_answer_step_id foreign key (step_id) references application_step (id),
  constraint fk_law_answer_by_id foreign key (by_id) references "user" (id)
)

create index ix_law_answer_application_id on law_answer (application_id)

create table score (
  id bigserial not null,
  application_id int8 not null,
  by_id int8 not null,
  at timestamptz not null,
  criterion_id int8 not null,
  points integer not null,
  justification text not null,
  constraint pk_score primary key (id),
  constraint fk_score_application_id foreign key (application_id) references application (id),
  constraint fk_score_by_id foreign key (by_id) references "user" (id),
  constraint ck_score_points check (points between 0 and 5),
  constraint fk_score_criterion_id foreign key (criterion_id) references criterion (id)
)

create index ix_score_application_id on score (application_id)

create index ix_score_criterion_id on score (criterion_id)

create table answer_file (
  application_id int8 not null,
  question varchar(10) not null,
  attachment_id int8 not null,
  constraint pk_answer_file primary key (application_id, question),
  constraint fk_answer_file_application_id foreign key (application_id) references answer_sheet (application_id),
  constraint fk_answer_file_attachment_id foreign key (attachment_id) references attachment (id)
)

create index ix_answer_file_attachment_id on answer_file (attachment_id)
