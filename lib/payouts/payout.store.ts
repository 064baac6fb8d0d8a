import { sql, type Transaction } from 'kysely';
import type { Database } from '@/db/tables';
import type { AssessedLine, Finding } from './assess.rules';
import { payoutCode, type PayoutStatus } from './payout.rules';

type Trx = Transaction<Database>;

export type PayoutRow = {
  readonly id: string;
  readonly code: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly automatic: boolean;
  readonly status: PayoutStatus;
  readonly madeOn: string;
  readonly reading: number;
  readonly bookedOn: string | null;
  readonly bankLine: string | null;
};

const COLUMNS = [
  'id',
  'code',
  'currency',
  'amount_minor as amountMinor',
  'automatic',
  'status',
  'made_on as madeOn',
  'reading',
  'booked_on as bookedOn',
  'bank_line as bankLine',
] as const;

/** A payout by its number or the provider's id, locked: everything about one payout happens one after the other. */
export const lockPayout = async (
  trx: Trx,
  by: { readonly code: string } | { readonly providerId: string },
): Promise<PayoutRow | null> => {
  const row = await trx
    .selectFrom('payout')
    .select(COLUMNS)
    .where('code' in by ? 'code' : 'provider_payout_id', '=', 'code' in by ? by.code : by.providerId)
    .forUpdate()
    .executeTakeFirst();
  return row ? { ...row, status: row.status as PayoutStatus } : null;
};

/** Remembers a payout; one that is known already is left as it is. */
export const insertPayout = async (
  trx: Trx,
  row: {
    readonly id: string;
    readonly providerId: string;
    readonly currency: string;
    readonly amountMinor: bigint;
    readonly automatic: boolean;
    readonly madeOn: string;
    readonly arrivesOn: string;
  },
): Promise<void> => {
  const { rows } = await sql<{ no: bigint }>`select nextval('payout_no') as no`.execute(trx);
  await trx
    .insertInto('payout')
    .values({
      id: row.id,
      code: payoutCode(BigInt(rows[0]?.no ?? 0)),
      provider_payout_id: row.providerId,
      currency: row.currency,
      amount_minor: row.amountMinor,
      automatic: row.automatic,
      status: 'expected',
      made_on: row.madeOn,
      arrives_on: row.arrivesOn,
    })
    .onConflict((conflict) => conflict.column('provider_payout_id').doNothing())
    .execute();
};

/** Changes a payout that is locked. */
export const changePayout = async (
  trx: Trx,
  id: string,
  change: {
    readonly status?: PayoutStatus | undefined;
    readonly arrivesOn?: string | undefined;
    readonly trace?: string | null | undefined;
    readonly failure?: string | null | undefined;
    readonly bookedOn?: string | undefined;
    readonly matched?: { readonly on: string; readonly line: string } | null | undefined;
  },
): Promise<void> => {
  await trx
    .updateTable('payout')
    .set({
      ...(change.status !== undefined && { status: change.status }),
      ...(change.arrivesOn !== undefined && { arrives_on: change.arrivesOn }),
      ...(change.trace !== undefined && { trace: change.trace }),
      ...(change.failure !== undefined && { failure: change.failure }),
      ...(change.bookedOn !== undefined && { booked_on: change.bookedOn }),
      ...(change.matched !== undefined && {
        matched_on: change.matched?.on ?? null,
        bank_line: change.matched?.line ?? null,
      }),
    })
    .where('id', '=', id)
    .execute();
};

const CHUNK = 2_000;

/** Keeps one reading of a payout's list with what was found in it. */
export const insertReading = async (
  trx: Trx,
  payoutId: string,
  reading: number,
  lines: readonly AssessedLine[],
  findings: readonly Finding[],
  netMinor: bigint,
  at: Date,
): Promise<void> => {
  for (let from = 0; from < lines.length; from += CHUNK)
    await trx
      .insertInto('payout_line')
      .values(
        lines.slice(from, from + CHUNK).map((line, index) => ({
          payout_id: payoutId,
          reading,
          line_no: from + index + 1,
          provider_line_id: line.providerLineId,
          type: line.type,
          home: line.home,
          currency: line.currency,
          gross_minor: line.grossMinor,
          fee_minor: line.feeMinor,
          net_minor: line.netMinor,
          source_id: line.sourceId,
          subject: line.tie?.subject ?? null,
          campaign_id: line.tie?.shares[0]?.campaignId ?? null,
          donation_id: line.tie?.donationId ?? null,
          expected_minor: line.expectedMinor,
          made_at: line.madeAt,
        })),
      )
      .execute();
  for (let from = 0; from < findings.length; from += CHUNK)
    await trx
      .insertInto('payout_finding')
      .values(
        findings.slice(from, from + CHUNK).map((finding) => ({
          payout_id: payoutId,
          reading,
          kind: finding.kind,
          provider_line_id: finding.providerLineId,
          subject: finding.subject,
          expected_minor: finding.expectedMinor,
          found_minor: finding.foundMinor,
        })),
      )
      .execute();
  await trx
    .updateTable('payout')
    .set({ reading, read_at: at, line_count: lines.length, lines_net_minor: netMinor })
    .where('id', '=', payoutId)
    .execute();
};

/**
 * Lines of these that other payouts have brought, by the provider's ids. Those of a failed payout count: its money
 * comes back to the balance as a line of its own.
 */
export const linesElsewhere = async (
  trx: Trx,
  payoutId: string | null,
  ids: readonly string[],
): Promise<Set<string>> => {
  const { rows } = await sql<{ id: string }>`
    select distinct l.provider_line_id as id from payout_line l join payout p on p.id = l.payout_id and p.reading = l.reading
    where l.provider_line_id = any(${[...ids]}::text[]) and p.id is distinct from ${payoutId}::uuid`.execute(
    trx,
  );
  return new Set(rows.map((row) => row.id));
};

/** Findings of the reading that counts which nobody has explained. */
export const openFindings = async (trx: Trx, payout: Pick<PayoutRow, 'id' | 'reading'>): Promise<number> =>
  Number(
    (
      await trx
        .selectFrom('payout_finding')
        .select((eb) => eb.fn.countAll<bigint>().as('n'))
        .where('payout_id', '=', payout.id)
        .where('reading', '=', payout.reading)
        .where('explained_by', 'is', null)
        .executeTakeFirstOrThrow()
    ).n,
  );

export const explainFindingRow = async (
  trx: Trx,
  payout: Pick<PayoutRow, 'id' | 'reading'>,
  finding: bigint,
  how: { readonly by: string; readonly at: Date; readonly words: string },
): Promise<boolean> => {
  const moved = await trx
    .updateTable('payout_finding')
    .set({ explained_by: how.by, explained_at: how.at, explanation: how.words })
    .where('id', '=', finding)
    .where('payout_id', '=', payout.id)
    .where('reading', '=', payout.reading)
    .where('explained_by', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return moved !== undefined;
};

export const insertPayoutEntry = async (
  trx: Trx,
  payoutId: string,
  entryId: bigint,
  act: 'sent' | 'failed' | 'arrived' | 'unmatched',
): Promise<void> => {
  await trx.insertInto('payout_entry').values({ payout_id: payoutId, entry_id: entryId, act }).execute();
};

export type PayoutEntry = { readonly entryId: bigint; readonly campaignId: string };

/** Entries of one act that stand, oldest first: those that were reversed are gone. */
export const standingEntries = async (
  trx: Trx,
  payoutId: string,
  act: 'sent' | 'arrived',
): Promise<PayoutEntry[]> =>
  trx
    .selectFrom('payout_entry as x')
    .innerJoin('entry as e', 'e.id', 'x.entry_id')
    .select(['e.id as entryId', 'e.campaign_id as campaignId'])
    .where('x.payout_id', '=', payoutId)
    .where('x.act', '=', act)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('entry as r').select('r.id').whereRef('r.reverses_id', '=', 'e.id'))),
    )
    .orderBy('e.id')
    .execute();

/** How a payout's gifts move together when its bank line is found (or lost again): all of them or none. */
export const moveGiftsOfPayout = async (
  trx: Trx,
  payout: Pick<PayoutRow, 'id' | 'code' | 'reading'>,
  event: 'settle' | 'unsettle',
): Promise<number> => {
  const [from, to] = event === 'settle' ? [['cleared', 'won'], 'settled'] : [['settled'], 'cleared'];
  const { rows } = await sql<{ n: number }>`
    with held as (
      select d.id, d.status from donation d
      where d.status = any(${from}::text[]) and d.id in (select l.donation_id from payout_line l
        where l.payout_id = ${payout.id}::uuid and l.reading = ${payout.reading} and l.home = 'gift')
      order by d.id for update
    ), moved as (
      update donation d set status = ${to as string}, version = d.version + 1 from held where held.id = d.id
      returning d.id, held.status as was
    ), told as (
      insert into donation_status_change (donation_id, event, from_status, to_status, reason)
      select id, ${event}, was, ${to as string}, ${payout.code} from moved returning 1
    )
    select count(*)::int as n from told`.execute(trx);
  return rows[0]?.n ?? 0;
};
