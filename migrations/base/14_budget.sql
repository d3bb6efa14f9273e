-- The tree of the budget, its ledger, awards, plans, requests and limits.
create table budget_node (
  id bigserial not null,
  parent_id int8,
  level varchar(10) not null,
  code varchar(60) not null,
  name varchar(120) not null,
  region_id int8,
  cap_p bigint not null,
  handed_p bigint not null,
  committed_p bigint not null,
  paid_p bigint not null,
  returned_p bigint not null,
  constraint pk_budget_node primary key (id),
  constraint ck_budget_node_level check (level in ('fund','head','region')),
  constraint ck_budget_node_cap check (committed_p + paid_p - returned_p <= cap_p),
  constraint ck_budget_node_committed check (committed_p >= 0),
  constraint ck_budget_node_handed check (handed_p between 0 and cap_p),
  constraint ck_budget_node_parent check (parent_id < id),
  constraint ck_budget_node_returned check (returned_p between 0 and paid_p),
  constraint fk_budget_node_parent_id foreign key (parent_id) references budget_node (id),
  constraint fk_budget_node_region_id foreign key (region_id) references union_region (id),
  constraint uq_budget_node_code unique (code)
)

create index ix_budget_node_parent_id on budget_node (parent_id)

create index ix_budget_node_region_id on budget_node (region_id)

create table delegated_limit (
  id bigserial not null,
  role varchar(30),
  user_id int8,
  region_id int8,
  amount_p bigint not null,
  starts_on date not null,
  ends_on date,
  set_by_id int8,
  set_at timestamptz not null,
  constraint pk_delegated_limit primary key (id),
  constraint ck_delegated_limit_whose check ((role is null) <> (user_id is null)),
  constraint ck_delegated_limit_amount check (amount_p >= 0),
  constraint fk_delegated_limit_region_id foreign key (region_id) references union_region (id),
  constraint fk_delegated_limit_set_by_id foreign key (set_by_id) references "user" (id),
  constraint fk_delegated_limit_user_id foreign key (user_id) references "user" (id)
)

create index ix_delegated_limit_user_id on delegated_limit (user_id)

create table award (
  id bigserial not null,
  node_id int8 not null,
  reference varchar(40) not null,
  committed_p bigint not null,
  paid_p bigint not null,
  returned_p bigint not null,
  created_at timestamptz not null,
  constraint pk_award primary key (id),
  constraint ck_award_committed check (committed_p >= 0),
  constraint ck_award_returned check (returned_p between 0 and paid_p),
  constraint fk_award_node_id foreign key (node_id) references budget_node (id),
  constraint uq_award_id_node_id unique (id, node_id),
  constraint uq_award_reference unique (reference)
)

create index ix_award_node_id on award (node_id)

create table budget_path (
  node_id int8 not null,
  ancestor_id int8 not null,
  constraint pk_budget_path primary key (node_id, ancestor_id),
  constraint fk_budget_path_ancestor_id foreign key (ancestor_id) references budget_node (id),
  constraint fk_budget_path_node_id foreign key (node_id) references budget_node (id)
)

create index ix_budget_path_ancestor_id on budget_path (ancestor_id)

create table budget_plan (
  id bigserial not null,
  node_id int8 not null,
  month date not null,
  amount_p bigint not null,
  set_by_id int8,
  set_at timestamptz not null,
  constraint pk_budget_plan primary key (id),
  constraint ck_budget_plan_amount check (amount_p >= 0),
  constraint fk_budget_plan_node_id foreign key (node_id) references budget_node (id),
  constraint fk_budget_plan_set_by_id foreign key (set_by_id) references "user" (id),
  constraint uq_budget_plan_node_id_month unique (node_id, month)
)

create table fund (
  id bigserial not null,
  node_id int8 not null,
  name varchar(120) not null,
  fund_type varchar(10) not null,
  currency varchar(3) not null,
  starts_on date not null,
  ends_on date not null,
  max_grant_p bigint not null,
  current boolean not null,
  approve_above_p bigint,
  closed_on date,
  constraint pk_fund primary key (id),
  constraint ck_fund_type check (fund_type in ('political','general')),
  constraint fk_fund_node_id foreign key (node_id) references budget_node (id),
  constraint uq_fund_node_id unique (node_id)
)

create table award_carried (
  award_id int8 not null,
  from_id int8 not null,
  constraint pk_award_carried primary key (award_id),
  constraint ck_award_carried_order check (from_id < award_id),
  constraint fk_award_carried_award_id foreign key (award_id) references award (id),
  constraint fk_award_carried_from_id foreign key (from_id) references award (id),
  constraint uq_award_carried_from_id unique (from_id)
)

create table budget_request (
  id bigserial not null,
  fund_id int8 not null,
  kind varchar(10) not null,
  source_id int8 not null,
  target_id int8,
  amount_p bigint not null,
  reason text not null,
  authority varchar(200),
  status varchar(10) not null,
  asked_by_id int8 not null,
  asked_at timestamptz not null,
  decided_by_id int8,
  decided_at timestamptz,
  answer text,
  idem varchar(80) not null,
  terms json,
  constraint pk_budget_request primary key (id),
  constraint ck_budget_request_kind check (kind in ('virement','cap','take-back','fund','terms') and (kind in ('fund','terms')) = (terms is not null)),
  constraint ck_budget_request_status check (status in ('waiting','approved','refused','withdrawn')),
  constraint ck_budget_request_target check ((kind = 'virement') = (target_id is not null)),
  constraint ck_budget_request_authority check (kind not in ('cap','fund') or authority is not null),
  constraint ck_budget_request_amount check (amount_p > 0),
  constraint ck_budget_request_two_people check (status not in ('approved','refused') or (decided_by_id is not null and decided_by_id <> asked_by_id)),
  constraint fk_budget_request_fund_id foreign key (fund_id) references fund (id),
  constraint fk_budget_request_source_id foreign key (source_id) references budget_node (id),
  constraint fk_budget_request_target_id foreign key (target_id) references budget_node (id),
  constraint fk_budget_request_asked_by_id foreign key (asked_by_id) references "user" (id),
  constraint fk_budget_request_decided_by_id foreign key (decided_by_id) references "user" (id),
  constraint uq_budget_request_idem unique (idem)
)

create index ix_budget_request_fund_id on budget_request (fund_id)

create index ix_budget_request_status on budget_request (status)

create table ledger (
  id bigserial not null,
  node_id int8 not null,
  award_id int8,
  kind varchar(10) not null,
  amount_p bigint not null,
  d_cap bigint not null generated always as (case when kind in ('allot','vire') then amount_p else 0 end) stored,
  d_committed bigint not null generated always as (case kind when 'commit' then amount_p when 'release' then -amount_p when 'pay' then -amount_p else 0 end) stored,
  d_paid bigint not null generated always as (case kind when 'pay' then amount_p else 0 end) stored,
  d_returned bigint not null generated always as (case kind when 'return' then amount_p else 0 end) stored,
  reverses_id int8,
  actor_id int8,
  reason text,
  idem varchar(80) not null,
  at timestamptz not null,
  authority text,
  constraint pk_ledger primary key (id),
  constraint ck_ledger_award check ((kind in ('allot','vire')) = (award_id is null)),
  constraint ck_ledger_sign check (amount_p > 0 or kind in ('allot','vire') or reverses_id is not null),
  constraint ck_ledger_kind check (kind in ('allot','vire','commit','release','pay','return')),
  constraint ck_ledger_amount check (amount_p <> 0),
  constraint fk_ledger_actor_id foreign key (actor_id) references "user" (id),
  constraint fk_ledger_award_id_node_id foreign key (award_id, node_id) references award (id, node_id),
  constraint fk_ledger_node_id foreign key (node_id) references budget_node (id),
  constraint fk_ledger_reverses_id foreign key (reverses_id) references ledger (id),
  constraint uq_ledger_idem unique (idem),
  constraint uq_ledger_reverses_id unique (reverses_id)
)

create index ix_ledger_award_id on ledger (award_id)

create index ix_ledger_node_id on ledger (node_id)
