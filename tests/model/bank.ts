import type { Actor } from '@/lib/auth/roles.rules';
import { receive } from './gifts';
import { openFor, unapply } from './pledges';
import {
  notYetHere,
  dated,
  isClosed,
  on,
  text,
  Verdict,
  type Campaign,
  type Gift,
  type State,
} from './state';

/** The most a bank may have kept back, in fen. */
const CHARGE_MAX = 5_000n;
const INWARD = ['gift', 'pledge', 'new_gift', 'unidentified'];
const OUTWARD = ['payment', 'refund'];

export type Part = {
  readonly kind: string;
  readonly subject?: string;
  readonly amountMinor: bigint;
  readonly designation?: string | null;
};
type Seen = { readonly id: bigint; readonly version: number };

export const lineArrives = (
  state: State,
  input: { account: string; amountMinor: bigint; bookedOn: string },
): Verdict => {
  const verdict = new Verdict();
  const campaign = state.campaigns.find((one) => one.slug === input.account);
  if (!campaign) return verdict.refused('not_found');
  return verdict.otherwise((answer) => {
    const { line } = answer as { line: bigint };
    state.lines.push({
      id: line,
      campaign,
      amountMinor: input.amountMinor,
      bookedOn: input.bookedOn,
      version: 0,
      match: null,
    });
  });
};

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, one) => total + one, 0n);

const asSeen = (verdict: Verdict, state: State, campaign: Campaign, seen: readonly Seen[]) =>
  seen.flatMap(({ id, version }) => {
    const line = state.lines.find((one) => one.id === id && one.campaign === campaign);
    if (verdict.when(line === undefined, 'not_found') || line === undefined) return [];
    verdict.when(line.version !== version, 'line_changed_since_seen');
    return [line];
  });

/** Where the money of a gift that was cleared before its line came lies at the bank; null: it is none of the bank's. */
const banked = (gift: Gift): bigint | null =>
  gift.channel === 'cash' || gift.lot === null ? null : gift.settledMinor - gift.feeMinor;

/** What speaks against one part, and what it does: answers the entry it wrote, and the gift it is about. */
type Done = { readonly entry: number | null; readonly gift: Gift | null };
type Step = (day: string, codes: () => { code: string; id: string }) => Done;

const decidePart = (
  verdict: Verdict,
  state: State,
  campaign: Campaign,
  part: Part,
  bookedOn: string,
  today: string,
): Step => {
  const nothing: Step = () => ({ entry: null, gift: null });
  const { amountMinor } = part;
  switch (part.kind) {
    case 'gift': {
      const gift = state.gifts.find((one) => one.code === part.subject);
      if (!gift || gift.checkoutId !== null || gift.campaign !== campaign) {
        verdict.refused('not_found');
        return nothing;
      }
      if (gift.status === 'cleared') {
        verdict.when(banked(gift) !== amountMinor, 'amounts_differ');
        return () => {
          gift.status = 'settled';
          return { entry: null, gift };
        };
      }
      verdict.when(gift.status !== 'verified' || gift.channel === 'cash', 'illegal_state_change');
      verdict.when(gift.currency !== campaign.currency, 'currency_differs');
      verdict.when(gift.amountMinor !== amountMinor, 'amounts_differ');
      return (day) => taken(state, gift, bookedOn, day);
    }
    case 'pledge':
    case 'new_gift': {
      const pledge =
        part.kind === 'pledge' ? (state.pledges.find((one) => one.code === part.subject) ?? null) : null;
      if (part.kind === 'pledge')
        verdict.when(pledge === null || pledge.campaign !== campaign, 'reference_unknown');
      else openFor(verdict, state, campaign, part.designation ?? null, bookedOn, today);
      return (day, codes) => {
        const gift: Gift = {
          ...codes(),
          campaign,
          pledge,
          designation: part.designation ?? pledge?.designation ?? null,
          channel: 'bank',
          currency: campaign.currency,
          amountMinor,
          hash: '',
          by: null,
          checkoutId: null,
          status: 'verified',
          ...notYetHere(),
        };
        state.gifts.push(gift);
        return taken(state, gift, bookedOn, day);
      };
    }
    case 'payment': {
      const payment = state.payments.find((one) => one.code === part.subject);
      const contract = payment?.certificate.contract;
      if (!payment || !contract || contract.road.campaign !== campaign) {
        verdict.refused('not_found');
        return nothing;
      }
      verdict.when(payment.amountMinor !== -amountMinor, 'amounts_differ');
      verdict.when(!['approved', 'paid'].includes(payment.status), 'illegal_state_change');
      return (day) => {
        const before = payment.status;
        payment.status = 'reconciled';
        if (before === 'paid') return { entry: null, gift: null };
        const [from, to] = [on.certified(contract), on.paid(contract)];
        payment.entry = state.books.write([
          { from, to, amountMinor: -amountMinor, lots: state.books.inOrder(from, -amountMinor) },
          { from: on.bank(campaign), to: on.contractors(campaign), amountMinor: -amountMinor },
        ]);
        dated(campaign, day);
        return { entry: payment.entry, gift: null };
      };
    }
    case 'refund': {
      const refund = state.refunds.find((one) => one.code === part.subject);
      if (!refund || refund.gift.checkoutId !== null || refund.gift.campaign !== campaign) {
        verdict.refused('not_found');
        return nothing;
      }
      const standing = state.matches.some(
        (match) => !match.undone && match.parts.some((one) => one.part.subject === refund.code),
      );
      verdict.when(refund.status !== 'succeeded' || standing, 'illegal_state_change');
      verdict.when(refund.amountMinor !== -amountMinor, 'amounts_differ');
      return nothing;
    }
    default: {
      const other = on.own(campaign)[part.kind];
      if (other === undefined) throw new Error(`the model knows no part ${part.kind}`);
      return (day) => {
        const [from, to] = amountMinor > 0n ? [other, on.bank(campaign)] : [on.bank(campaign), other];
        const entry = state.books.write([
          { from, to, amountMinor: amountMinor > 0n ? amountMinor : -amountMinor },
        ]);
        dated(campaign, day);
        return { entry, gift: null };
      };
    }
  }
};

const taken = (state: State, gift: Gift, bookedOn: string, day: string): Done => {
  receive(state, gift, { settledMinor: gift.amountMinor, feeMinor: 0n, on: bookedOn });
  dated(gift.campaign, day);
  gift.status = 'settled';
  return { entry: state.books.entries.length - 1, gift };
};

export const makeMatch = (
  state: State,
  input: { account: string; lines: readonly Seen[]; parts: readonly Part[] },
  _who: Actor,
  today: string,
): Verdict => {
  const verdict = new Verdict();
  const campaign = state.campaigns.find((one) => one.slug === input.account);
  if (!campaign) return verdict.refused('not_found');
  const lines = asSeen(verdict, state, campaign, input.lines);
  const [first] = lines;
  if (lines.length < input.lines.length || !first) return verdict;
  verdict.when(
    lines.some((line) => line.match !== null),
    'already_matched',
  );
  const { parts } = input;
  verdict.when(
    sum(lines.map((line) => line.amountMinor)) !== sum(parts.map((part) => part.amountMinor)),
    'amounts_differ',
  );
  for (const { kind, amountMinor } of parts)
    verdict.when(amountMinor > 0n ? OUTWARD.includes(kind) : INWARD.includes(kind), 'amounts_differ');
  const named = parts.flatMap((part) => (part.subject === undefined ? [] : [`${part.kind} ${part.subject}`]));
  verdict.when(new Set(named).size < named.length, 'already_matched');
  const charge = sum(parts.filter((part) => part.kind === 'fee').map((part) => part.amountMinor));
  verdict.when(
    parts.some((part) => part.kind !== 'fee') && (charge > 0n || -charge > CHARGE_MAX),
    'amounts_differ',
  );
  const key = (part: Part): string => `${part.kind} ${part.subject ?? ''}`;
  const ordered = [...parts].sort((a, b) => key(a).localeCompare(key(b)));
  // The first line of the statement is the one with the lowest number.
  const bookedOn = [...lines].sort((a, b) => (a.id < b.id ? -1 : 1))[0]?.bookedOn ?? first.bookedOn;
  const steps = ordered.map((part) => ({
    part,
    step: decidePart(verdict, state, campaign, part, bookedOn, today),
  }));
  return verdict.otherwise((answer) => {
    const day = isClosed(campaign, bookedOn) ? today : bookedOn;
    const fresh = [...(answer['gifts'] as readonly { code: string; id: string }[])];
    const codes = (): { code: string; id: string } => fresh.shift() ?? { code: 'no gift was made', id: '' };
    const match = {
      code: text(answer, 'match'),
      lines,
      parts: steps.map(({ part, step }) => ({ part, ...step(day, codes) })),
      undone: false,
    };
    state.matches.push(match);
    for (const line of lines) Object.assign(line, { match, version: line.version + 1 });
  });
};

export const undoMatch = (
  state: State,
  input: { match: string; seen: readonly Seen[] },
  _who: Actor,
  today: string,
): Verdict => {
  const verdict = new Verdict();
  const match = state.matches.find((one) => one.code === input.match);
  const campaign = match?.lines[0]?.campaign;
  if (!match || !campaign) return verdict.refused('not_found');
  if (match.undone) return verdict.refused('already_reversed');
  asSeen(verdict, state, campaign, input.seen);
  verdict.when(input.seen.length !== match.lines.length, 'line_changed_since_seen');
  for (const { part, gift, entry } of match.parts) {
    if (gift !== null) {
      verdict.when(gift.status !== 'settled', 'illegal_state_change');
      const places = gift.lot === null ? [] : state.books.placesOf(gift.lot);
      verdict.when(
        entry !== null && places.some((place) => place.code !== on.fund(campaign)),
        'exceeds_unallocated',
      );
    }
    if (part.kind === 'payment')
      verdict.when(
        state.payments.find((one) => one.code === part.subject)?.status !== 'reconciled',
        'illegal_state_change',
      );
  }
  return verdict.otherwise(() => {
    for (const { part, gift, entry } of [...match.parts].reverse()) {
      if (gift !== null) gift.status = 'cleared';
      if (entry !== null) {
        state.books.write(state.books.mirrorOf(entry));
        dated(campaign, today);
      }
      if (gift !== null && entry !== null) {
        gift.settledMinor = 0n;
        unapply(gift);
        gift.status = part.kind === 'gift' ? 'verified' : 'cancelled';
      }
      const payment =
        part.kind === 'payment' ? state.payments.find((one) => one.code === part.subject) : undefined;
      if (payment) {
        payment.status = entry === null ? 'paid' : 'approved';
        if (entry !== null) payment.entry = null;
      }
    }
    match.undone = true;
    for (const line of match.lines) Object.assign(line, { match: null, version: line.version + 1 });
  });
};

/** A promise that a gift keeps anew, for the acts that look for one. */
export const stillOpen = (pledge: { amountMinor: bigint; applied: Map<Gift, bigint> }): bigint =>
  pledge.amountMinor - sum([...pledge.applied.values()]);
