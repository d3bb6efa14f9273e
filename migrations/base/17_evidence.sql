-- What is owed after an award: evidence, letters, receipts and refunds.
create table invoice (
  id bigserial not null,
  supplier varchar(160) not null,
  supplier_key varchar(160) collate "C" not null,
  number varchar(60) not null,
  number_key varchar(60) collate "C" not null,
  "on" date not null,
  net_p bigint not null,
  vat_p bigint not null,
  gross_p bigint not null,
  shared_p bigint not null,
  constraint pk_invoice primary key (id),
  constraint ck_invoice_amounts check (net_p > 0 and vat_p >= 0 and gross_p = net_p + vat_p),
  constraint ck_invoice_shared check (shared_p between 0 and gross_p),
  constraint uq_invoice_supplier_key_number_key_gross_p unique (supplier_key, number_key, gross_p)
)

create table letter_template (
  id bigserial not null,
  number integer not null,
  subject varchar(160) not null,
  body text not null,
  written_by_id int8 not null,
  written_at timestamptz not null,
  constraint pk_letter_template primary key (id),
  constraint fk_letter_template_written_by_id foreign key (written_by_id) references "user" (id),
  constraint uq_letter_template_number unique (number)
)

create table award_letter (
  id bigserial not null,
  application_id int8 not null,
  number integer not null,
  template_number integer not null,
  subject varchar(200) not null,
  body text not null,
  amount_p bigint not null,
  made_by_id int8 not null,
  made_at timestamptz not null,
  outbox_id text,
  sent_to varchar(254),
  asked_by_id int8,
  constraint pk_award_letter primary key (id),
  constraint fk_award_letter_application_id foreign key (application_id) references application (id),
  constraint fk_award_letter_made_by_id foreign key (made_by_id) references "user" (id),
  constraint fk_award_letter_outbox_id foreign key (outbox_id) references outbox (id),
  constraint fk_award_letter_asked_by_id foreign key (asked_by_id) references "user" (id),
  constraint uq_award_letter_application_id_number unique (application_id, number),
  constraint uq_award_letter_outbox_id unique (outbox_id)
)

create table outcome (
  id bigserial not null,
  application_id int8 not null,
  nominated boolean,
  elected boolean,
  votes integer,
  "on" date not null,
  source varchar(200) not null,
  took_office_on date,
  register_by date,
  registered_on date,
  registered_by_id int8,
  recorded_by_id int8 not null,
  recorded_at timestamptz not null,
  constraint pk_outcome primary key (id),
  constraint ck_outcome_elected check (elected is not true or nominated is true),
  constraint ck_outcome_votes check (votes is null or votes >= 0),
  constraint ck_outcome_registered check (registered_on is null or elected is true),
  constraint fk_outcome_application_id foreign key (application_id) references application (id),
  constraint fk_outcome_registered_by_id foreign key (registered_by_id) references "user" (id),
  constraint fk_outcome_recorded_by_id foreign key (recorded_by_id) references "user" (id),
  constraint uq_outcome_application_id unique (application_id)
)

create table reminder (
  id bigserial not null,
  application_id int8 not null,
  kind varchar(30) not null,
  due_on date not null,
  outbox_id text not null,
  posted_at timestamptz not null,
  constraint pk_reminder primary key (id),
  constraint fk_reminder_application_id foreign key (application_id) references application (id),
  constraint fk_reminder_outbox_id foreign key (outbox_id) references outbox (id),
  constraint uq_reminder_application_id_kind unique (application_id, kind)
)

create table spending_report (
  id bigserial not null,
  application_id int8 not null,
  status varchar(10) not null,
  due_on date,
  note text,
  declared_by varchar(160),
  declared_at timestamptz,
  return_on date,
  submitted_by_id int8,
  judged_by_id int8,
  judged_at timestamptz,
  reason text,
  unspent_p bigint,
  asked_back_on date,
  link_hash varchar(64),
  link_ends_at timestamptz,
  created_at timestamptz not null,
  constraint pk_spending_report primary key (id),
  constraint ck_spending_report_status check (status in ('open','submitted','sent-back','accepted')),
  constraint ck_spending_report_unspent check (unspent_p is null or unspent_p >= 0),
  constraint ck_spending_report_link check ((link_hash is null) = (link_ends_at is null)),
  constraint fk_spending_report_application_id foreign key (application_id) references application (id),
  constraint fk_spending_report_submitted_by_id foreign key (submitted_by_id) references "user" (id),
  constraint fk_spending_report_judged_by_id foreign key (judged_by_id) references "user" (id),
  constraint uq_spending_report_application_id unique (application_id),
  constraint uq_spending_report_link_hash unique (link_hash)
)

create index ix_spending_report_status on spending_report (status)

create table receipt (
  id bigserial not null,
  report_id int8 not null,
  invoice_id int8 not null,
  category varchar(12) not null,
  share_p bigint not null,
  paid_on date,
  late text,
  answer text,
  attachment_id int8,
  added_by_id int8,
  added_at timestamptz not null,
  constraint pk_receipt primary key (id),
  constraint ck_receipt_share check (share_p > 0),
  constraint ck_receipt_answer check (late is null or answer is not null),
  constraint fk_receipt_report_id foreign key (report_id) references spending_report (id),
  constraint fk_receipt_invoice_id foreign key (invoice_id) references invoice (id),
  constraint fk_receipt_attachment_id foreign key (attachment_id) references attachment (id),
  constraint fk_receipt_added_by_id foreign key (added_by_id) references "user" (id),
  constraint uq_receipt_report_id_invoice_id unique (report_id, invoice_id)
)

create index ix_receipt_invoice_id on receipt (invoice_id)
