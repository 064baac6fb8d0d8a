import type { Actor } from '@/lib/auth/roles.rules';
import { idOf } from './people';
import { dated, isClosed, on, text, Verdict, type Certificate, type State } from './state';

const CLAIMING = ['submitted', 'approved', 'paid', 'reconciled'];

/** What nobody has asked for yet of a certificate. */
export const unclaimed = (state: State, certificate: Certificate): bigint =>
  state.payments
    .filter((one) => one.certificate === certificate && CLAIMING.includes(one.status))
    .reduce((left, one) => left - one.amountMinor, certificate.amountMinor);

export const requestDisbursement = (
  state: State,
  input: { certificate: string; invoice: string; amountMinor: bigint },
  who: Actor,
): Verdict => {
  const verdict = new Verdict();
  const certificate = state.certificates.find((one) => one.code === input.certificate);
  if (!certificate) return verdict.refused('not_found');
  const { contract } = certificate;
  const invoice = state.papers.find((one) => one.code === input.invoice);
  verdict.when(invoice?.kind !== 'invoice', 'invoice_missing');
  verdict.when(invoice !== undefined && invoice.road !== contract.road, 'contractor_differs');
  verdict.when(input.amountMinor > unclaimed(state, certificate), 'exceeds_certified');
  if (!invoice) return verdict;
  verdict.when(
    state.payments.some(
      (one) =>
        one.sha === invoice.sha &&
        one.certificate.contract.contractor === contract.contractor &&
        CLAIMING.includes(one.status),
    ),
    'invoice_already_used',
  );
  return verdict.otherwise((answer) =>
    state.payments.push({
      code: text(answer, 'code'),
      certificate,
      amountMinor: input.amountMinor,
      sha: invoice.sha,
      status: 'submitted',
      hash: text(answer, 'contentHash'),
      by: idOf(who),
      entry: null,
    }),
  );
};

export const approveDisbursement = (
  state: State,
  input: { disbursement: string; seenHash: string },
  who: Actor,
): Verdict => {
  const verdict = new Verdict();
  const payment = state.payments.find((one) => one.code === input.disbursement);
  if (!payment) return verdict.refused('not_found');
  verdict.when(payment.status !== 'submitted', 'illegal_state_change');
  verdict.when(payment.hash !== input.seenHash, 'changed_since_seen');
  verdict.when(payment.by === idOf(who), 'requester_is_approver');
  return verdict.otherwise(() => {
    payment.status = 'approved';
  });
};

export const returnDisbursement = (state: State, input: { disbursement: string }, who: Actor): Verdict => {
  const verdict = new Verdict();
  const payment = state.payments.find((one) => one.code === input.disbursement);
  if (!payment) return verdict.refused('not_found');
  verdict.when(payment.status !== 'submitted', 'illegal_state_change');
  verdict.when(payment.by === idOf(who), 'requester_is_approver');
  return verdict.otherwise(() => {
    payment.status = 'returned';
  });
};

export const payDisbursement = (
  state: State,
  input: { disbursement: string; on: string; bankAccount: string },
  _who: Actor,
): Verdict => {
  const verdict = new Verdict();
  const payment = state.payments.find((one) => one.code === input.disbursement);
  if (!payment) return verdict.refused('not_found');
  const { contract } = payment.certificate;
  const { campaign } = contract.road;
  const { amountMinor } = payment;
  verdict.when(payment.status !== 'approved', 'illegal_state_change');
  verdict.when(isClosed(campaign, input.on), 'period_closed');
  return verdict.otherwise(() => {
    const [from, to] = [on.certified(contract), on.paid(contract)];
    payment.entry = state.books.write([
      { from, to, amountMinor, lots: state.books.inOrder(from, amountMinor) },
      { from: on.bankOf(campaign, input.bankAccount), to: on.contractors(campaign), amountMinor },
    ]);
    dated(campaign, input.on);
    payment.status = 'paid';
  });
};

export const bounceDisbursement = (
  state: State,
  input: { disbursement: string; on: string },
  _who: Actor,
): Verdict => {
  const verdict = new Verdict();
  const payment = state.payments.find((one) => one.code === input.disbursement);
  if (!payment) return verdict.refused('not_found');
  const { campaign } = payment.certificate.contract.road;
  verdict.when(!['paid', 'reconciled'].includes(payment.status), 'illegal_state_change');
  verdict.when(isClosed(campaign, input.on), 'period_closed');
  return verdict.otherwise(() => {
    // A gift of this payment may have gone back to its giver meanwhile: then what stands in its place comes back.
    state.books.write(state.books.mirrorOf(payment.entry));
    dated(campaign, input.on);
    payment.status = 'bounced';
  });
};
