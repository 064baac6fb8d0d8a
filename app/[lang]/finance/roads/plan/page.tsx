import type { Metadata } from 'next';
import { PLAN_METHODS, type PlanMethod } from '@/lib/allocations/plan.rules';
import { previewPlan, type PlanPreview } from '@/lib/allocations/plan.queries';
import { requireStaff } from '@/lib/auth/session';
import { mayDo } from '@/lib/auth/roles.rules';
import { accountingToday } from '@/lib/clock';
import { amountText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { refusals } from '@/lib/i18n/messages/refusals';
import { words } from '@/lib/i18n/words';
import { roadsOnDesk } from '@/lib/segments/segment.queries';
import { newId } from '@/lib/shared/id';
import { isCurrency, money, parseAmount, sumMinor } from '@/lib/shared/money';
import type { CurrencyCode } from '@/lib/shared/currencies';
import type { Refusal } from '@/lib/shared/refusal';
import { Amt } from '../../../../_ui/amt/component';
import { Btn } from '../../../../_ui/btn/component';
import { Code } from '../../../../_ui/code/component';
import { Group, SelectField, TextField, Tile } from '../../../../_ui/form/component';
import { Empty, Msg } from '../../../../_ui/msg/component';
import { langParam } from '../../../../_ui/site/page-lang';
import { Figures, Panel, StaffTitle } from '../../../../_ui/staff/component';
import { Table } from '../../../../_ui/table/component';
import { ActForm } from '../../_desk/act-form';
import { actOnDesk } from '../../_desk/action';
import { Desk, doneText } from '../../_desk/desk';

type Query = Record<string, string | string[] | undefined>;
type Props = { params: Promise<{ lang: string }>; searchParams: Promise<Query> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'changes')('plan.title') };
}

const one = (value: string | string[] | undefined): string => (typeof value === 'string' ? value : '');
const many = (value: string | string[] | undefined): string[] =>
  typeof value === 'string' ? [value] : (value ?? []);

/** The roads ticked, those with a smaller number first; equal numbers keep the order of the codes. */
const inOrder = (query: Query): string[] => {
  const rank = (code: string): number => {
    const typed = one(query[`order-${code}`]);
    return /^\d{1,4}$/.test(typed) ? Number.parseInt(typed, 10) : 10_000;
  };
  return many(query['segment'])
    .sort()
    .sort((a, b) => rank(a) - rank(b));
};

/** Splits one amount over several roads: first seen exactly, then proposed, then approved by another person. */
export default async function AllocationPlanPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('finance:read', lang);
  const t = words(lang, 'changes');
  const query = await searchParams;
  const campaigns = new Map((await roadsOnDesk()).map((road) => [road.campaign, road.currency]));
  const campaign = campaigns.has(one(query['campaign']))
    ? one(query['campaign'])
    : ([...campaigns.keys()][0] ?? '');
  const found = campaigns.get(campaign) ?? 'CNY';
  const currency: CurrencyCode = isCurrency(found) ? found : 'CNY';
  const method: PlanMethod = PLAN_METHODS.find((known) => known === query['method']) ?? 'even';
  const typed = one(query['amount']);
  const parsed = typed === '' ? null : parseAmount(typed, currency);
  const asked = query['method'] !== undefined;
  const segments = inOrder(query);
  const preview = await previewPlan({
    campaign,
    method,
    amountMinor: parsed?.ok ? parsed.value : null,
    segments,
  });
  const done = doneText(lang, one(query['done']));
  const amt = (minor: bigint) => <Amt value={money(currency, minor)} />;
  const split = asked && (parsed === null || parsed.ok) ? preview.split : null;
  // A road that needs nothing more can only make a plan impossible.
  const needy = preview.roads.filter((road) => road.roomMinor > 0n || segments.includes(road.code));
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={t('plan.title')} over={t('plan.over')} />
      {done && <Msg kind="ok" title={done} />}
      <Figures
        figures={[
          { term: t('plan.free'), value: amt(preview.freeMinor) },
          { term: t('plan.bound'), value: amt(preview.boundMinor) },
          ...(asked ? [{ term: t('plan.usable'), value: amt(preview.usableMinor) }] : []),
        ]}
      />
      {needy.length === 0 ? (
        <Empty title={t('plan.none')} />
      ) : (
        <Panel title={t('plan.method')}>
          <form method="get" className="desk-form">
            <input type="hidden" name="campaign" value={campaign} />
            <SelectField
              id="method"
              name="method"
              label={t('plan.method')}
              defaultValue={method}
              choices={PLAN_METHODS.map((value) => ({ value, label: t(`plan.methods.${value}`) }))}
            />
            <TextField
              id="amount"
              name="amount"
              label={t('plan.amount')}
              hint={t('plan.amountHint')}
              error={parsed && !parsed.ok ? refusals[lang][parsed.refusal.name] : undefined}
              figures
              inputMode="decimal"
              defaultValue={typed}
            />
            <Group id="segments" legend={t('plan.roads')} hint={t('plan.roadsHint')}>
              {needy.map((road) => (
                <div key={road.code} className="grid gap-2 md:grid-cols-2">
                  <Tile
                    type="checkbox"
                    name="segment"
                    value={road.code}
                    defaultChecked={asked ? segments.includes(road.code) : false}
                    title={`${road.code} ${road.name[lang]}`}
                    note={`${t('plan.room')} ${amountText(money(currency, road.roomMinor))} · ${t('plan.own')} ${amountText(money(currency, road.designatedMinor))}`}
                  />
                  <TextField
                    id={`order-${road.code}`}
                    name={`order-${road.code}`}
                    label={t('plan.order', { code: road.code })}
                    figures
                    inputMode="numeric"
                    defaultValue={one(query[`order-${road.code}`])}
                  />
                </div>
              ))}
            </Group>
            <Btn kind="line" size="dense" type="submit">
              {t('plan.preview')}
            </Btn>
          </form>
        </Panel>
      )}
      {split && !split.ok && (
        <Msg kind="err" title={t('plan.impossible')}>
          {refusals[lang][split.refusal.name]} {explain(lang, split.refusal, currency)}
        </Msg>
      )}
      {split?.ok && (
        <Panel title={t('plan.preview')}>
          <PreviewTable lang={lang} currency={currency} preview={preview} lines={split.value} />
          {mayDo(actor, 'allocation:propose') === 'allowed' && (
            <ActForm
              id="propose-plan"
              lang={lang}
              action={actOnDesk}
              hidden={{
                lang,
                back: `/${lang}/finance/roads/plan`,
                act: 'allocation-plan.propose',
                key: newId(),
                campaign,
                method,
                amountMinor: String(sumMinor(split.value.map((line) => line.amountMinor))),
                segments: segments.join(' '),
                seenLines: split.value.map((line) => `${line.code}=${line.amountMinor}`).join(' '),
                on: accountingToday(),
              }}
              fields={[
                { kind: 'text', name: 'note', label: words(lang, 'desk')('act.note'), optional: true },
              ]}
              submit={t('plan.propose')}
              refusedTitle={words(lang, 'desk')('act.refused')}
            />
          )}
        </Panel>
      )}
    </Desk>
  );
}

/** Why a split cannot be, with its figures. */
const explain = (lang: Lang, { name, details = {} }: Refusal, currency: CurrencyCode): string => {
  const t = words(lang, 'changes');
  const figure = (key: string): string => {
    const minor = details[key];
    return typeof minor === 'bigint' ? amountText(money(currency, minor)) : '';
  };
  const text = (key: string): string => String(details[key] ?? '');
  if (name === 'exceeds_budget') return t('plan.room2', { amount: figure('roomMinor') });
  if (name === 'exceeds_unallocated') return t('plan.available', { amount: figure('availableMinor') });
  if (name !== 'plan_impossible') return '';
  return t('plan.lacking', {
    roads: text('lacking'),
    needed: figure('neededMinor'),
    free: figure('freeMinor'),
    bound: text('boundElsewhere'),
  });
};

function PreviewTable({
  lang,
  currency,
  preview,
  lines,
}: {
  lang: Lang;
  currency: CurrencyCode;
  preview: PlanPreview;
  lines: readonly { code: string; amountMinor: bigint; designatedMinor: bigint }[];
}) {
  const t = words(lang, 'changes');
  const amt = (minor: bigint) => <Amt value={money(currency, minor)} />;
  return (
    <Table
      caption={t('plan.preview')}
      captionHidden
      look="dense"
      lang={lang}
      rows={lines}
      rowKey={(line) => line.code}
      columns={[
        { key: 'code', head: t('plan.roads'), names: true, cell: (line) => <Code code={line.code} /> },
        {
          key: 'room',
          head: t('plan.room'),
          numeric: true,
          cell: (line) => amt(preview.roads.find((road) => road.code === line.code)?.roomMinor ?? 0n),
        },
        { key: 'share', head: t('plan.share'), numeric: true, cell: (line) => amt(line.amountMinor) },
        { key: 'own', head: t('plan.fromOwn'), numeric: true, cell: (line) => amt(line.designatedMinor) },
        {
          key: 'free',
          head: t('plan.fromFree'),
          numeric: true,
          cell: (line) => amt(line.amountMinor - line.designatedMinor),
        },
      ]}
    />
  );
}
