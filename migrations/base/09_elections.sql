-- Polls, ballots, candidacies and the figures of the law.
create table election (
  id bigserial not null,
  code varchar(160) not null,
  name varchar(160) not null,
  kind varchar(20) not null,
  poll_on date not null,
  council_id int8,
  constraint pk_election primary key (id),
  constraint fk_election_council_id foreign key (council_id) references council (id),
  constraint uq_election_code unique (code)
)

create index ix_election_council_id_poll_on on election (council_id, poll_on)

create index ix_election_poll_on on election (poll_on)

create table legal_figure (
  id bigserial not null,
  "key" varchar(60) not null,
  label varchar(160) not null,
  topic varchar(20) not null,
  nation varchar(20) not null,
  election varchar(20) not null,
  unit varchar(10) not null,
  base_p bigint,
  elector_tenths integer,
  amount_p bigint,
  parts integer,
  whole integer,
  days integer,
  words varchar(160),
  rule text not null,
  valid_from date,
  in_use_by date,
  valid_to date,
  source varchar(300) not null,
  checked_on date not null,
  certainty varchar(12) not null,
  note text,
  set_by_id int8,
  set_at timestamptz not null,
  constraint pk_legal_figure primary key (id),
  constraint ck_legal_figure_unit check (unit in ('formula','amount','share','days','words')),
  constraint ck_legal_figure_dates check (valid_from is null or valid_to is null or valid_from <= valid_to),
  constraint ck_legal_figure_pence check (coalesce(base_p, 0) >= 0 and coalesce(amount_p, 0) >= 0),
  constraint ck_legal_figure_electors check (coalesce(elector_tenths, 0) >= 0),
  constraint ck_legal_figure_share check ((parts is null) = (whole is null)),
  constraint ck_legal_figure_parts check (parts is null or parts between 0 and whole),
  constraint ck_legal_figure_days check (coalesce(days, 0) >= 0),
  constraint fk_legal_figure_set_by_id foreign key (set_by_id) references "user" (id)
)

create index ix_legal_figure_key on legal_figure ("key")

create unique index uq_legal_figure_open on legal_figure ("key", nation, election)
  where valid_to is null

create table ballot (
  id bigserial not null,
  code varchar(160) not null,
  election_id int8 not null,
  ward_id int8,
  area varchar(160) not null,
  area_key varchar(160) collate "C" not null,
  gss varchar(9),
  seats integer,
  by_election boolean not null,
  cancelled boolean not null,
  constraint pk_ballot primary key (id),
  constraint ck_ballot_seats check (seats is null or seats > 0),
  constraint fk_ballot_election_id foreign key (election_id) references election (id),
  constraint fk_ballot_ward_id foreign key (ward_id) references ward (id),
  constraint uq_ballot_code unique (code)
)

create index ix_ballot_election_id on ballot (election_id)

create index ix_ballot_ward_id on ballot (ward_id)

create table candidacy (
  id bigserial not null,
  ballot_id int8 not null,
  "key" varchar(200) collate "C" not null,
  name varchar(160) not null,
  name_key varchar(160) collate "C" not null,
  party_id int8,
  party_name varchar(160),
  list_position integer,
  votes integer,
  elected boolean,
  person_id int8,
  constraint pk_candidacy primary key (id),
  constraint ck_candidacy_votes check (votes is null or votes >= 0),
  constraint fk_candidacy_ballot_id foreign key (ballot_id) references ballot (id),
  constraint fk_candidacy_party_id foreign key (party_id) references party (id),
  constraint fk_candidacy_person_id foreign key (person_id) references person (id),
  constraint uq_candidacy_ballot_id_key unique (ballot_id, "key")
)

create index ix_candidacy_party_id on candidacy (party_id)

create index ix_candidacy_person_id on candidacy (person_id)
