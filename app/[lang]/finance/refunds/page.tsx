import type { Metadata } from 'next';
import { mayDo } from '@/lib/auth/roles.rules';
import { requireStaff } from '@/lib/auth/session';
import { accountingToday } from '@/lib/clock';
import {
  refundableGift,
  refundLines,
  roadLosses,
  type RefundLine,
  type RoadLoss,
} from '@/lib/donations/return.queries';
import { amountText, dateText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { newId } from '@/lib/shared/id';
import { isCurrency, money, parseAmount, toDecimal, type Money as Amount } from '@/lib/shared/money';
import { Btn } from '../../../_ui/btn/component';
import { Chip } from '../../../_ui/chip/component';
import { Code } from '../../../_ui/code/component';
import { TextField } from '../../../_ui/form/component';
import { Empty, Msg } from '../../../_ui/msg/component';
import { langParam } from '../../../_ui/site/page-lang';
import { Panel, StaffTitle } from '../../../_ui/staff/component';
import { ActForm } from '../_desk/act-form';
import { actOnDesk } from '../_desk/action';
import { Desk, doneText } from '../_desk/desk';
import { Money } from '../_desk/money';
import { refundReason } from '../_desk/refund-reason';
import { RoadLosses } from './road-losses';

type Query = { done?: string; gift?: string; amount?: string };
type Props = { params: Promise<{ lang: string }>; searchParams: Promise<Query> };
type Holds = { readonly propose: boolean; readonly approve: boolean; readonly personId: string };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'books')('refunds.title') };
}

/** Refunds by maker and checker; both see which roads lose what before they confirm. */
export default async function RefundsPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('finance:read', lang);
  const t = words(lang, 'books');
  const query = await searchParams;
  const rows = await refundLines();
  const proposed = rows.filter((row) => row.status === 'proposed');
  const told = await roadLosses(proposed);
  const losses = new Map(proposed.map((row, at) => [row.code, told[at] ?? null]));
  const done = doneText(lang, query.done);
  const holds: Holds = {
    propose: mayDo(actor, 'refund:propose') === 'allowed',
    approve: mayDo(actor, 'refund:approve') === 'allowed',
    personId: actor.personId,
  };
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={t('refunds.title')} over={t('refunds.over')} />
      {done && <Msg kind="ok" title={done} />}
      {holds.propose && <Proposal lang={lang} query={query} />}
      {rows.length === 0 && <Empty title={t('refunds.empty')} />}
      <ul className="desk-list">
        {rows.map((row) => (
          <li key={row.code}>
            <Refund lang={lang} row={row} losses={losses.get(row.code) ?? null} holds={holds} />
          </li>
        ))}
      </ul>
    </Desk>
  );
}

async function Proposal({ lang, query }: { lang: Lang; query: Query }) {
  const t = words(lang, 'books');
  const code = query.gift?.trim() ?? '';
  const gift = code === '' ? null : await refundableGift(code);
  const currency = gift && isCurrency(gift.currency) ? gift.currency : null;
  const typed = currency === null ? null : parseAmount(query.amount ?? '', currency);
  const asked: Amount | null = currency !== null && typed?.ok === true ? money(currency, typed.value) : null;
  const fits = gift !== null && asked !== null && asked.minor <= gift.availableMinor;
  const [losses] = fits ? await roadLosses([{ gift: gift.code, amountMinor: asked.minor }]) : [];
  return (
    <Panel title={t('refunds.find')}>
      <form method="get" action={`/${lang}/finance/refunds`} className="desk-choice">
        <TextField
          id="refund-gift"
          name="gift"
          label={t('refunds.gift')}
          defaultValue={code}
          autoComplete="off"
        />
        <TextField
          id="refund-amount"
          name="amount"
          figures
          inputMode="decimal"
          label={t('refunds.amount')}
          defaultValue={query.amount}
          autoComplete="off"
        />
        <Btn kind="line" size="dense" type="submit">
          {t('refunds.preview')}
        </Btn>
      </form>
      {code !== '' && !fits && <Msg kind="warn" title={t('refunds.noGift')} />}
      {currency !== null && gift && (
        <p>{t('refunds.left').replace('@', amountText(money(currency, gift.availableMinor)))}</p>
      )}
      {fits && (
        <>
          <RoadLosses lang={lang} refund={gift.code} currency={asked.currency} losses={losses ?? null} />
          <ActForm
            id="propose-refund"
            lang={lang}
            action={actOnDesk}
            hidden={{
              lang,
              back: `/${lang}/finance/refunds`,
              act: 'refund.propose',
              donation: gift.code,
              amount: toDecimal(asked.minor, asked.currency),
              currency: asked.currency,
              on: accountingToday(),
              key: newId(),
            }}
            fields={[{ kind: 'area', name: 'reason', label: t('refunds.reason') }]}
            submit={t('refunds.propose')}
            refusedTitle={words(lang, 'desk')('act.refused')}
          />
        </>
      )}
    </Panel>
  );
}

type RefundProps = {
  lang: Lang;
  row: RefundLine;
  losses: readonly RoadLoss[] | null;
  holds: Holds;
};

function Refund({ lang, row, losses, holds }: RefundProps) {
  const t = words(lang, 'books');
  const desk = words(lang, 'desk');
  const form = (
    act: string,
    label: string,
    fields: Parameters<typeof ActForm>[0]['fields'],
    line = false,
  ) => (
    <ActForm
      id={`${act.replace('.', '-')}-${row.code}`}
      lang={lang}
      action={actOnDesk}
      hidden={{
        lang,
        back: `/${lang}/finance/refunds`,
        act,
        code: row.code,
        seenHash: row.contentHash,
        on: accountingToday(),
        key: newId(),
      }}
      fields={fields}
      submit={label}
      refusedTitle={desk('act.refused')}
      kind={line ? 'line' : 'primary'}
    />
  );
  const own = row.makerId === holds.personId;
  return (
    <Panel
      title={
        <>
          <Code code={row.code} /> · <a href={`/${lang}/gifts/${row.gift}`}>{row.gift}</a>
        </>
      }
      aside={<Money minor={row.amountMinor} currency={row.currency} />}
    >
      <p>
        {t(`refundState.${row.status}` as 'refundState.sent')}
        {' · '}
        {row.makerName === null
          ? t('refunds.foundAtProvider')
          : t('refunds.made', { name: row.makerName, on: dateText(row.on, lang) })}
        {' · '}
        {row.failure ?? refundReason(row.reason, lang)}
      </p>
      {row.status === 'proposed' && (
        <RoadLosses lang={lang} refund={row.code} currency={row.currency} losses={losses} />
      )}
      {row.status === 'proposed' && holds.approve && own && (
        <Chip kind="held" icon="lock">
          {words(lang, 'books')('own')}
        </Chip>
      )}
      {row.status === 'proposed' && holds.approve && !own && (
        <div className="desk-acts">
          {form('refund.approve', t('refunds.approve'), [])}
          {form(
            'refund.decline',
            t('refunds.decline'),
            [{ kind: 'text', name: 'reason', label: t('refunds.reason') }],
            true,
          )}
        </div>
      )}
      {row.status === 'approved' && holds.propose && form('refund.send', t('refunds.send'), [])}
      {row.status === 'sent' &&
        !row.online &&
        holds.propose &&
        form('refund.complete', t('refunds.complete'), [
          { kind: 'text', name: 'bankReference', label: desk('act.bankReference') },
        ])}
    </Panel>
  );
}
