-- Why: with ten million gifts the entries of one month took 0.3 s to be counted, because each of them was fetched from the
-- books. The index that finds them by their day now also says what is counted.
drop index entry_campaign_day;
create index entry_campaign_day on entry (campaign_id, accounting_date, id) include (kind, amount_minor);
