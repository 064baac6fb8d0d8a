import type { SegmentPage } from '@/lib/disclosure/segment.queries';
import type { Lang } from '@/lib/i18n/languages';

/** Something else that happened to the road, between its own steps. */
export type SegmentEvent =
  | { readonly kind: 'payment'; readonly date: string; readonly code: string; readonly amountMinor: bigint }
  | {
      readonly kind: 'variation';
      readonly date: string;
      readonly beforeMinor: bigint;
      readonly afterMinor: bigint;
      readonly reason: string;
    }
  | {
      readonly kind: 'budget';
      readonly date: string;
      readonly amountMinor: bigint;
      readonly reason: string;
    }
  | {
      readonly kind: 'change';
      readonly date: string;
      readonly change: 'suspended' | 'cancelled' | 'under_budget' | 'over_budget' | 'split';
      readonly gifts: number;
      readonly deadline: string;
      readonly words: string;
    }
  | {
      readonly kind: 'changeSettled';
      readonly date: string;
      readonly given: number;
      readonly refused: number;
      readonly silent: number;
      readonly words: string;
    }
  | {
      readonly kind: 'revised';
      readonly date: string;
      readonly lineChanged: boolean;
      readonly beforeMm: number;
      readonly afterMm: number;
      readonly reason: string;
    }
  | {
      readonly kind: 'repair';
      readonly date: string;
      readonly amountMinor: bigint;
      readonly who: string;
      readonly concern: string;
    }
  | {
      readonly kind: 'succeeded';
      readonly how: 'split' | 'merge';
      readonly date: string;
      readonly roads: readonly string[];
    }
  | { readonly kind: 'reported'; readonly date: string; readonly words: string }
  | { readonly kind: 'settled'; readonly date: string; readonly words: string }
  | {
      readonly kind: 'certificate' | 'advance' | 'retention' | 'allocation' | 'bounced';
      readonly date: string;
      readonly code: string;
      readonly amountMinor: bigint;
    };

/** What happened to a road between its own steps, each with its day. */
export const segmentEvents = (page: SegmentPage, lang: Lang): SegmentEvent[] => [
  ...moneyEvents(page),
  ...page.certificates.flatMap((one): SegmentEvent[] =>
    one.concern === null
      ? []
      : [
          {
            kind: 'repair',
            date: one.certified_on,
            amountMinor: one.amount_minor,
            who: one.paid_to_name[lang],
            concern: one.concern,
          },
        ],
  ),
  ...planEvents(page, lang),
  ...page.concerns.flatMap((one): SegmentEvent[] => [
    ...(one.summary === null
      ? []
      : [{ kind: 'reported' as const, date: one.received_on, words: one.summary[lang] }]),
    ...(one.outcome === null || one.settled_on === null
      ? []
      : [{ kind: 'settled' as const, date: one.settled_on, words: one.outcome[lang] }]),
  ]),
];

/** Of two things on one day, what has to come first: money for the road, then its step, then who is paid. */
export const orderOfDay = (kind: SegmentEvent['kind'] | 'move'): number =>
  ({ allocation: 0, move: 1, payment: 3, bounced: 4 })[kind as 'move'] ?? 2;

const moneyEvents = (page: SegmentPage): SegmentEvent[] => [
  ...page.allocations.map((one): SegmentEvent => ({
    kind: 'allocation',
    date: one.approved_on,
    code: one.code,
    amountMinor: one.amount_minor,
  })),
  ...page.certificates
    .filter((one) => one.stage !== 'repair')
    .map((one): SegmentEvent => ({
      kind: one.stage === 'advance' || one.stage === 'retention' ? one.stage : 'certificate',
      date: one.certified_on,
      code: one.code,
      amountMinor: one.amount_minor,
    })),
  ...page.payments.flatMap((payment): SegmentEvent[] =>
    payment.paid_on === null
      ? []
      : [
          {
            kind: 'payment',
            date: payment.paid_on,
            code: payment.code,
            amountMinor: payment.amount_minor,
          },
        ],
  ),
  ...page.story.bounces.map((one): SegmentEvent => ({
    kind: 'bounced',
    date: one.on,
    code: one.payment,
    amountMinor: one.amountMinor,
  })),
];

const planEvents = (page: SegmentPage, lang: Lang): SegmentEvent[] => [
  ...page.budgets
    .filter((one) => one.version > 1)
    .map((one): SegmentEvent => ({
      kind: 'budget',
      date: one.approved_on,
      amountMinor: one.total_minor,
      reason: one.reason ?? '',
    })),
  ...page.variations.flatMap((one): SegmentEvent[] =>
    one.approved_on === null
      ? []
      : [
          {
            kind: 'variation',
            date: one.approved_on,
            beforeMinor: one.before_minor,
            afterMinor: one.after_minor,
            reason: one.rationale,
          },
        ],
  ),
  ...page.story.changes.flatMap((one): SegmentEvent[] => [
    {
      kind: 'change',
      date: one.opened_on,
      change: one.kind as 'cancelled',
      gifts: one.gift_count,
      deadline: one.deadline,
      words: one.reason[lang],
    },
    ...(one.outcome === null || one.decided_on === null
      ? []
      : [
          {
            kind: 'changeSettled' as const,
            date: one.decided_on,
            given: one.given_count,
            refused: one.refused_count,
            silent: one.no_reply_count,
            words: one.outcome[lang],
          },
        ]),
  ]),
  ...(page.story.successors[0]
    ? [
        {
          kind: 'succeeded' as const,
          how: page.story.successors[0].kind as 'split' | 'merge',
          date: page.story.successors[0].happened_on,
          roads: page.story.successors.map((one) => one.successor),
        },
      ]
    : []),
  ...page.story.revisions.map((one): SegmentEvent => ({
    kind: 'revised',
    date: one.happened_on,
    lineChanged: one.line_changed,
    beforeMm: one.length_before_mm,
    afterMm: one.length_after_mm,
    reason: one.reason,
  })),
];
