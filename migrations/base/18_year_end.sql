-- The end of a year of the budget.
create table year_end (
  id bigserial not null,
  fund_id int8 not null,
  next_fund_id int8 not null,
  balance_p bigint not null,
  authority varchar(200) not null,
  reason text not null,
  status varchar(10) not null,
  proposed_by_id int8 not null,
  proposed_at timestamptz not null,
  decided_by_id int8,
  decided_at timestamptz,
  answer text,
  idem varchar(80) not null,
  constraint pk_year_end primary key (id),
  constraint ck_year_end_status check (status in ('waiting','approved','refused','withdrawn')),
  constraint ck_year_end_balance check (balance_p >= 0),
  constraint ck_year_end_funds check (fund_id <> next_fund_id),
  constraint ck_year_end_two_people check (status not in ('approved','refused') or (decided_by_id is not null and decided_by_id <> proposed_by_id)),
  constraint fk_year_end_fund_id foreign key (fund_id) references fund (id),
  constraint fk_year_end_next_fund_id foreign key (next_fund_id) references fund (id),
  constraint fk_year_end_proposed_by_id foreign key (proposed_by_id) references "user" (id),
  constraint fk_year_end_decided_by_id foreign key (decided_by_id) references "user" (id),
  constraint uq_year_end_idem unique (idem)
)

create unique index uq_year_end_open on year_end (fund_id)
  where status in ('waiting','approved')

create table year_end_line (
  id bigserial not null,
  year_end_id int8 not null,
  award_id int8 not null,
  amount_p bigint not null,
  choice varchar(8) not null,
  constraint pk_year_end_line primary key (id),
  constraint ck_year_end_line_choice check (choice in ('carry','release')),
  constraint ck_year_end_line_amount check (amount_p > 0),
  constraint fk_year_end_line_year_end_id foreign key (year_end_id) references year_end (id),
  constraint fk_year_end_line_award_id foreign key (award_id) references award (id),
  constraint uq_year_end_line_year_end_id_award_id unique (year_end_id, award_id)
)
