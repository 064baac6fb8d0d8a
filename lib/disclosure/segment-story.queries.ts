import type { Selectable } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database } from '@/db/tables';

type View<Name extends keyof Database> = Selectable<Database[Name]>;

/** What changed about a road while it was planned and built: plans, lines, numbers, payments that came back. */
export type SegmentStory = {
  readonly changes: readonly View<'disclosure.plan_change'>[];
  readonly revisions: readonly View<'disclosure.segment_revision'>[];
  /** Roads that came of this one. */
  readonly successors: readonly View<'disclosure.segment_succession'>[];
  /** Roads this one came of. */
  readonly origins: readonly View<'disclosure.segment_succession'>[];
  readonly bounces: readonly {
    readonly payment: string;
    readonly on: string;
    readonly amountMinor: bigint;
  }[];
};

export const segmentStory = async (
  code: string,
  payments: readonly Pick<View<'disclosure.payment'>, 'code' | 'amount_minor' | 'status'>[],
  db: Reader,
): Promise<SegmentStory> => {
  const bounced = payments.filter(({ status }) => status === 'bounced');
  const [changes, revisions, successors, origins, reversals] = await Promise.all([
    db
      .selectFrom('disclosure.plan_change')
      .selectAll()
      .where('segment', '=', code)
      .orderBy('opened_on')
      .orderBy('code')
      .execute(),
    db
      .selectFrom('disclosure.segment_revision')
      .selectAll()
      .where('segment', '=', code)
      .orderBy('revision_order')
      .execute(),
    db
      .selectFrom('disclosure.segment_succession')
      .selectAll()
      .where('segment', '=', code)
      .orderBy('successor')
      .execute(),
    db
      .selectFrom('disclosure.segment_succession')
      .selectAll()
      .where('successor', '=', code)
      .orderBy('segment')
      .execute(),
    bounced.length === 0
      ? []
      : db
          .selectFrom('disclosure.entry')
          .select(['subject', 'accounting_date'])
          .where('subject_kind', '=', 'disbursement')
          .where(
            'subject',
            'in',
            bounced.map((payment) => payment.code),
          )
          .where('reverses_id', 'is not', null)
          .execute(),
  ]);
  return {
    changes,
    revisions,
    successors,
    origins,
    bounces: bounced.flatMap((payment) =>
      reversals
        .filter(({ subject }) => subject === payment.code)
        .map((entry) => ({
          payment: payment.code,
          on: entry.accounting_date,
          amountMinor: payment.amount_minor,
        })),
    ),
  };
};
