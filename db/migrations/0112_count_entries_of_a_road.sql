-- Why: the ledger of one road counts up to five thousand of its entries, and fetched each of them from the books twice: a
-- second and more where a million gifts lie between them. The index that finds them now also says what is counted.
drop index entry_named_for;
create index entry_named_for on entry (named_for, id) include (campaign_id, kind, amount_minor, accounting_date)
  where named_for is not null;
