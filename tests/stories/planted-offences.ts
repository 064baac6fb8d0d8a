/**
 * One offence against each invariant, as an insider with every right would commit it: SQL run with triggers and foreign
 * keys off, on the played story of Maling. Each must make its own
 * proof count at least one offender.
 */
export const OFFENCES: Readonly<Record<string, string>> = {
  L1_entries_balance: `update posting set credit_account_id = (select id from account where book = 'financial' limit 1)
    where entry_id = 1 and book = 'purpose'`,
  L2_entries_have_postings: `delete from posting where entry_id = 1 and line_no = 1`,
  L3_trial_balance_is_zero: `update account_summary set in_minor = in_minor + 1
    where account_id = (select account_id from account_summary where in_minor > 0 order by account_id limit 1)`,
  L4_summaries_equal_postings: `update posting_lot set amount_minor = amount_minor + 1 where entry_id = 1`,
  L5_no_account_below_its_floor: `update guard set out_minor = out_minor + 1 where out_minor < in_seen_minor`,
  L6_lots_are_exact: `update lot set amount_minor = amount_minor + 1 where id = 1`,
  days_equal_summaries: `update account_day set in_minor = in_minor + 1
    where (account_id, day) = (select account_id, day from account_day order by 1, 2 limit 1)`,
  gift_sums_equal_gifts: `update gift_summary set gifts = gifts + 1`,
  named_sums_equal_named_gifts: `update named_gift_summary set gifts = gifts + 1`,
  months_equal_postings: `update month_summary set amount_minor = amount_minor + 1`,
  L6_designations_are_kept: `update lot set designation = 'ML-24' where id in (select p.lot_id from lot_position p
    join account a on a.id = p.account_id where a.class = 'paid' and p.held_minor > 0 limit 1)`,
  L9_reversals_are_exact: `update entry set reverses_id = 1, reason = 'x' where id = 2`,
  L16_nothing_dated_into_a_closed_month: `insert into period (campaign_id, month, status, changed_at)
    select campaign_id, date_trunc('month', accounting_date)::date, 'closed', '2000-01-01' from entry where id = 1
    on conflict (campaign_id, month) do update set status = 'closed', changed_at = '2000-01-01'`,
  tie_out: `update account_summary set out_minor = out_minor + 1 where account_id in
    (select id from account where class = 'asset' order by id limit 1)`,
  L7_one_entry_per_thing: `update entry set subject = (select subject from entry where kind = 'gift_received' order by id limit 1)
    where kind = 'gift_received'`,
  L7_cleared_gifts_are_in_the_books: `update donation set settled_minor = settled_minor + 1 where code = 'G-0095'`,
  L7_entries_say_what_road_a_gift_was_for: `update entry set named_for = 'ML-24'
    where id = (select min(id) from entry where kind = 'gift_received')`,
  L12_maker_is_not_checker: `alter table allocation drop constraint allocation_maker_is_not_checker;
    update allocation set decided_by = proposed_by where status = 'approved'`,
  L13_public_numbers_equal_the_books: `update account_summary set in_minor = in_minor + 1 where account_id in
    (select id from account where class = 'allocated' order by id limit 1)`,
  L13_roads_add_up: `update account set subject = 'ML-00'
    where id in (select account_id from account_balance where class = 'allocated' and balance_minor > 0)`,
  records_equal_their_entries: `update disbursement set amount_minor = amount_minor + 1 where status = 'paid'`,
  certified_money_is_owed: `update account_summary set in_minor = in_minor + 1 where account_id in
    (select id from account where class = 'certified' order by id limit 1)`,
  L14_receipts_are_gap_free: `update receipt_counter set last_serial = last_serial + 1`,
  L15_no_act_without_audit: `delete from audit_event where command = 'allocation.approve'`,
  L19_refunds_never_exceed_gifts: `insert into refund (id, code, donation_id, amount_minor, reason, status, content_hash, proposed_on)
    select gen_random_uuid(), 'R-9999', id, settled_minor + 1, 'x', 'sent', 'x', '2026-01-01' from donation where code = 'G-0095'`,
  pledges_are_what_was_applied: `update pledge_application set amount_minor = amount_minor - 1 where id = 1`,
  no_lot_in_limbo: `update segment_status_change set recorded_at = now() - interval '31 days';
    update entry set recorded_at = now() - interval '31 days';
    update segment set status = 'cancelled' where code in (select a.subject from account a join lot_position p on p.account_id = a.id
      where a.class = 'allocated' and p.held_minor > 0)`,
  transfer_accounts_were_approved: `alter table transfer_account drop constraint transfer_account_is_approved;
    insert into transfer_account (id, campaign_id, holder, account_number, bank, recorded_at)
    select gen_random_uuid(), id, name, '0000 1111', name, now() + make_interval(secs => n) from campaign, generate_series(1, 2) n`,
  plans_equal_their_allocations: `insert into allocation_plan (id, code, campaign_id, method, amount_minor, status, content_hash, proposed_by, proposed_on)
    select gen_random_uuid(), 'AP-9999', id, 'even', 100, 'proposed', 'x', (select id from person limit 1), '2026-01-01' from campaign limit 1`,
  bank_lines_are_matched_once: `insert into bank_line (account_id, import_id, line_no, fingerprint, route, booked_on, amount_minor, currency, memo, match_id)
    values (gen_random_uuid(), gen_random_uuid(), 1, sha256('x'), 'csv', '2026-01-01', 100, 'CNY', 'x', gen_random_uuid())`,
  bank_matches_add_up: `with one as (insert into bank_match (id, code, account_id, matched_on)
      values (gen_random_uuid(), 'M-9999', gen_random_uuid(), '2026-01-01') returning id)
    insert into bank_match_part (match_id, part_no, kind, amount_minor) select id, 1, 'fee', 100 from one`,
  undone_matches_left_nothing: `with one as (insert into bank_match (id, code, account_id, matched_on, undone_at, undone_because)
      values (gen_random_uuid(), 'M-9999', gen_random_uuid(), '2026-01-01', now(), 'x') returning id)
    insert into bank_match_part (match_id, part_no, kind, amount_minor, entry_id) select id, 1, 'fee', 100, 1 from one`,
  one_thing_one_bank_line: `with one as (insert into bank_match (id, code, account_id, matched_on)
      values (gen_random_uuid(), 'M-9999', gen_random_uuid(), '2026-01-01') returning id)
    insert into bank_match_part (match_id, part_no, kind, subject, amount_minor)
    select id, n, 'gift', 'G-0095', 100 from one, generate_series(1, 2) n`,
  gift_batches_agree_with_their_totals: `insert into gift_batch (id, code, campaign_id, kind, gift_count, total_minor, content_hash, status, entered_on, entered_by)
    select gen_random_uuid(), 'B-9999', id, 'cash', 1, 100, 'x', 'recorded', '2026-01-01', gen_random_uuid() from campaign limit 1`,
};
