-- Payees, payments, batches and what the bank says.
create table payment_batch_number (
  year integer not null,
  last integer not null,
  constraint pk_payment_batch_number primary key (year)
)

create table bank_layout (
  id bigserial not null,
  layout json not null,
  set_by_id int8 not null,
  set_at timestamptz not null,
  constraint pk_bank_layout primary key (id),
  constraint fk_bank_layout_set_by_id foreign key (set_by_id) references "user" (id)
)

create table paid_file (
  id bigserial not null,
  name varchar(200) not null,
  sha256 varchar(64) not null,
  rows integer not null,
  by_id int8,
  at timestamptz not null,
  constraint pk_paid_file primary key (id),
  constraint fk_paid_file_by_id foreign key (by_id) references "user" (id),
  constraint uq_paid_file_sha256 unique (sha256)
)

create table payee (
  id bigserial not null,
  kind varchar(12) not null,
  name varchar(160) not null,
  name_key varchar(160) collate "C" not null,
  email varchar(254),
  added_by_id int8 not null,
  added_at timestamptz not null,
  retired_at timestamptz,
  idem varchar(80),
  constraint pk_payee primary key (id),
  constraint ck_payee_kind check (kind in ('party-unit','candidate','agent','supplier','branch')),
  constraint fk_payee_added_by_id foreign key (added_by_id) references "user" (id),
  constraint uq_payee_idem unique (idem)
)

create unique index uq_payee_name_key on payee (name_key)
  where retired_at is null

create table payment_batch (
  id bigserial not null,
  reference varchar(20) not null,
  pay_on date not null,
  payments integer not null,
  total_p bigint not null,
  layout json not null,
  made_by_id int8 not null,
  made_at timestamptz not null,
  idem varchar(80),
  constraint pk_payment_batch primary key (id),
  constraint ck_payment_batch_payments check (payments > 0),
  constraint ck_payment_batch_total check (total_p > 0),
  constraint fk_payment_batch_made_by_id foreign key (made_by_id) references "user" (id),
  constraint uq_payment_batch_idem unique (idem),
  constraint uq_payment_batch_reference unique (reference)
)

create table payee_account (
  id bigserial not null,
  payee_id int8 not null,
  holder varchar(60) not null,
  sealed text not null,
  tail varchar(4) not null,
  entered_by_id int8 not null,
  entered_at timestamptz not null,
  confirmed_by_id int8,
  confirmed_at timestamptz,
  checked_how varchar(200),
  ended_at timestamptz,
  idem varchar(80),
  constraint pk_payee_account primary key (id),
  constraint ck_payee_account_confirmed check ((confirmed_at is null) = (confirmed_by_id is null)),
  constraint ck_payee_account_two_people check (confirmed_by_id <> entered_by_id),
  constraint fk_payee_account_confirmed_by_id foreign key (confirmed_by_id) references "user" (id),
  constraint fk_payee_account_entered_by_id foreign key (entered_by_id) references "user" (id),
  constraint fk_payee_account_payee_id foreign key (payee_id) references payee (id),
  constraint uq_payee_account_idem unique (idem)
)

create index ix_payee_account_payee_id on payee_account (payee_id)

create unique index uq_payee_account_current on payee_account (payee_id)
  where confirmed_at is not null and ended_at is null

create unique index uq_payee_account_waiting on payee_account (payee_id)
  where confirmed_at is null and ended_at is null

create table award_condition (
  id bigserial not null,
  application_id int8 not null,
  what text not null,
  due_on date,
  set_by_id int8 not null,
  set_at timestamptz not null,
  attachment_id int8,
  met_on date,
  met_by_id int8,
  dropped_at timestamptz,
  dropped_by_id int8,
  dropped_because text,
  idem varchar(80),
  constraint pk_award_condition primary key (id),
  constraint ck_award_condition_met check ((met_on is null) = (met_by_id is null)),
  constraint ck_award_condition_dropped check (met_on is null or dropped_at is null),
  constraint fk_award_condition_application_id foreign key (application_id) references application (id),
  constraint fk_award_condition_attachment_id foreign key (attachment_id) references attachment (id),
  constraint fk_award_condition_dropped_by_id foreign key (dropped_by_id) references "user" (id),
  constraint fk_award_condition_met_by_id foreign key (met_by_id) references "user" (id),
  constraint fk_award_condition_set_by_id foreign key (set_by_id) references "user" (id),
  constraint uq_award_condition_idem unique (idem)
)

create index ix_award_condition_application_id on award_condition (application_id)

create table refund (
  id bigserial not null,
  application_id int8 not null,
  amount_p bigint not null,
  returned_p bigint not null,
  written_off_p bigint not null,
  reason text not null,
  due_on date,
  asked_by_id int8 not null,
  asked_at timestamptz not null,
  idem varchar(80),
  constraint pk_refund primary key (id),
  constraint ck_refund_amount check (amount_p > 0),
  constraint ck_refund_parts check (returned_p >= 0 and written_off_p >= 0 and returned_p + written_off_p <= amount_p),
  constraint fk_refund_application_id foreign key (application_id) references application (id),
  constraint fk_refund_asked_by_id foreign key (asked_by_id) references "user" (id),
  constraint uq_refund_idem unique (idem)
)

create index ix_refund_application_id on refund (application_id)

create table payment (
  id bigserial not null,
  application_id int8 not null,
  number integer not null,
  reference varchar(30) not null,
  payee_id int8,
  amount_p bigint not null,
  waits_for varchar(12) not null,
  due_on date,
  condition_id int8,
  nominated_on date,
  status varchar(12) not null,
  released_by_id int8,
  released_at timestamptz,
  batch_id int8,
  account_id int8,
  paid_on date,
  paid_by_id int8,
  entry_id int8,
  version integer not null,
  constraint pk_payment primary key (id),
  constraint ck_payment_status check (status in ('scheduled','released','exported','paid','reconciled','failed','reversed','cancelled')),
  constraint ck_payment_batch check (status not in ('exported','failed') or (batch_id is not null and account_id is not null)),
  constraint ck_payment_entry check (status not in ('paid','reconciled','reversed') or entry_id is not null),
  constraint ck_payment_condition check (waits_for <> 'condition' or condition_id is not null),
  constraint ck_payment_day check (waits_for <> 'date' or due_on is not null),
  constraint ck_payment_waits_for check (waits_for in ('award','date','condition','nomination')),
  constraint ck_payment_amount check (amount_p > 0),
  constraint fk_payment_account_id foreign key (account_id) references payee_account (id),
  constraint fk_payment_application_id foreign key (application_id) references application (id),
  constraint fk_payment_batch_id foreign key (batch_id) references payment_batch (id),
  constraint fk_payment_condition_id foreign key (condition_id) references award_condition (id),
  constraint fk_payment_entry_id foreign key (entry_id) references ledger (id),
  constraint fk_payment_paid_by_id foreign key (paid_by_id) references "user" (id),
  constraint fk_payment_payee_id foreign key (payee_id) references payee (id),
  constraint fk_payment_released_by_id foreign key (released_by_id) references "user" (id),
  constraint uq_payment_application_id_number unique (application_id, number),
  constraint uq_payment_entry_id unique (entry_id),
  constraint uq_payment_reference unique (reference)
)

create index ix_payment_batch_id on payment (batch_id)

create index ix_payment_payee_id on payment (payee_id)

create index ix_payment_status on payment (status)

create table refund_receipt (
  id bigserial not null,
  refund_id int8 not null,
  amount_p bigint not null,
  received_on date not null,
  reference varchar(60) not null,
  by_id int8 not null,
  at timestamptz not null,
  entry_id int8 not null,
  idem varchar(80) not null,
  constraint pk_refund_receipt primary key (id),
  constraint ck_refund_receipt_amount check (amount_p > 0),
  constraint fk_refund_receipt_by_id foreign key (by_id) references "user" (id),
  constraint fk_refund_receipt_entry_id foreign key (entry_id) references ledger (id),
  constraint fk_refund_receipt_refund_id foreign key (refund_id) references refund (id),
  constraint uq_refund_receipt_entry_id unique (entry_id),
  constraint uq_refund_receipt_idem unique (idem)
)

create index ix_refund_receipt_refund_id on refund_receipt (refund_id)

create table write_off (
  id bigserial not null,
  refund_id int8 not null,
  amount_p bigint not null,
  reason text not null,
  asked_by_id int8 not null,
  asked_at timestamptz not null,
  approved boolean,
  answer text,
  decided_by_id int8,
  decided_at timestamptz,
  idem varchar(80),
  constraint pk_write_off primary key (id),
  constraint ck_write_off_decided check ((approved is null) = (decided_by_id is null) and (approved is null) = (decided_at is null)),
  constraint ck_write_off_amount check (amount_p > 0),
  constraint ck_write_off_two_people check (decided_by_id <> asked_by_id),
  constraint fk_write_off_asked_by_id foreign key (asked_by_id) references "user" (id),
  constraint fk_write_off_decided_by_id foreign key (decided_by_id) references "user" (id),
  constraint fk_write_off_refund_id foreign key (refund_id) references refund (id),
  constraint uq_write_off_idem unique (idem)
)

create index ix_write_off_refund_id on write_off (refund_id)

create unique index uq_write_off_open on write_off (refund_id)
  where approved is null

create table paid_row (
  id bigserial not null,
  file_id int8 not null,
  number integer not null,
  reference varchar(200) not null,
  amount_p bigint,
  paid_on date,
  payment_id int8,
  verdict varchar(10) not null,
  because text,
  settled text,
  settled_by_id int8,
  settled_at timestamptz,
  constraint pk_paid_row primary key (id),
  constraint ck_paid_row_verdict check (verdict in ('matched','differing','unknown','returned','look')),
  constraint ck_paid_row_settled check ((settled_at is null) = (settled is null)),
  constraint fk_paid_row_file_id foreign key (file_id) references paid_file (id),
  constraint fk_paid_row_payment_id foreign key (payment_id) references payment (id),
  constraint fk_paid_row_settled_by_id foreign key (settled_by_id) references "user" (id),
  constraint uq_paid_row_file_id_number unique (file_id, number)
)

create index ix_paid_row_payment_id on paid_row (payment_id)

create index ix_paid_row_verdict on paid_row (verdict)

create table payment_step (
  id bigserial not null,
  payment_id int8 not null,
  step varchar(12) not null,
  from_status varchar(12),
  to_status varchar(12) not null,
  by_id int8,
  at timestamptz not null,
  reason text,
  idem varchar(80),
  constraint pk_payment_step primary key (id),
  constraint fk_payment_step_by_id foreign key (by_id) references "user" (id),
  constraint fk_payment_step_payment_id foreign key (payment_id) references payment (id),
  constraint uq_payment_step_idem unique (idem)
)

create index ix_payment_step_payment_id on payment_step (payment_id)
