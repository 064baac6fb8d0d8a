import 'server-only';
import { proposeContract } from '@/lib/contracts/contract.commands';
import { useRetention } from '@/lib/contracts/repair.commands';
import { proposeVariation } from '@/lib/contracts/variation.commands';
import { requestDisbursement } from '@/lib/disbursements/disbursement.commands';
import type { DeskAct } from './acts';
import { LINE_NUMBERS, workName } from './inputs';
import type { DeskForm } from './read-form';

/** The lines of the bill to which a price was written; none when the whole has one price. */
const contractLines = (form: DeskForm) =>
  LINE_NUMBERS.filter((n) => form.has(`price${n}`)).map((n) => ({
    item: workName(form, n),
    unit: form.required(`unit${n}`),
    quantityMilli: BigInt(form.integerText(`milli${n}`)),
    amountMinor: form.amount(`price${n}`),
  }));

const invoiceLines = (form: DeskForm) =>
  LINE_NUMBERS.filter((n) => form.has(`quantity${n}`) || form.has(`price${n}`)).map((n) => ({
    lineNo: n,
    quantityMilli: form.signedMilli(`quantity${n}`),
    amountMinor: form.amount(`price${n}`),
  }));

const changedLines = (form: DeskForm) =>
  LINE_NUMBERS.filter((n) => form.has(`quantity${n}`) || form.has(`price${n}`)).map((n) => ({
    lineNo: n,
    quantityMilli: form.signedMilli(`quantity${n}`),
    amountMinor: form.has(`price${n}`) ? form.signedAmount(`price${n}`) : 0n,
  }));

/** Acts that speak of a contract line by line, and of its retention. */
export const LINE_ACTS: Readonly<Record<string, DeskAct>> = {
  'contract.propose': {
    command: proposeContract,
    document: { kind: 'contract', on: 'signedOn' },
    input: (form, document) => ({
      segment: form.required('segment'),
      contractor: form.required('contractor'),
      amountMinor: form.amount('amount'),
      retentionMinor: form.amount('retention', true),
      lines: contractLines(form),
      fewQuotesReason: form.optional('fewQuotesReason'),
      document,
      signedOn: form.day('signedOn'),
    }),
  },
  'variation.propose': {
    command: proposeVariation,
    document: { kind: 'variation', on: 'on' },
    input: (form, document) => ({
      contract: form.required('contract'),
      afterMinor: form.amount('amount'),
      lines: changedLines(form),
      rationale: form.required('reason'),
      document,
      on: form.day('on'),
    }),
  },
  'disbursement.request': {
    command: requestDisbursement,
    document: { kind: 'invoice', on: 'on' },
    input: (form, document) => ({
      certificate: form.required('certificate'),
      invoice: document,
      amountMinor: form.amount('amount'),
      lines: invoiceLines(form),
      on: form.day('on'),
    }),
  },
  'retention.use': {
    command: useRetention,
    input: (form) => ({
      contract: form.required('contract'),
      concern: form.required('concern'),
      paidTo: form.required('contractor'),
      amountMinor: form.amount('amount'),
      note: form.optional('note'),
      on: form.day('on'),
    }),
  },
};
