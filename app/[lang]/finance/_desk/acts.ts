import 'server-only';
import {
  approveAllocation,
  proposeAllocation,
  releaseAllocation,
  returnAllocation,
  withdrawAllocation,
} from '@/lib/allocations/allocation.commands';
import type { Permission } from '@/lib/auth/roles.rules';
import { certifyWork } from '@/lib/contracts/certificate.commands';
import {
  approveContract,
  recordQuote,
  registerContractor,
  returnContract,
} from '@/lib/contracts/contract.commands';
import { declareInterests } from '@/lib/contracts/declaration.commands';
import { approveVariation } from '@/lib/contracts/variation.commands';
import type { AnyCommand } from '@/lib/context';
import {
  approveDisbursement,
  bounceDisbursement,
  payDisbursement,
  returnDisbursement,
} from '@/lib/disbursements/disbursement.commands';
import { cancelDonation, verifyDonation } from '@/lib/donations/donation.commands';
import { endMerge, keepApart, mergeDonors } from '@/lib/donors/merge.commands';
import { moveGift } from '@/lib/donors/move.commands';
import { declineRequest, proposeAskedRefund } from '@/lib/donors/request.commands';
import { recordMeasurement } from '@/lib/evidence/measurement.commands';
import { isMeasurementKind, storedMilli } from '@/lib/shared/measurement';
import { publishPhotograph, signAcceptance } from '@/lib/evidence/evidence.commands';
import { withholdDocument } from '@/lib/evidence/public-copy.commands';
import { approveBudget, changeSegment, proposeBudget } from '@/lib/segments/segment.commands';
import { BANK_ACTS } from './bank-acts';
import { BOOK_ACTS } from './book-acts';
import { CAMPAIGN_ACTS } from './campaign-acts';
import { CHANGE_ACTS } from './change-acts';
import { CONCERN_ACTS } from './concern-acts';
import { GIVER_ACTS } from './giver-acts';
import { LINE_ACTS } from './line-acts';
import { decision, LINE_NUMBERS, reasoned, words, workName } from './inputs';
import { ROAD_ACTS } from './road-acts';
import type { DeskForm } from './read-form';

/** What an act of the desk needs: the command, and how its input is read from the form. */
export type DeskAct = {
  readonly command: AnyCommand<unknown>;
  readonly input: (form: DeskForm, document: string | null) => unknown;
  /** The document this act is made with; kept and filed first, its number handed to `input`. */
  readonly document?: {
    readonly kind: 'quote' | 'contract' | 'variation' | 'invoice' | 'evidence' | 'test_result';
    readonly on: string;
    /** Words or figures may stand alone; a quote or an invoice never comes without its paper. */
    readonly optional?: boolean;
  };
};

/** Everything that can be done from the desk, by the name the form sends. */
export const ACTS: Readonly<Record<string, DeskAct>> = {
  ...BANK_ACTS,
  ...BOOK_ACTS,
  ...CAMPAIGN_ACTS,
  ...CHANGE_ACTS,
  ...CONCERN_ACTS,
  ...GIVER_ACTS,
  ...ROAD_ACTS,
  ...LINE_ACTS,
  'donor.propose_refund': {
    command: proposeAskedRefund,
    input: (form) => ({ request: form.required('code'), on: form.day('on') }),
  },
  'donor.move_gift': {
    command: moveGift,
    input: (form) => ({ request: form.required('code'), on: form.day('on') }),
  },
  'donor.decline_request': { command: declineRequest, input: reasoned('request') },
  'donor.merge': {
    command: mergeDonors,
    input: (form) => ({ keptId: form.required('kept'), mergedId: form.required('merged') }),
  },
  'donor.keep_apart': {
    command: keepApart,
    input: (form) => ({ aId: form.required('kept'), bId: form.required('merged') }),
  },
  'donor.end_merge': {
    command: endMerge,
    input: (form) => ({ mergeId: BigInt(form.integer('merge')), reason: form.required('reason') }),
  },
  'budget.propose': {
    command: proposeBudget,
    input: (form) => ({
      segment: form.required('segment'),
      lines: LINE_NUMBERS.filter((n) => form.has(`item${n}`)).map((n) => ({
        item: workName(form, n),
        unit: form.optional(`unit${n}`) ?? 'm2',
        quantityMilli: BigInt(form.millimetres(`quantity${n}`)),
        amountMinor: form.amount(`amount${n}`),
      })),
      reason: form.optional('reason'),
      on: form.day('on'),
    }),
  },
  'budget.approve': {
    command: approveBudget,
    input: (form) => ({
      segment: form.required('code'),
      version: form.integer('version'),
      seenHash: form.required('seenHash'),
      on: form.day('on'),
    }),
  },
  'allocation.propose': {
    command: proposeAllocation,
    input: (form) => ({
      segment: form.required('segment'),
      amountMinor: form.amount('amount'),
      note: form.optional('note'),
      on: form.day('on'),
    }),
  },
  'allocation.approve': {
    command: approveAllocation,
    input: (form) => ({ ...decision('allocation')(form), note: null }),
  },
  'allocation.return': { command: returnAllocation, input: reasoned('allocation') },
  'allocation.withdraw': { command: withdrawAllocation, input: reasoned('allocation') },
  'allocation.release': {
    command: releaseAllocation,
    input: (form) => ({
      segment: form.required('segment'),
      amountMinor: form.amount('amount'),
      reason: form.required('reason'),
      on: form.day('on'),
    }),
  },
  'contractor.register': {
    command: registerContractor,
    input: (form) => ({
      code: form.required('code'),
      name: words(form.required('name')),
      registrationNo: form.optional('registrationNo'),
      phone: form.optional('phone'),
      bankAccount: form.optional('bankAccount'),
      conflictOfInterest: form.optional('conflict'),
    }),
  },
  'staff.declare': {
    command: declareInterests,
    input: (form) => ({
      phone: form.optional('phone'),
      bankAccount: form.optional('bankAccount'),
      interests: form.optional('interests'),
      on: form.day('on'),
    }),
  },
  'quote.record': {
    command: recordQuote,
    document: { kind: 'quote', on: 'on' },
    input: (form, document) => ({
      segment: form.required('segment'),
      contractor: form.required('contractor'),
      amountMinor: form.amount('amount'),
      document,
      on: form.day('on'),
    }),
  },
  'contract.approve': { command: approveContract, input: decision('contract') },
  'contract.return': { command: returnContract, input: reasoned('contract') },
  'variation.approve': { command: approveVariation, input: decision('variation') },
  'work.certify': {
    command: certifyWork,
    input: (form) => ({
      contract: form.required('contract'),
      stage: form.required('stage'),
      percent: null,
      amountMinor: form.amount('amount'),
      note: form.optional('note'),
      on: form.day('on'),
    }),
  },
  'disbursement.approve': { command: approveDisbursement, input: decision('disbursement') },
  'disbursement.return': { command: returnDisbursement, input: reasoned('disbursement') },
  'disbursement.pay': {
    command: payDisbursement,
    input: (form) => ({
      disbursement: form.required('code'),
      on: form.day('on'),
      bankReference: form.required('bankReference'),
    }),
  },
  'disbursement.bounce': { command: bounceDisbursement, input: reasoned('disbursement') },
  'donation.verify': { command: verifyDonation, input: decision('donation') },
  'donation.cancel': { command: cancelDonation, input: reasoned('donation') },
  'photograph.publish': {
    command: publishPhotograph,
    input: (form) => ({ photograph: form.required('photograph'), on: form.day('on') }),
  },
  'measurement.record': {
    command: recordMeasurement,
    document: { kind: 'test_result', on: 'on', optional: true },
    input: (form, report) => {
      const kind = form.required('kind');
      const stored = (name: string): bigint | null =>
        isMeasurementKind(kind) ? storedMilli(kind, form.millimetres(name)) : null;
      return {
        segment: form.required('segment'),
        kind,
        station: form.required('station'),
        valueMilli: stored('value'),
        requiredMilli: form.has('required') ? stored('required') : null,
        report,
        note: form.optional('note'),
        on: form.day('on'),
      };
    },
  },
  'acceptance.sign': {
    command: signAcceptance,
    input: (form) => ({
      segment: form.required('segment'),
      sheet: form.required('sheet'),
      lengthMm: form.millimetres('length'),
      widthMm: form.millimetres('width'),
      thicknessMm: form.integer('thickness'),
      result: form.required('result'),
      remark: form.optional('remark'),
      on: form.day('on'),
    }),
  },
  'document.withhold': {
    command: withholdDocument,
    input: (form) => ({
      document: form.required('document'),
      opensOn: form.day('opensOn'),
      reason: form.required('reason'),
      on: form.day('on'),
    }),
  },
  'segment.move': {
    command: changeSegment,
    input: (form) => ({
      segment: form.required('segment'),
      event: form.required('event'),
      on: form.day('on'),
      reason: form.optional('reason'),
      warrantyUntil: form.optional('warrantyUntil'),
    }),
  },
};

/** Uploads are acts too, but read their bytes before the command can be named. */
export const UPLOAD_PERMISSIONS: Readonly<Record<string, Permission>> = {
  'photograph.file': 'photograph:file',
  'sheet.file': 'document:file',
  'document.redact': 'document:redact',
  'photograph.cover': 'photograph:publish',
};
