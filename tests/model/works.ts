import type { Actor } from '@/lib/auth/roles.rules';
import { paper } from './evidence';
import { idOf } from './people';
import { contractsOf, stepFrom } from './roads';
import { dated, isClosed, on, text, Verdict, type Contract, type State } from './state';

export const registerContractor = (state: State, input: { code: string }, _who: Actor): Verdict => {
  const verdict = new Verdict();
  verdict.when(state.contractors.includes(input.code), 'duplicate_submission');
  return verdict.otherwise(() => state.contractors.push(input.code));
};

export const recordQuote = (
  state: State,
  input: { segment: string; contractor: string; amountMinor: bigint; document: string },
  _who: Actor,
): Verdict => {
  const verdict = new Verdict();
  const road = state.road(input.segment);
  const { contractor, amountMinor } = input;
  verdict.when(
    !road || !state.contractors.includes(contractor) || !paper(state, input.document),
    'not_found',
  );
  if (!road) return verdict;
  verdict.when(
    state.quotes.some(
      (one) => one.road === road && one.contractor === contractor && one.amountMinor === amountMinor,
    ),
    'duplicate_submission',
  );
  return verdict.otherwise(() => state.quotes.push({ road, contractor, amountMinor }));
};

export const proposeContract = (
  state: State,
  input: {
    segment: string;
    contractor: string;
    amountMinor: bigint;
    retentionMinor: bigint;
    lines: readonly { amountMinor: bigint }[];
    fewQuotesReason: string | null;
    document: string;
    signedOn: string;
  },
  who: Actor,
): Verdict => {
  const verdict = new Verdict();
  const road = state.road(input.segment);
  if (!road) return verdict.refused('not_found');
  const { contractor, amountMinor, retentionMinor } = input;
  verdict.when(road.status !== 'funded', 'illegal_state_change');
  verdict.when(!state.contractors.includes(contractor) || !paper(state, input.document), 'not_found');
  const lines = input.lines.reduce((sum, line) => sum + line.amountMinor, 0n);
  verdict.when(input.lines.length > 0 && lines !== amountMinor, 'amounts_differ');
  verdict.when(retentionMinor >= amountMinor, 'invalid_input');
  const quotes = state.quotes.filter((one) => one.road === road);
  verdict.when(
    new Set(quotes.map((one) => one.contractor)).size < road.campaign.quotesRequired &&
      !input.fewQuotesReason,
    'too_few_quotes',
  );
  verdict.when(
    !quotes.some((one) => one.contractor === contractor && one.amountMinor === amountMinor),
    'quote_not_chosen',
  );
  verdict.when(
    contractsOf(state, road).some((one) => one.status === 'proposed' || one.status === 'signed'),
    'illegal_state_change',
  );
  return verdict.otherwise((answer) =>
    state.contracts.push({
      code: text(answer, 'code'),
      road,
      contractor,
      amountMinor,
      retentionMinor,
      signedOn: input.signedOn,
      status: 'proposed',
      hash: text(answer, 'contentHash'),
      by: idOf(who),
    }),
  );
};

export const approveContract = (
  state: State,
  input: { contract: string; seenHash: string },
  who: Actor,
): Verdict => {
  const verdict = new Verdict();
  const contract = state.contracts.find((one) => one.code === input.contract);
  if (!contract) return verdict.refused('not_found');
  const { road, amountMinor, signedOn } = contract;
  verdict.when(contract.status !== 'proposed', 'illegal_state_change');
  verdict.when(contract.hash !== input.seenHash, 'changed_since_seen');
  verdict.when(contract.by === idOf(who), 'maker_is_checker');
  verdict.when(stepFrom(road.status, 'contract') === null, 'illegal_state_change');
  verdict.when(state.books.balance(on.allocated(road)) < amountMinor, 'exceeds_allocated');
  verdict.when(isClosed(road.campaign, signedOn), 'period_closed');
  return verdict.otherwise(() => {
    const lots = state.books.inOrder(on.allocated(road), amountMinor);
    state.books.write([{ from: on.allocated(road), to: on.committed(contract), amountMinor, lots }]);
    dated(road.campaign, signedOn);
    contract.status = 'signed';
    road.status = 'contracted';
  });
};

export const returnContract = (state: State, input: { contract: string }, who: Actor): Verdict => {
  const verdict = new Verdict();
  const contract = state.contracts.find((one) => one.code === input.contract);
  if (!contract) return verdict.refused('not_found');
  verdict.when(contract.status !== 'proposed', 'illegal_state_change');
  verdict.when(contract.by === idOf(who), 'maker_is_checker');
  return verdict.otherwise(() => {
    contract.status = 'returned';
  });
};

export const proposeVariation = (
  state: State,
  input: { contract: string; afterMinor: bigint },
  who: Actor,
): Verdict => {
  const verdict = new Verdict();
  const contract = state.contracts.find((one) => one.code === input.contract);
  if (!contract) return verdict.refused('not_found');
  verdict.when(contract.status !== 'signed', 'illegal_state_change');
  verdict.when(input.afterMinor === contract.amountMinor, 'amounts_differ');
  return verdict.otherwise((answer) =>
    state.variations.push({
      code: text(answer, 'code'),
      contract,
      beforeMinor: contract.amountMinor,
      afterMinor: input.afterMinor,
      status: 'proposed',
      hash: text(answer, 'contentHash'),
      by: idOf(who),
    }),
  );
};

const certifiedOf = (state: State, contract: Contract, retention: boolean): bigint =>
  state.certificates
    .filter((one) => one.contract === contract && (one.stage === 'retention') === retention)
    .reduce((sum, one) => sum + one.amountMinor, 0n);

/** Value of the works that may still be certified; the retention is kept back until after the warranty. */
export const worksLeft = (state: State, contract: Contract): bigint =>
  contract.amountMinor - contract.retentionMinor - certifiedOf(state, contract, false);

export const approveVariation = (
  state: State,
  input: { variation: string; seenHash: string; on: string },
  who: Actor,
): Verdict => {
  const verdict = new Verdict();
  const variation = state.variations.find((one) => one.code === input.variation);
  if (!variation) return verdict.refused('not_found');
  const { contract, beforeMinor, afterMinor } = variation;
  const { road } = contract;
  verdict.when(variation.status !== 'proposed', 'illegal_state_change');
  verdict.when(variation.hash !== input.seenHash, 'changed_since_seen');
  verdict.when(variation.by === idOf(who), 'maker_is_checker');
  verdict.when(contract.status !== 'signed', 'illegal_state_change');
  verdict.when(contract.amountMinor !== beforeMinor, 'changed_since_seen');
  const grows = afterMinor - beforeMinor;
  verdict.when(grows > state.books.balance(on.allocated(road)), 'exceeds_allocated');
  // What is certified is owed, and what is retained is promised: only works nobody has certified can be saved.
  verdict.when(-grows > worksLeft(state, contract), 'exceeds_committed');
  verdict.when(afterMinor <= contract.retentionMinor, 'exceeds_committed');
  verdict.when(isClosed(road.campaign, input.on), 'period_closed');
  return verdict.otherwise(() => {
    const [free, bound] = [on.allocated(road), on.committed(contract)];
    const [from, to, amountMinor] = grows > 0n ? [free, bound, grows] : [bound, free, -grows];
    state.books.write([{ from, to, amountMinor, lots: state.books.inOrder(from, amountMinor) }]);
    dated(road.campaign, input.on);
    contract.amountMinor = afterMinor;
    variation.status = 'approved';
  });
};

export const certifyWork = (
  state: State,
  input: { contract: string; stage: string; amountMinor: bigint; on: string },
  _who: Actor,
): Verdict => {
  const verdict = new Verdict();
  const contract = state.contracts.find((one) => one.code === input.contract);
  if (!contract) return verdict.refused('not_found');
  const { road } = contract;
  const { amountMinor, stage } = input;
  verdict.when(contract.status !== 'signed', 'illegal_state_change');
  verdict.when(isClosed(road.campaign, input.on), 'period_closed');
  if (stage === 'retention') {
    verdict.when(certifiedOf(state, contract, true) > 0n, 'exceeds_committed');
    verdict.when(
      road.status !== 'in_warranty' || road.warrantyUntil === null || input.on <= road.warrantyUntil,
      'illegal_state_change',
    );
    verdict.when(amountMinor !== contract.retentionMinor, 'amounts_differ');
  } else {
    verdict.when(amountMinor > worksLeft(state, contract), 'exceeds_committed');
    verdict.when(
      stage !== 'advance' &&
        !state.photos.some((one) => one.road === road && ['during', 'after'].includes(one.stage)),
      'evidence_missing',
    );
  }
  return verdict.otherwise((answer) => {
    const [from, to] = [on.committed(contract), on.certified(contract)];
    const debt = stage === 'retention' ? on.retention(road.campaign) : on.works(road);
    state.books.write([
      { from, to, amountMinor, lots: state.books.inOrder(from, amountMinor) },
      { from: on.contractors(road.campaign), to: debt, amountMinor },
    ]);
    dated(road.campaign, input.on);
    state.certificates.push({ code: text(answer, 'code'), contract, stage, amountMinor });
  });
};
