-- A link of the chain never changes. The one thing that may happen to it is erasure: before, after
-- and salt become null together, and everything the hash covers stays as it was.
create trigger audit_no_delete before delete on audit
begin select raise(abort, 'audit is append-only'); end

create trigger audit_no_update before update on audit
when not (new.before is null and new.after is null and new.salt is null
  and new.seq is old.seq and new.at is old.at and new.actor_id is old.actor_id
  and new.event is old.event and new.subject_kind is old.subject_kind
  and new.subject_id is old.subject_id and new.digest is old.digest
  and new.prev is old.prev and new.hash is old.hash)
begin select raise(abort, 'audit is append-only'); end

create trigger ledger_leaf before insert on ledger
when new.award_id is not null
  and exists (select 1 from budget_node where parent_id = new.node_id)
begin select raise(abort, 'ledger_leaf: awards are made against leaves'); end

create trigger ledger_mirror before insert on ledger
when new.reverses_id is not null and not exists (
  select 1 from ledger where id = new.reverses_id and kind = new.kind
    and award_id is new.award_id and node_id = new.node_id and amount_p = -new.amount_p)
begin select raise(abort, 'ledger_mirror: a reversal mirrors the row it names'); end

create trigger ledger_apply after insert on ledger begin
  update award set committed_p = committed_p + new.d_committed,
    paid_p = paid_p + new.d_paid, returned_p = returned_p + new.d_returned
    where id = new.award_id;
  update budget_node set committed_p = committed_p + new.d_committed,
    paid_p = paid_p + new.d_paid, returned_p = returned_p + new.d_returned
    where new.award_id is not null
      and id in (select ancestor_id from budget_path where node_id = new.node_id);
  update budget_node set handed_p = handed_p + new.d_cap where new.award_id is null
    and id = (select parent_id from budget_node where id = new.node_id);
  update budget_node set cap_p = cap_p + new.d_cap
    where new.award_id is null and id = new.node_id;
end

-- SQLite writes a virtual table by no trigger of ours (trusted_schema is off), so that the
-- application keeps it, and the known words, in the transaction that writes the person.
create virtual table known_word_gram using fts5(word, tokenize='trigram')
