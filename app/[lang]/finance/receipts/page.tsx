import type { Metadata } from 'next';
import { requireStaff } from '@/lib/auth/session';
import { accountingToday } from '@/lib/clock';
import { amountText, dateText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { deskReceipts, giftWithoutReceipt, type DeskReceipt } from '@/lib/receipts/desk.queries';
import { Btn, BtnLink } from '../../../_ui/btn/component';
import { TextField } from '../../../_ui/form/component';
import { Empty, Msg } from '../../../_ui/msg/component';
import { amountOf } from '../../(donor)/me/me';
import { langParam } from '../../../_ui/site/page-lang';
import { Panel, StaffTitle } from '../../../_ui/staff/component';
import { Table } from '../../../_ui/table/component';
import { Desk, doneText } from '../_desk/desk';
import { deskActs, fold, type DrawAct } from '../_desk/desk-acts';

type Query = { done?: string; q?: string };
type Props = { params: Promise<{ lang: string }>; searchParams: Promise<Query> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'giverDesk')('receipts.title') };
}

/** Receipts: the newest, or those that a number finds, with what can be done about each. */
export default async function ReceiptsPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('finance:read', lang);
  const t = words(lang, 'giverDesk');
  const query = await searchParams;
  const asked = (query.q ?? '').trim().slice(0, 40);
  const [receipts, without] = await Promise.all([
    deskReceipts(asked),
    asked === '' ? null : giftWithoutReceipt(asked),
  ]);
  const done = doneText(lang, query.done);
  const act = deskActs(lang, actor, `/${lang}/finance/receipts`);
  const on = accountingToday();
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={t('receipts.title')} />
      {done && <Msg kind="ok" title={done} />}
      <form method="get" action={`/${lang}/finance/receipts`} className="desk-choice">
        <TextField id="q" name="q" label={t('receipts.search')} defaultValue={asked} autoComplete="off" />
        <Btn kind="line" size="dense" type="submit">
          {t('receipts.find')}
        </Btn>
      </form>
      {asked !== '' && receipts.length === 0 && without === null && (
        <Msg kind="warn" title={t('receipts.notFound')} />
      )}
      {without && (
        <Panel title={t('receipts.unissued', { gift: without.gift })}>
          {without.waived && <p>{t('receipts.waived')}</p>}
          {without.waived
            ? act('receipt.unwaive', 'receipt:waive', t('receipts.unwaive'), { gift: without.gift, on }, [])
            : act('receipt.issue', 'receipt:issue', t('receipts.issue'), { gift: without.gift }, [])}
          {!without.waived &&
            act('receipt.waive', 'receipt:waive', t('receipts.waive'), { gift: without.gift, on }, [])}
        </Panel>
      )}
      {asked !== '' &&
        receipts.map((receipt) => (
          <Panel key={receipt.id} title={t('receipts.receiptOf', { number: receipt.number })}>
            <Decisions lang={lang} receipt={receipt} act={act} on={on} />
          </Panel>
        ))}
      <Panel title={t('receipts.title')} flush>
        <List lang={lang} receipts={receipts} />
      </Panel>
    </Desk>
  );
}

function List({ lang, receipts }: { lang: Lang; receipts: readonly DeskReceipt[] }) {
  const t = words(lang, 'giverDesk');
  return (
    <Table
      caption={t('receipts.title')}
      captionHidden
      lang={lang}
      look="dense"
      rows={receipts}
      rowKey={(receipt) => receipt.id}
      empty={<Empty title={t('receipts.none')}>{t('receipts.noneBody')}</Empty>}
      columns={[
        {
          key: 'number',
          head: t('receipts.number'),
          names: true,
          cell: (one) => <a href={`/${lang}/finance/receipts?q=${one.number}`}>{one.number}</a>,
        },
        { key: 'gift', head: t('receipts.gift'), cell: (one) => one.gift },
        {
          key: 'to',
          head: t('receipts.to'),
          cell: (one) => <bdi>{one.issuedTo ?? t('receipts.anonymous')}</bdi>,
        },
        {
          key: 'amount',
          head: t('receipts.amount'),
          numeric: true,
          cell: (one) => amountText(amountOf(one.currency, one.amountMinor)),
        },
        { key: 'day', head: t('receipts.day'), cell: (one) => dateText(one.issuedOn, lang) },
        { key: 'state', head: t('receipts.state'), cell: (one) => t(`receipts.${stateOf(one.status)}`) },
        {
          key: 'fiscal',
          head: t('receipts.fiscal'),
          cell: (one) => one.fiscalNumber ?? t('receipts.noFiscal'),
        },
      ]}
    />
  );
}

const stateOf = (status: string) =>
  (['issued', 'voided', 're_issued'] as const).find((one) => one === status) ?? 'issued';

function Decisions({
  lang,
  receipt,
  act,
  on,
}: {
  lang: Lang;
  receipt: DeskReceipt;
  act: DrawAct;
  on: string;
}) {
  const t = words(lang, 'giverDesk');
  const hidden = { campaign: receipt.campaign, serial: String(receipt.serial), on };
  const reason = { kind: 'area', name: 'reason', label: t('receipts.reason') } as const;
  const draw = (name: 'void' | 'reissue' | 'fiscal', submit: string, fields: Parameters<DrawAct>[4]) =>
    fold(submit, act(`receipt.${name}`, 'receipt:issue', submit, hidden, fields));
  return (
    <>
      <BtnLink kind="line" size="dense" href={`/${lang}/me/receipts/${receipt.id}`}>
        {t('receipts.print')}
      </BtnLink>
      {receipt.status === 'issued' && (
        <>
          {draw('fiscal', t('receipts.registerFiscal'), [
            { kind: 'text', name: 'fiscalNumber', label: t('receipts.fiscal') },
          ])}
          {draw('void', t('receipts.void'), [reason])}
        </>
      )}
      {receipt.status !== 're_issued' &&
        draw('reissue', t('receipts.reissue'), [
          reason,
          { kind: 'text', name: 'issuedTo', label: t('receipts.issuedTo'), optional: true },
        ])}
    </>
  );
}
