import type { Actor, Permission } from '@/lib/auth/roles.rules';
import { mayDo } from '@/lib/auth/roles.rules';
import type { Words } from '@/lib/i18n/words';
import type { RoadOnDesk } from '@/lib/segments/segment.queries';
import { mayBeBudgeted } from '@/lib/segments/segment.rules';
import { metresTyped } from '@/lib/shared/metres';
import { toDecimal } from '@/lib/shared/money';
import type { CurrencyCode } from '@/lib/shared/currencies';
import { lifeSteps } from './life-steps';
import type { LineFields } from './line-fields';
import type { DeskField } from '../../_desk/act-form.rules';

/** One thing this person can do for this road now. */
export type NextStep = {
  readonly act: string;
  readonly id: string;
  readonly title: string;
  readonly fields: readonly DeskField[];
  readonly hidden?: Readonly<Record<string, string>>;
};

export type Offer = NextStep & { readonly permission: Permission; readonly when: boolean };

const FUNDABLE = ['approved', 'funded', 'contracted', 'in_progress', 'inspection', 'rework'];
const DOCUMENTS = '.pdf,.ofd,.jpg,.jpeg,.png,application/pdf,image/*';
const PICTURES = 'image/jpeg,image/png,image/webp';

/** The steps the state of the road and the permissions of the person allow, in the order work goes. */
export const nextSteps = (
  road: RoadOnDesk,
  actor: Extract<Actor, { kind: 'person' }>,
  contractors: readonly { readonly code: string; readonly name: string }[],
  today: string,
  t: Words<'desk'>,
  lines: LineFields,
): NextStep[] => {
  const yuan = (minor: bigint): string => toDecimal(minor, road.currency as CurrencyCode);
  const on: DeskField = { kind: 'day', name: 'on', label: t('act.day'), value: today };
  const reason: DeskField = { kind: 'text', name: 'reason', label: t('act.reason') };
  const amount = (value?: bigint): DeskField => ({
    kind: 'amount',
    name: 'amount',
    label: t('act.amount'),
    value: value !== undefined && value > 0n ? yuan(value) : undefined,
  });
  const document: DeskField = { kind: 'file', name: 'document', label: t('act.document'), accept: DOCUMENTS };
  const contractorChoice: DeskField = {
    kind: 'choice',
    name: 'contractor',
    label: t('act.contractor'),
    choices: contractors.map(({ code, name }) => ({ value: code, label: `${code} ${name}` })),
  };
  const { contract } = road;
  const signed = contract?.status === 'signed';
  const unclaimed = road.certificates.filter((certificate) => certificate.unclaimedMinor > 0n);
  const hiddenPictures = road.photographs.filter(
    (picture) => picture.publishedOn === null && picture.uploadedBy !== actor.personId,
  );
  const sealed = road.sealedDocuments.filter((paper) => paper.uploadedBy !== actor.personId);
  const sealedPaper: DeskField = {
    kind: 'choice',
    name: 'document',
    label: t('act.paper'),
    choices: sealed.map((paper) => ({
      value: paper.code,
      label: `${paper.code} ${paper.title} ${paper.dated}`,
    })),
  };
  const sheets = road.sheets.filter((sheet) => sheet.uploadedBy !== actor.personId);
  const allocatedMinor =
    road.freeMinor + (contract ? contract.committedMinor + contract.certifiedMinor + contract.paidMinor : 0n);
  const life = lifeSteps(road, t, { on, reason });

  const budget: Offer = {
    act: 'budget.propose',
    id: 'budget',
    title: t(road.budgetMinor > 0n ? 'act.budgetAmend' : 'act.budgetPropose'),
    permission: 'budget:propose',
    when: mayBeBudgeted(road.status),
    hidden: lines.names,
    fields: [...lines.budget, ...(road.budgetMinor > 0n ? [reason] : []), on],
  };
  const offers: Offer[] = [
    ...(road.budgetMinor > 0n ? [] : [budget]),
    {
      act: 'allocation.propose',
      id: 'allocate',
      title: t('act.allocationPropose'),
      permission: 'allocation:propose',
      when: FUNDABLE.includes(road.status) && allocatedMinor < road.budgetMinor,
      fields: [
        amount(road.budgetMinor - allocatedMinor),
        { kind: 'text', name: 'note', label: t('act.note'), optional: true },
        on,
      ],
    },
    {
      act: 'quote.record',
      id: 'quote',
      title: t('act.quoteRecord'),
      permission: 'quote:record',
      when: ['approved', 'funded'].includes(road.status),
      fields: [contractorChoice, amount(), document, on],
    },
    {
      act: 'contract.propose',
      id: 'contract',
      title: t('act.contractPropose'),
      permission: 'contract:propose',
      when: road.status === 'funded' && contract === null && road.quotes.length > 0,
      hidden: lines.hidden,
      fields: [
        contractorChoice,
        amount(road.quotes[0]?.amountMinor),
        { kind: 'amount', name: 'retention', label: t('act.retention') },
        ...lines.bill,
        ...(road.quotes.length < road.quotesRequired
          ? [{ kind: 'text', name: 'fewQuotesReason', label: t('act.fewQuotes') } as const]
          : []),
        document,
        { kind: 'day', name: 'signedOn', label: t('act.signedOn'), value: today },
      ],
    },
    life.start,
    {
      act: 'photograph.file',
      id: 'photograph',
      title: t('act.photograph'),
      permission: 'photograph:file',
      when: !['proposed', 'closed', 'cancelled'].includes(road.status),
      fields: [
        {
          kind: 'choice',
          name: 'stage',
          label: t('act.stage'),
          choices: (['before', 'during', 'after'] as const).map((stage) => ({
            value: stage,
            label: t(`stages.${stage}`),
          })),
        },
        { kind: 'file', name: 'photograph', label: t('act.photographFile'), accept: PICTURES },
        on,
      ],
    },
    {
      act: 'photograph.publish',
      id: 'publish',
      title: t('act.publish'),
      permission: 'photograph:publish',
      when: hiddenPictures.length > 0,
      fields: [
        {
          kind: 'choice',
          name: 'photograph',
          label: t('act.photographs'),
          choices: hiddenPictures.map((picture) => ({
            value: picture.id,
            label: `${t(`stages.${picture.stage as 'before'}`)} ${picture.takenOn}`,
          })),
        },
        on,
      ],
    },
    {
      act: 'photograph.cover',
      id: 'cover',
      title: t('act.cover'),
      permission: 'photograph:publish',
      when: road.photographs.some((picture) => picture.publishedOn === null),
      fields: [
        {
          kind: 'choice',
          name: 'photograph',
          label: t('act.photographs'),
          choices: road.photographs
            .filter((picture) => picture.publishedOn === null)
            .map((picture) => ({
              value: picture.id,
              label: `${t(`stages.${picture.stage as 'before'}`)} ${picture.takenOn}`,
            })),
        },
        { kind: 'text', name: 'rectangles', label: t('act.rectangles') },
        on,
      ],
    },
    {
      act: 'document.redact',
      id: 'redact',
      title: t('act.redact'),
      permission: 'document:redact',
      when: sealed.length > 0,
      fields: [
        sealedPaper,
        { kind: 'file', name: 'copy', label: t('act.redactedCopy'), accept: DOCUMENTS },
        on,
      ],
    },
    {
      act: 'document.withhold',
      id: 'withhold',
      title: t('act.withhold'),
      permission: 'document:redact',
      when: sealed.length > 0,
      fields: [
        sealedPaper,
        { kind: 'area', name: 'reason', label: t('act.withholdReason') },
        { kind: 'day', name: 'opensOn', label: t('act.opensOn'), value: '' },
        on,
      ],
    },
    {
      act: 'work.certify',
      id: 'certify',
      title: t('act.certify'),
      permission: 'work:certify',
      when: signed && (contract?.committedMinor ?? 0n) > 0n,
      hidden: { contract: contract?.code ?? '' },
      fields: [
        {
          kind: 'choice',
          name: 'stage',
          label: t('act.stage'),
          choices: (['advance', 'base', 'surface', 'final', 'retention'] as const).map((stage) => ({
            value: stage,
            label: t(`stages.${stage}`),
          })),
        },
        amount(),
        { kind: 'text', name: 'note', label: t('act.note'), optional: true },
        on,
      ],
    },
    {
      act: 'disbursement.request',
      id: 'request',
      title: t('act.request'),
      permission: 'disbursement:request',
      when: unclaimed.length > 0,
      fields: [
        {
          kind: 'choice',
          name: 'certificate',
          label: t('act.certificate'),
          choices: unclaimed.map((one) => ({
            value: one.code,
            label: `${one.code} ${yuan(one.unclaimedMinor)}`,
          })),
        },
        amount(unclaimed[0]?.unclaimedMinor),
        ...lines.invoice,
        document,
        on,
      ],
    },
    {
      act: 'variation.propose',
      id: 'variation',
      title: t('act.variationPropose'),
      permission: 'contract:propose',
      when: signed,
      hidden: { contract: contract?.code ?? '' },
      fields: [
        { kind: 'amount', name: 'amount', label: t('act.newAmount') },
        ...lines.variation,
        reason,
        document,
        on,
      ],
    },
    {
      act: 'retention.use',
      id: 'repair',
      title: lines.t('repair'),
      permission: 'work:certify',
      when:
        road.status === 'in_warranty' &&
        road.defects.length > 0 &&
        signed &&
        (contract?.retentionLeftMinor ?? 0n) > 0n,
      hidden: { contract: contract?.code ?? '' },
      fields: [
        {
          kind: 'choice',
          name: 'concern',
          label: lines.t('defect'),
          choices: road.defects.map((one) => ({
            value: one.code,
            label: `${one.code} ${one.summary?.['zh-Hans'] ?? ''}`,
          })),
        },
        contractorChoice,
        amount(contract?.retentionLeftMinor),
        { kind: 'text', name: 'note', label: t('act.note'), optional: true },
        on,
      ],
    },
    life.inspect,
    {
      act: 'sheet.file',
      id: 'sheet',
      title: t('act.sheet'),
      permission: 'document:file',
      when: road.status === 'inspection',
      fields: [document, on],
    },
    {
      act: 'acceptance.sign',
      id: 'sign',
      title: t('act.sign'),
      permission: 'work:accept',
      when: road.status === 'inspection' && sheets.length > 0,
      fields: [
        {
          kind: 'choice',
          name: 'sheet',
          label: t('act.sheetChoice'),
          choices: sheets.map((sheet) => ({ value: sheet.code, label: `${sheet.code} ${sheet.dated}` })),
        },
        { kind: 'number', name: 'length', label: t('act.length'), value: metresTyped(road.lengthMm) },
        { kind: 'number', name: 'width', label: t('act.width'), value: metresTyped(road.widthMm) },
        { kind: 'number', name: 'thickness', label: t('act.thickness') },
        {
          kind: 'choice',
          name: 'result',
          label: t('act.result'),
          choices: [
            { value: 'accepted', label: t('act.accepted') },
            { value: 'rework', label: t('act.rework') },
          ],
        },
        { kind: 'text', name: 'remark', label: t('act.remark'), optional: true },
        on,
      ],
    },
    life.warranty,
    {
      act: 'allocation.release',
      id: 'release',
      title: t('act.release'),
      permission: 'allocation:approve',
      when:
        road.freeMinor > 0n &&
        ['accepted', 'in_warranty', 'suspended', 'funded', 'approved'].includes(road.status),
      fields: [amount(road.freeMinor), reason, on],
    },
    // What is done seldom comes last.
    ...(road.budgetMinor > 0n ? [budget] : []),
    ...life.ends,
  ];
  return offers.filter((offer) => offer.when && mayDo(actor, offer.permission) === 'allowed');
};
