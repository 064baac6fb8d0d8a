import 'server-only';
import { approvePlan, proposePlan, returnPlan, withdrawPlan } from '@/lib/allocations/plan.commands';
import { endContract } from '@/lib/contracts/contract-end.commands';
import { resolveShortfall } from '@/lib/donations/shortfall.commands';
import {
  askGivers,
  openChange,
  passDeadline,
  recordAnswer,
  withdrawChange,
} from '@/lib/plan-changes/change.commands';
import {
  decideChange,
  proposeSettlement,
  returnGifts,
  returnSettlement,
} from '@/lib/plan-changes/settle.commands';
import type { DeskAct } from './acts';
import { reasoned } from './inputs';
import type { DeskForm } from './read-form';

/** Three wordings typed by staff; what is left out repeats the first. */
export const threeWords = (form: DeskForm, name: string) => ({
  'zh-Hans': form.required(name),
  'zh-Hant': form.optional(`${name}Hant`) ?? form.required(name),
  en: form.optional(`${name}En`) ?? form.required(name),
});

const seen = (form: DeskForm) => ({ seenHash: form.required('seenHash'), on: form.day('on') });
const change = (form: DeskForm) => ({ change: form.required('code'), on: form.day('on') });

/** "ML-07=123 ML-08=456", as the preview wrote it. */
const seenLines = (text: string) =>
  text.split(' ').map((line) => {
    const [segment, minor] = line.split('=');
    return { segment: segment ?? '', amountMinor: /^\d{1,18}$/.test(minor ?? '') ? BigInt(minor ?? '') : 0n };
  });

/** Acts on plans over several roads, changed plans and holes, by the name the form sends. */
export const CHANGE_ACTS: Readonly<Record<string, DeskAct>> = {
  'allocation-plan.propose': {
    command: proposePlan,
    input: (form) => ({
      campaign: form.required('campaign'),
      method: form.required('method'),
      amountMinor: BigInt(form.integerText('amountMinor')),
      segments: form.text('segments').split(' ').filter(Boolean),
      note: form.optional('note'),
      seenLines: seenLines(form.required('seenLines')),
      on: form.day('on'),
    }),
  },
  'allocation-plan.approve': {
    command: approvePlan,
    input: (form) => ({ plan: form.required('code'), ...seen(form) }),
  },
  'allocation-plan.return': { command: returnPlan, input: reasoned('plan') },
  'allocation-plan.withdraw': { command: withdrawPlan, input: reasoned('plan') },
  'contract.end': { command: endContract, input: reasoned('contract') },
  'plan-change.open': {
    command: openChange,
    input: (form) => ({
      segment: form.required('segment'),
      kind: form.required('kind'),
      reason: threeWords(form, 'why'),
      basis: form.required('basis'),
      basisReference: form.optional('basisReference'),
      toSegment: form.optional('toSegment'),
      deadline: form.day('deadline'),
      on: form.day('on'),
    }),
  },
  'plan-change.ask': {
    command: askGivers,
    input: (form) => ({ ...change(form), gift: form.optional('gift'), means: form.required('means') }),
  },
  'plan-change.answer': {
    command: recordAnswer,
    input: (form) => ({
      ...change(form),
      gift: form.required('gift'),
      answer: form.required('answer'),
      evidence: form.required('evidence'),
      document: null,
    }),
  },
  'plan-change.deadline': { command: passDeadline, input: change },
  'plan-change.propose': {
    command: proposeSettlement,
    input: (form) => ({
      ...change(form),
      decision: form.required('decision'),
      keepUntil: form.optional('keepUntil'),
      outcome: threeWords(form, 'outcome'),
    }),
  },
  'plan-change.decide': {
    command: decideChange,
    input: (form) => ({ change: form.required('code'), ...seen(form) }),
  },
  'plan-change.return': { command: returnSettlement, input: reasoned('change') },
  'plan-change.withdraw': { command: withdrawChange, input: reasoned('change') },
  'plan-change.refund': { command: returnGifts, input: change },
  'shortfall.resolve': {
    command: resolveShortfall,
    input: (form) => {
      const kind = form.required('source');
      return {
        shortfall: form.required('code'),
        on: form.day('on'),
        reason: form.required('reason'),
        source:
          kind === 'gift'
            ? { kind, gift: form.required('from') }
            : kind === 'road'
              ? { kind, road: form.required('from') }
              : { kind: 'fund' },
      };
    },
  },
};
