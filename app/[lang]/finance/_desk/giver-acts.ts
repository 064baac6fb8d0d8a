import 'server-only';
import { cancelPledge, releasePledge, writeOffPledge } from '@/lib/pledges/pledge.commands';
import { decideSurplus } from '@/lib/pledges/surplus.commands';
import { waiveReceipt } from '@/lib/receipts/receipt-print.commands';
import {
  issueReceipt,
  registerFiscalNumber,
  reissueReceipt,
  voidReceipt,
} from '@/lib/receipts/receipt.commands';
import type { DeskAct } from './acts';
import { reasoned, words } from './inputs';
import type { DeskForm } from './read-form';

const ending = reasoned('pledge');
const receipt = (form: DeskForm) => ({
  campaign: form.required('campaign'),
  serial: BigInt(form.integerText('serial')),
});
const waiver = (waive: boolean) => (form: DeskForm) => ({
  donation: form.required('gift'),
  waive,
  on: form.day('on'),
});

/** What the desk does about promises, what came in above them, and receipts. */
export const GIVER_ACTS: Readonly<Record<string, DeskAct>> = {
  'pledge.cancel': { command: cancelPledge, input: ending },
  'pledge.write_off': { command: writeOffPledge, input: ending },
  'pledge.release': {
    command: releasePledge,
    input: (form) => ({
      ...ending(form),
      filingReference: form.required('filing'),
      publicText: words(form.required('publicText')),
    }),
  },
  'pledge.surplus': {
    command: decideSurplus,
    input: (form) => ({
      donation: form.required('gift'),
      choice: form.required('choice'),
      towards: form.optional('towards')?.toUpperCase() ?? null,
      on: form.day('on'),
    }),
  },
  'receipt.issue': {
    command: issueReceipt,
    input: (form) => ({ donation: form.required('gift'), on: null }),
  },
  'receipt.waive': { command: waiveReceipt, input: waiver(true) },
  'receipt.unwaive': { command: waiveReceipt, input: waiver(false) },
  'receipt.void': {
    command: voidReceipt,
    input: (form) => ({ ...receipt(form), reason: form.required('reason'), on: form.day('on') }),
  },
  'receipt.reissue': {
    command: reissueReceipt,
    input: (form) => ({
      ...receipt(form),
      reason: form.required('reason'),
      on: form.day('on'),
      issuedTo: form.optional('issuedTo'),
    }),
  },
  'receipt.fiscal': {
    command: registerFiscalNumber,
    input: (form) => ({ ...receipt(form), fiscalNumber: form.required('fiscalNumber') }),
  },
};
