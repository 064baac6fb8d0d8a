import { sql, type Kysely } from 'kysely';
import type { Database } from '@/db/tables';
import { foldSummaries } from '@/lib/ledger/summary.store';

/**
 * Adds `count` gifts (numbered behind the `after` there are) to the books of a throw-away campaign: donation, lot, entry,
 * two postings each, over ten years; one in ten names its giver. Folded into the sums as the worker would have done.
 * Written past the commands, because a million of those would take an hour; triggers are off for this connection.
 */
export const addGifts = async (owner: Kysely<Database>, count: number, after = 0): Promise<void> => {
  for (let added = 0; added < count; added += AT_ONCE) {
    await sql`set session_replication_role = replica`.execute(owner);
    await addSome(owner, Math.min(AT_ONCE, count - added), after + added);
    await sql`set session_replication_role = origin`.execute(owner);
    await foldSummaries(owner);
  }
  // As the database itself leaves tables a while after so much was written.
  await sql`vacuum (analyze)`.execute(owner);
};

/** No statement longer than a few minutes, also for ten million. */
const AT_ONCE = 1_000_000;

const addSome = async (owner: Kysely<Database>, count: number, after: number): Promise<void> => {
  const base = await sql<{ id: bigint }>`select max(id) as id from entry`.execute(owner);
  const from = base.rows[0]?.id ?? 0n;
  const day = sql`date '2015-01-01' + (n % 3600)::int`;
  const amount = sql`1000 + (n * 7919) % 500000`;
  // One in eleven is named for a road: eleven and twenty-four have no divisor in common, so that each road gets its share.
  const road = sql`case when n % 11 = 0 then 'ML-' || lpad((1 + n % 24)::text, 2, '0') end`;
  const ofNamed = sql`md5('BENCH-' || n)::uuid`;
  // Twenty surnames and four hundred given names.
  const name = sql`substr('王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗', (1 + n / 10 % 20)::int, 1)
    || substr('建国志强秀兰桂英海燕春华永福明德玉珍', (1 + n / 200 % 20)::int, 1)
    || substr('平安文军红梅丽霞凤云杰勇辉鹏琴芳涛松波超', (1 + n / 4000 % 20)::int, 1)`;
  const numbers = sql`generate_series(${after + 1}::bigint, ${after + count}::bigint) n`;
  await sql`insert into recognition (id, donor_id, shown_as, consented_at, moderation, salt)
    select ${ofNamed}, (select id from donor limit 1), jsonb_build_object('zh-Hans', ${name}, 'zh-Hant', ${name}, 'en', ${name}), now(), 'shown', ''
    from ${numbers} where n % 10 = 3`.execute(owner);
  await sql`insert into donation (id, code, reference, campaign_id, channel, currency, amount_minor, settled_minor, fee_minor,
      status, given_on, received_on, designation, recognition_id, content_hash)
    select gen_random_uuid(), 'G-' || (1000000 + n), 'BENCH-' || n, (select id from campaign limit 1), 'bank', 'CNY',
      ${amount}, ${amount}, 0, 'settled', ${day}, ${day},
      ${road},
      case when n % 10 = 3 then ${ofNamed} end, repeat('0', 64) from ${numbers}`.execute(owner);
  await sql`insert into lot (kind, subject, campaign_id, amount_minor, received_on)
    select 'gift', 'G-' || (1000000 + n), (select id from campaign limit 1), ${amount}, ${day} from ${numbers}`.execute(
    owner,
  );
  await sql`insert into entry (kind, campaign_id, subject_kind, subject, accounting_date, amount_minor, named_for)
    select 'gift_received', (select id from campaign limit 1), 'donation', 'G-' || (1000000 + n), ${day}, ${amount}, ${road}
    from ${numbers} order by n`.execute(owner);
  await sql`insert into posting (entry_id, line_no, book, currency, credit_account_id, debit_account_id, amount_minor)
    select e.id, l.no, l.book, 'CNY', l.credit, l.debit, e.amount_minor from entry e, (
      select 1 as no, 'financial' as book, (select id from account where class = 'income' order by id limit 1) as credit,
        (select id from account where book = 'financial' and code like 'assets:bank%' order by id limit 1) as debit
      union all select 2, 'purpose', (select id from account where class = 'given' order by id limit 1),
        (select id from account where class = 'unallocated' order by id limit 1)) l
    where e.id > ${from}`.execute(owner);
};
