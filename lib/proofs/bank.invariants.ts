import type { Invariant } from './invariant';

/** What must hold between bank lines, their matches and the books, and between bundles of gifts and their control totals. */
export const BANK_INVARIANTS: readonly Invariant[] = [
  {
    name: 'bank_lines_are_matched_once',
    sql: `select (select count(*) from (select l.line_id from bank_match_line l join bank_match m on m.id = l.match_id
              where m.undone_at is null group by l.line_id having count(*) > 1) x)
          + (select count(*) from bank_line b left join (select l.line_id, l.match_id, l.amount_minor from bank_match_line l
              join bank_match m on m.id = l.match_id where m.undone_at is null) s on s.line_id = b.id
            where b.match_id is distinct from s.match_id or b.amount_minor <> s.amount_minor)`,
  },
  {
    name: 'bank_matches_add_up',
    sql: `select count(*) from bank_match m
          where (select coalesce(sum(l.amount_minor), 0) from bank_match_line l where l.match_id = m.id)
             <> (select coalesce(sum(p.amount_minor), 0) from bank_match_part p where p.match_id = m.id)`,
  },
  {
    name: 'undone_matches_left_nothing',
    sql: `select count(*) from bank_match_part p join bank_match m on m.id = p.match_id
          where p.entry_id is not null and (m.undone_at is not null) <>
            exists (select 1 from entry r where r.reverses_id = p.entry_id and r.id = p.undo_entry_id)`,
  },
  {
    name: 'one_thing_one_bank_line',
    sql: `select count(*) from (select p.kind, p.subject from bank_match_part p join bank_match m on m.id = p.match_id
          where m.undone_at is null and p.kind in ('gift', 'new_gift', 'payout', 'payment', 'refund')
          group by p.kind, p.subject having count(*) > 1) x`,
  },
  {
    name: 'gift_batches_agree_with_their_totals',
    sql: `select count(*) from gift_batch b
          where (select count(*) from gift_batch_line l where l.batch_id = b.id) <> b.gift_count
             or (select coalesce(sum(d.amount_minor), 0) from gift_batch_line l join donation d on d.id = l.donation_id
                 where l.batch_id = b.id) <> b.total_minor`,
  },
];
