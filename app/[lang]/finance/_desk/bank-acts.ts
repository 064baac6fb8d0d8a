import 'server-only';
import { returnBatch, verifyBatch } from '@/lib/donations/batch.commands';
import {
  approveTransferAccount,
  proposeTransferAccount,
  returnTransferAccount,
  withdrawTransferAccount,
} from '@/lib/payments/transfer-account.commands';
import { openBankAccount } from '@/lib/reconciliation/account.commands';
import { dropRule, lockMatches, makeMatch, undoMatch } from '@/lib/reconciliation/match.commands';
import { answerHeld, cancelImport } from '@/lib/reconciliation/statement/import.commands';
import type { DeskAct } from './acts';
import { threeWords } from './change-acts';
import { decision, reasoned } from './inputs';
import { FieldRefused, type DeskForm } from './read-form';

const wrong = (field: string, reason: string): never => {
  throw new FieldRefused({ name: 'invalid_input', field, details: { reason } });
};

/** `12:0 13:2`: numbers of lines with the version the person saw. */
const seenLines = (form: DeskForm) =>
  form
    .required('lines')
    .split(' ')
    .map((one) => {
      const shape = /^(\d{1,18}):(\d{1,9})$/.exec(one);
      return shape
        ? { id: BigInt(shape[1] ?? '0'), version: Number.parseInt(shape[2] ?? '0', 10) }
        : wrong('lines', 'line');
    });

const ROWS = [1, 2, 3, 4, 5, 6];

/** What the lines were: an offer as it stands, in minor units, or the rows a person filled in. */
const partsOf = (form: DeskForm): unknown[] => {
  const offered = form.text('offer');
  if (offered !== '')
    return offered.split('|').map((one) => {
      const [kind = '', subject = '', minor = ''] = one.split(' ');
      return partFrom(
        form,
        kind,
        subject,
        /^-?\d{1,18}$/.test(minor) ? BigInt(minor) : wrong('offer', 'amount'),
      );
    });
  return ROWS.filter((n) => form.has(`amount${n}`)).map((n) =>
    partFrom(form, form.required(`kind${n}`), form.text(`subject${n}`), form.signedAmount(`amount${n}`)),
  );
};

const partFrom = (form: DeskForm, kind: string, subject: string, amountMinor: bigint): unknown => {
  if (kind === 'new_gift')
    return {
      kind,
      amountMinor,
      donorName: form.optional('donor') ?? (subject === '' || subject === '-' ? null : subject),
      designation: form.optional('road'),
    };
  return subject === '' || subject === '-' ? { kind, amountMinor } : { kind, subject, amountMinor };
};

/** What can be done with gifts by hand, accounts, statements and their lines. */
export const BANK_ACTS: Readonly<Record<string, DeskAct>> = {
  'transfer_account.propose': {
    command: proposeTransferAccount,
    input: (form) => ({
      campaign: form.required('campaign'),
      holder: threeWords(form, 'holder'),
      accountNumber: form.required('accountNumber'),
      bank: threeWords(form, 'bank'),
      reason: form.required('reason'),
      on: form.day('on'),
    }),
  },
  'transfer_account.approve': { command: approveTransferAccount, input: decision('proposal') },
  'transfer_account.return': { command: returnTransferAccount, input: reasoned('proposal') },
  'transfer_account.withdraw': { command: withdrawTransferAccount, input: reasoned('proposal') },
  'bank_account.open': {
    command: openBankAccount,
    input: (form) => {
      const name = form.required('name');
      return {
        code: form.required('code'),
        campaign: form.required('campaign'),
        name: { 'zh-Hans': name, 'zh-Hant': name, en: name },
        number: form.required('number'),
        main: form.text('main') === 'yes',
      };
    },
  },
  'match.make': {
    command: makeMatch,
    input: (form) => ({
      account: form.required('account'),
      lines: seenLines(form),
      parts: partsOf(form),
      reasons: form.text('reasons') === '' ? [] : form.text('reasons').split(' '),
    }),
  },
  'match.undo': {
    command: undoMatch,
    input: (form) => ({
      match: form.required('match'),
      reason: form.required('reason'),
      seen: seenLines(form),
    }),
  },
  'match.lock': { command: lockMatches, input: (form) => ({ matches: [form.required('match')] }) },
  'match.drop_rule': { command: dropRule, input: (form) => ({ rule: BigInt(form.integer('rule')) }) },
  'statement.cancel': { command: cancelImport, input: (form) => ({ import: form.required('import') }) },
  'statement.answer': {
    command: answerHeld,
    input: (form) => ({
      import: form.required('import'),
      options: { dateOrder: form.optional('dateOrder'), ownCurrency: form.text('ownCurrency') === 'yes' },
    }),
  },
  'gift_batch.verify': {
    command: verifyBatch,
    input: (form) => ({
      batch: form.required('batch'),
      seenHash: form.required('seenHash'),
      on: form.day('on'),
    }),
  },
  'gift_batch.return': {
    command: returnBatch,
    input: (form) => ({ batch: form.required('batch'), reason: form.required('reason'), on: form.day('on') }),
  },
};
