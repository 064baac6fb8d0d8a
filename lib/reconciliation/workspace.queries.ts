import { sql, type Kysely } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database, LocalText } from '@/db/tables';
import { isCurrency } from '../shared/money';
import { staffDb } from '../staff-db';
import { toSimplified } from './chinese';
import { expectedMoney, type Expected } from './expected.queries';
import { CERTAIN_AFTER, isLearned, wordingKey, type LearnedKind } from './match-parts.rules';
import { findCandidates, type LineToMatch, type MatchClass, type MatchReason } from './match.rules';

export type OwnAccount = {
  readonly id: string;
  readonly code: string;
  readonly campaignId: string;
  readonly campaign: string;
  readonly name: LocalText;
  readonly number: string;
  readonly currency: string;
  readonly main: boolean;
};

export const ownAccounts = (db: Reader = staffDb()): Promise<OwnAccount[]> =>
  db
    .selectFrom('bank_account as a')
    .innerJoin('campaign as c', 'c.id', 'a.campaign_id')
    .select([
      'a.id',
      'a.code',
      'a.campaign_id as campaignId',
      'c.slug as campaign',
      'a.name',
      'a.number',
      'a.currency',
      'a.main',
    ])
    .orderBy('a.main', 'desc')
    .orderBy('a.code')
    .execute();

export type OpenLine = {
  readonly id: bigint;
  readonly version: number;
  readonly bookedOn: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly counterparty: string | null;
  readonly counterpartyAccount: string | null;
  readonly reference: string | null;
  readonly memo: string;
  readonly bankReference: string | null;
  readonly kind: string | null;
  readonly suspectOf: bigint | null;
};

/** Lines nobody has explained yet, the oldest first. */
export const openLines = (accountId: string, most: number, db: Reader = staffDb()): Promise<OpenLine[]> =>
  db
    .selectFrom('bank_line')
    .select([
      'id',
      'version',
      'booked_on as bookedOn',
      'amount_minor as amountMinor',
      'currency',
      'counterparty',
      'counterparty_account as counterpartyAccount',
      'reference',
      'memo',
      'bank_reference as bankReference',
      'kind',
      'suspect_of as suspectOf',
    ])
    .where('account_id', '=', accountId)
    .where('match_id', 'is', null)
    .orderBy('booked_on')
    .orderBy('id')
    .limit(most)
    .execute();

export type Offer =
  | {
      readonly kind: 'money';
      readonly class: MatchClass;
      readonly things: readonly Expected[];
      readonly reasons: readonly MatchReason[];
    }
  | {
      readonly kind: 'rule';
      readonly class: MatchClass;
      readonly makes: LearnedKind;
      readonly otherAccount: string | null;
      /** 0: the bank's own word for the line, not a rule. */
      readonly times: number;
    };

export type OpenWork = { readonly line: OpenLine; readonly offers: readonly Offer[] };

const RULE_KINDS: Readonly<Record<string, LearnedKind>> = {
  fee: 'fee',
  interest: 'interest',
  cash: 'cash_banked',
};

/** Few enough that finding candidates for all of them stays well under a second. */
export const OPEN_LINES_SHOWN = 400;

/** The open lines of an account with what each may be, best first. */
export const openWork = async (account: OwnAccount, db: Reader = staffDb()): Promise<OpenWork[]> => {
  const [lines, expected, rules] = await Promise.all([
    openLines(account.id, OPEN_LINES_SHOWN, db),
    expectedMoney(account, db),
    db
      .selectFrom('match_rule')
      .select(['inward', 'counterparty_key', 'memo_key', 'makes', 'times', 'other_account as otherAccount'])
      .where('account_id', '=', account.id)
      .where('off_at', 'is', null)
      .execute(),
  ]);
  const toMatch = lines.flatMap((line): LineToMatch[] =>
    isCurrency(line.currency) ? [{ ...line, id: String(line.id), currency: line.currency }] : [],
  );
  const byId = new Map(expected.map((one) => [one.id, one]));
  const found = findCandidates(toMatch, expected, { toSimplified });
  return lines.map((line) => {
    const money = (found.get(String(line.id)) ?? []).map((one): Offer => ({
      kind: 'money',
      // A line that may be one that came by another route already is never taken in one go.
      class: line.suspectOf !== null && one.class === 'certain' ? 'likely' : one.class,
      things: one.expectedIds.flatMap((id) => byId.get(id) ?? []),
      reasons: one.reasons,
    }));
    const fitting = rules.filter(
      (rule) =>
        rule.inward === line.amountMinor > 0n &&
        rule.counterparty_key === wordingKey(line.counterparty) &&
        rule.memo_key === wordingKey(line.memo),
    );
    const ruled = fitting.flatMap((rule): Offer[] =>
      isLearned(rule.makes)
        ? [
            {
              kind: 'rule',
              class:
                rule.times >= CERTAIN_AFTER && fitting.length === 1 && money.length === 0
                  ? 'certain'
                  : 'likely',
              makes: rule.makes,
              otherAccount: rule.otherAccount,
              times: rule.times,
            },
          ]
        : [],
    );
    const word = RULE_KINDS[line.kind ?? ''];
    const hinted: Offer[] =
      ruled.length === 0 && word !== undefined && (word !== 'cash_banked' || line.amountMinor > 0n)
        ? [{ kind: 'rule', class: 'likely', makes: word, otherAccount: null, times: 0 }]
        : [];
    return {
      line,
      offers: [...ruled, ...money.filter(isStrong), ...hinted, ...money.filter((one) => !isStrong(one))],
    };
  });
};

const isStrong = (offer: Offer): boolean => offer.class !== 'possible';

/** What may be accepted in one go: the first offer, when it is certain. */
export const certainOf = (work: readonly OpenWork[]): OpenWork[] =>
  work.filter(({ offers }) => offers[0]?.class === 'certain');

export type MatchRow = {
  readonly code: string;
  readonly on: string;
  readonly makerId: string | null;
  readonly maker: string;
  readonly locked: boolean;
  readonly inBulk: boolean;
  readonly lines: readonly {
    readonly id: string;
    readonly version: number;
    readonly bookedOn: string;
    readonly counterparty: string | null;
    readonly memo: string;
    readonly amountMinor: string;
  }[];
  readonly parts: readonly {
    readonly kind: string;
    readonly subject: string | null;
    readonly amountMinor: string;
    readonly entry: string | null;
  }[];
};

/** Standing matches, the newest first, with their lines and parts. */
export const standingMatches = async (
  accountId: string,
  most: number,
  db: Reader = staffDb(),
): Promise<MatchRow[]> =>
  (
    await sql<MatchRow>`
      select m.code, m.matched_on as "on", m.made_by as "makerId", coalesce(p.name, '—') as maker, m.locked_at is not null as locked,
        m.in_bulk as "inBulk",
        (select jsonb_agg(jsonb_build_object('id', b.id::text, 'version', b.version, 'bookedOn', b.booked_on, 'counterparty', b.counterparty,
            'memo', b.memo, 'amountMinor', b.amount_minor::text) order by b.id)
          from bank_match_line l join bank_line b on b.id = l.line_id where l.match_id = m.id) as lines,
        (select jsonb_agg(jsonb_build_object('kind', x.kind, 'subject', x.subject, 'amountMinor', x.amount_minor::text,
            'entry', 'E-' || lpad(x.entry_id::text, 6, '0')) order by x.part_no)
          from bank_match_part x where x.match_id = m.id) as parts
      from bank_match m left join person p on p.id = m.made_by
      where m.account_id = ${accountId}::uuid and m.undone_at is null
      order by m.made_at desc, m.code desc limit ${most}`.execute(db as Kysely<Database>)
  ).rows;

export type Standing = {
  readonly openCount: number;
  readonly openMinor: bigint;
  readonly matchedCount: number;
  readonly matchedMinor: bigint;
  readonly lockedCount: number;
  readonly closingMinor: bigint | null;
  readonly closingOn: string | null;
  readonly booksMinor: bigint;
};

/** What the bank says, what has been explained of it, and what the books say. */
export const standingOf = async (account: OwnAccount, db: Reader = staffDb()): Promise<Standing> => {
  // Payments used to leave from an account of their own name; what they took then still counts.
  const codes = account.main
    ? [`assets:bank:${account.campaign}`, `assets:bank:main:${account.campaign}`]
    : [`assets:bank:${account.code}:${account.campaign}`];
  const { rows } = await sql<Standing>`
    select count(*) filter (where b.match_id is null)::int as "openCount",
      coalesce(sum(b.amount_minor) filter (where b.match_id is null), 0)::bigint as "openMinor",
      count(b.match_id)::int as "matchedCount",
      coalesce(sum(b.amount_minor) filter (where b.match_id is not null), 0)::bigint as "matchedMinor",
      (select count(*)::int from bank_match m where m.account_id = ${account.id}::uuid and m.locked_at is not null) as "lockedCount",
      s.closing_minor as "closingMinor", s.to_on as "closingOn",
      (select coalesce(sum(balance_minor), 0)::bigint from account_balance where code = any(${codes})) as "booksMinor"
    from (select 1) one left join bank_line b on b.account_id = ${account.id}::uuid
    left join lateral (select closing_minor, to_on from bank_statement where account_id = ${account.id}::uuid and closing_minor is not null
      order by to_on desc nulls last, id desc limit 1) s on true
    group by s.closing_minor, s.to_on`.execute(db as Kysely<Database>);
  const [row] = rows;
  if (!row) throw new Error('an account without a standing');
  return row;
};

export type LearnedRule = {
  readonly id: bigint;
  readonly counterparty: string;
  readonly memo: string;
  readonly makes: string;
  readonly times: number;
};

/** What accepted matches have taught about an account. */
export const learnedRules = (accountId: string, db: Reader = staffDb()): Promise<LearnedRule[]> =>
  db
    .selectFrom('match_rule')
    .select(['id', 'counterparty_key as counterparty', 'memo_key as memo', 'makes', 'times'])
    .where('account_id', '=', accountId)
    .where('off_at', 'is', null)
    .orderBy('times', 'desc')
    .execute();

/** Campaigns an account or a bundle of gifts can be for. */
export const ownCampaigns = (db: Reader = staffDb()) =>
  db
    .selectFrom('campaign')
    .select(['slug', 'name', 'book_currency as currency'])
    .where('status', '<>', 'draft')
    .orderBy('created_at')
    .execute();
