import { mayDo, type Actor, type Permission } from '@/lib/auth/roles.rules';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import type { ChangeOnDesk, GiftOnDesk } from '@/lib/plan-changes/change.queries';
import { ASK_MEANS, CHANGE_BASES, CHANGE_KINDS } from '@/lib/plan-changes/change.rules';
import type { RoadOnDesk } from '@/lib/segments/segment.queries';
import type { DeskField } from '../../../_desk/act-form.rules';
import type { NextStep } from '../next-steps';

type Choice = { readonly value: string; readonly label: string };
type Offer = NextStep & { readonly permission: Permission; readonly when: boolean };

/** What this person can do about a changed plan now, in the order the work goes. */
export const changeSteps = ({
  road,
  change,
  gifts,
  others,
  actor,
  today,
  lang,
}: {
  readonly road: RoadOnDesk;
  readonly change: ChangeOnDesk | null;
  readonly gifts: readonly GiftOnDesk[];
  readonly others: readonly Choice[];
  readonly actor: Extract<Actor, { kind: 'person' }>;
  readonly today: string;
  readonly lang: Lang;
}): NextStep[] => {
  const t = words(lang, 'changes');
  const desk = words(lang, 'desk');
  const on: DeskField = { kind: 'day', name: 'on', label: desk('act.day'), value: today };
  const reason: DeskField = { kind: 'text', name: 'reason', label: desk('act.reason') };
  const code = { code: change?.code ?? '' };
  const open = change?.status === 'open';
  const proposed = change?.status === 'proposed';
  const choice = (name: string, label: string, choices: readonly Choice[]): DeskField => ({
    kind: 'choice',
    name,
    label,
    choices,
  });
  const text = (name: string, label: string, optional = false): DeskField => ({
    kind: 'text',
    name,
    label,
    optional,
  });
  const askable = gifts.filter((gift) => gift.answer !== 'not_needed');
  const giftChoice = choice(
    'gift',
    t('gift'),
    askable.map((gift) => ({ value: gift.subject, label: `${gift.subject} ${t(`answers.${gift.answer}`)}` })),
  );
  const work = (offer: Omit<Offer, 'permission'>): Offer => ({ ...offer, permission: 'plan-change:work' });

  const offers: Offer[] = [
    {
      act: 'contract.end',
      id: 'end-contract',
      title: t('endContract'),
      permission: 'contract:approve',
      when: road.status === 'suspended' && road.contract?.status === 'signed',
      hidden: { code: road.contract?.code ?? '' },
      fields: [reason, on],
    },
    work({
      act: 'plan-change.open',
      id: 'open',
      title: t('open'),
      when: (change === null || change.status === 'settled') && !['proposed', 'closed'].includes(road.status),
      fields: [
        choice(
          'kind',
          t('kind'),
          CHANGE_KINDS.map((value) => ({ value, label: t(`kinds.${value}`) })),
        ),
        text('why', t('reason')),
        text('whyHant', t('reasonHant'), true),
        text('whyEn', t('reasonEn'), true),
        choice(
          'basis',
          t('basis'),
          CHANGE_BASES.map((value) => ({ value, label: t(`bases.${value}`) })),
        ),
        text('basisReference', t('basisReference'), true),
        choice('toSegment', t('target'), [{ value: '', label: t('anyRoad') }, ...others]),
        { kind: 'day', name: 'deadline', label: t('deadline'), value: '' },
        on,
      ],
    }),
    work({
      act: 'plan-change.ask',
      id: 'ask-mail',
      title: t('askMail'),
      when: open && gifts.some((gift) => gift.answer === 'to_ask' && gift.hasAddress),
      hidden: { ...code, gift: '', means: 'mail' },
      fields: [on],
    }),
    work({
      act: 'plan-change.ask',
      id: 'ask-one',
      title: t('askOne'),
      when: open && askable.length > 0,
      hidden: code,
      fields: [
        giftChoice,
        choice(
          'means',
          t('means'),
          ASK_MEANS.filter((value) => value !== 'mail').map((value) => ({
            value,
            label: t(`meansOf.${value}`),
          })),
        ),
        on,
      ],
    }),
    work({
      act: 'plan-change.answer',
      id: 'answer',
      title: t('record'),
      when: open && askable.length > 0,
      hidden: code,
      fields: [
        giftChoice,
        choice(
          'answer',
          t('answer'),
          (['given', 'refused'] as const).map((value) => ({ value, label: t(`answers.${value}`) })),
        ),
        text('evidence', t('evidence')),
        on,
      ],
    }),
    work({
      act: 'plan-change.deadline',
      id: 'deadline',
      title: t('passDeadline'),
      when: open && today > (change?.deadline ?? '') && gifts.some((gift) => gift.answer === 'asked'),
      hidden: code,
      fields: [on],
    }),
    work({
      act: 'plan-change.propose',
      id: 'settle',
      title: t('settle'),
      when: open,
      hidden: code,
      fields: [
        choice(
          'decision',
          t('decision'),
          (['move', 'keep'] as const).map((value) => ({ value, label: t(`decisions.${value}`) })),
        ),
        { kind: 'day', name: 'keepUntil', label: t('keepUntil'), value: '' },
        text('outcome', t('outcomeText')),
        text('outcomeHant', t('outcomeHant'), true),
        text('outcomeEn', t('outcomeEn'), true),
        on,
      ],
    }),
    {
      act: 'plan-change.decide',
      id: 'decide',
      title: t('decide'),
      permission: 'plan-change:decide',
      when: proposed && change.proposedBy !== actor.personId,
      hidden: { ...code, seenHash: change?.contentHash ?? '' },
      fields: [on],
    },
    {
      act: 'plan-change.return',
      id: 'return',
      title: t('sendBack'),
      permission: 'plan-change:decide',
      when: proposed && change.proposedBy !== actor.personId,
      hidden: code,
      fields: [reason, on],
    },
    work({
      act: 'plan-change.withdraw',
      id: 'withdraw',
      title: t('withdraw'),
      when: open,
      hidden: code,
      fields: [reason, on],
    }),
    {
      act: 'plan-change.refund',
      id: 'refund',
      title: t('refund'),
      permission: 'refund:propose',
      when:
        change?.status === 'settled' &&
        gifts.some((gift) => gift.outcome === 'to_return' && gift.refund === null),
      hidden: code,
      fields: [on],
    },
  ];
  return offers.filter((offer) => offer.when && mayDo(actor, offer.permission) === 'allowed');
};
