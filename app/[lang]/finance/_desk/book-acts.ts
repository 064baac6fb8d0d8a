import 'server-only';
import {
  approveReopening,
  closePeriod,
  preparePeriod,
  proposeReopening,
} from '@/lib/bookkeeping/period.commands';
import { answerDispute } from '@/lib/donations/dispute-answer.commands';
import { approveRefund, declineRefund, proposeRefund, sendRefund } from '@/lib/donations/refund.commands';
import { completeRefund } from '@/lib/donations/refund-close.commands';
import { takeException, tellOtherwise } from '@/lib/exceptions/exception.commands';
import { explainFinding, readPayoutAgain } from '@/lib/payouts/payout.commands';
import {
  draftReport,
  embargoReport,
  publishReport,
  returnReport,
  submitReport,
  withdrawReport,
} from '@/lib/publications/publication.commands';
import type { DeskAct } from './acts';
import { decision, reasoned, words } from './inputs';
import type { DeskForm } from './read-form';

const period = (form: DeskForm) => ({
  campaign: form.required('campaign'),
  month: form.required('month'),
  seenHash: form.required('seenHash'),
  on: form.day('on'),
});

/** Acts on refunds, disputes, payouts, months, exceptions and reports, by the name the form sends. */
export const BOOK_ACTS: Readonly<Record<string, DeskAct>> = {
  'report.draft': {
    command: draftReport,
    input: (form) => ({
      campaign: form.required('campaign'),
      kind: form.required('kind'),
      title: words(form.required('title')),
      body: words(form.required('body')),
      originalLang: form.required('lang'),
      periodFrom: form.day('periodFrom'),
      periodTo: form.day('periodTo'),
      dueOn: form.optional('dueOn'),
      corrects: form.optional('corrects'),
    }),
  },
  'report.submit': {
    command: submitReport,
    input: (form) => ({ report: form.required('code'), on: form.day('on') }),
  },
  'report.publish': { command: publishReport, input: decision('report') },
  'report.embargo': {
    command: embargoReport,
    input: (form) => ({
      ...decision('report')(form),
      opensOn: form.day('opensOn'),
      reason: form.required('reason'),
    }),
  },
  'report.return': { command: returnReport, input: reasoned('report') },
  'report.withdraw': { command: withdrawReport, input: reasoned('report') },
  'refund.propose': {
    command: proposeRefund,
    input: (form) => ({
      donation: form.required('donation'),
      amountMinor: form.amount('amount'),
      reason: form.required('reason'),
      on: form.day('on'),
    }),
  },
  'refund.approve': { command: approveRefund, input: decision('refund') },
  'refund.decline': { command: declineRefund, input: reasoned('refund') },
  'refund.send': {
    command: sendRefund,
    input: (form) => ({ refund: form.required('code'), on: form.day('on') }),
  },
  'refund.complete': {
    command: completeRefund,
    input: (form) => ({
      refund: form.required('code'),
      bankReference: form.required('bankReference'),
      on: form.day('on'),
    }),
  },
  'dispute.answer': {
    command: answerDispute,
    document: { kind: 'evidence', on: 'on', optional: true },
    input: (form, document) => ({
      dispute: form.required('code'),
      words: form.required('words'),
      document,
      on: form.day('on'),
    }),
  },
  'payout.explain': {
    command: explainFinding,
    input: (form) => ({
      payout: form.required('code'),
      finding: BigInt(form.integer('finding')),
      reading: form.integer('reading'),
      reason: form.required('reason'),
      on: form.day('on'),
    }),
  },
  'payout.read_again': {
    command: readPayoutAgain,
    input: (form) => ({ payout: form.required('code'), on: form.day('on') }),
  },
  'period.prepare': { command: preparePeriod, input: (form) => period(form) },
  'period.close': { command: closePeriod, input: (form) => period(form) },
  'period.propose_reopening': {
    command: proposeReopening,
    input: (form) => ({
      campaign: form.required('campaign'),
      month: form.required('month'),
      reason: form.required('reason'),
      publicText: words(form.required('publicText')),
      on: form.day('on'),
    }),
  },
  'period.reopen': { command: approveReopening, input: decision('reopening') },
  'exception.take': {
    command: takeException,
    input: (form) => ({
      kind: form.required('kind'),
      subject: form.required('subject'),
      note: form.optional('note'),
    }),
  },
  'mail.told': {
    command: tellOtherwise,
    input: (form) => ({ mail: form.required('mail'), note: form.required('note') }),
  },
};
