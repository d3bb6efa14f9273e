-- A link of the chain never changes. The one thing that may happen to it is erasure: before, after
-- and salt become null together, and everything the hash covers stays as it was.
create function audit_refuse() returns trigger language plpgsql as $$ begin
  if tg_op = 'UPDATE' then
    if new.before is null and new.after is null and new.salt is null
      and new.seq is not distinct from old.seq and new.at is not distinct from old.at
      and new.actor_id is not distinct from old.actor_id
      and new.event is not distinct from old.event
      and new.subject_kind is not distinct from old.subject_kind
      and new.subject_id is not distinct from old.subject_id
      and new.digest is not distinct from old.digest
      and new.prev is not distinct from old.prev and new.hash is not distinct from old.hash
    then return new; end if;
  end if;
  raise exception 'audit is append-only';
end $$

create trigger audit_no_change before update or delete on audit
for each row execute function audit_refuse()

create trigger audit_no_truncate before truncate on audit
for each statement execute function audit_refuse()

create function ledger_leaf() returns trigger language plpgsql as $$ begin
  if new.award_id is not null
    and exists (select 1 from budget_node where parent_id = new.node_id) then
    raise exception 'awards are made against leaves'
      using errcode = 'check_violation', constraint = 'ledger_leaf';
  end if;
  return new;
end $$

create trigger ledger_leaf before insert on ledger
for each row execute function ledger_leaf()

create function ledger_mirror() returns trigger language plpgsql as $$ begin
  if new.reverses_id is not null and not exists (
    select 1 from ledger where id = new.reverses_id and kind = new.kind
      and award_id is not distinct from new.award_id and node_id = new.node_id
      and amount_p = -new.amount_p) then
    raise exception 'a reversal mirrors the row it names'
      using errcode = 'check_violation', constraint = 'ledger_mirror';
  end if;
  return new;
end $$

create trigger ledger_mirror before insert on ledger
for each row execute function ledger_mirror()

-- Rows are changed in one order everywhere, or two writers wait for each other: the award first,
-- then the nodes from the root down (a parent has the lower id).
create function ledger_apply() returns trigger language plpgsql as $$
declare place bigint;
begin
  if new.award_id is null then
    update budget_node set handed_p = handed_p + new.d_cap
      where id = (select parent_id from budget_node where id = new.node_id);
    update budget_node set cap_p = cap_p + new.d_cap where id = new.node_id;
    return null;
  end if;
  update award set committed_p = committed_p + new.d_committed,
    paid_p = paid_p + new.d_paid, returned_p = returned_p + new.d_returned
    where id = new.award_id;
  for place in
    select ancestor_id from budget_path where node_id = new.node_id order by ancestor_id
  loop
    update budget_node set committed_p = committed_p + new.d_committed,
      paid_p = paid_p + new.d_paid, returned_p = returned_p + new.d_returned
      where id = place;
  end loop;
  return null;
end $$

create trigger ledger_apply after insert on ledger
for each row execute function ledger_apply()

-- The extension may be forbidden, or not installed, or somebody else was quicker.
do $$ begin
  create extension if not exists pg_trgm with schema public;
exception when others then null;
end $$

do $$ begin
  create extension if not exists pg_trgm;
exception when others then null;
end $$

-- Without it the search forgives one slip in a word only; `hustings doctor` says so.
do $$ declare place text;
begin
  select quote_ident(n.nspname) into place
    from pg_extension e join pg_namespace n on n.oid = e.extnamespace
    where e.extname = 'pg_trgm';
  if found then
    execute 'create index ix_known_word_trigram on known_word'
      || ' using gin (word ' || place || '.gin_trgm_ops)';
  end if;
end $$
