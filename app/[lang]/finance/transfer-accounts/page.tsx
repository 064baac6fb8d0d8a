import type { Metadata } from 'next';
import { mayDo } from '@/lib/auth/roles.rules';
import { requireStaff, type StaffActor } from '@/lib/auth/session';
import { accountingToday } from '@/lib/clock';
import { dateText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import {
  transferAccounts,
  type PrintedAccount,
  type TransferAccounts,
} from '@/lib/payments/transfer-account.queries';
import { newId } from '@/lib/shared/id';
import { Empty, Msg } from '../../../_ui/msg/component';
import { Facts } from '../../../_ui/page/component';
import { langParam } from '../../../_ui/site/page-lang';
import { Panel, StaffTitle } from '../../../_ui/staff/component';
import { Table } from '../../../_ui/table/component';
import { ActForm } from '../_desk/act-form';
import { actOnDesk } from '../_desk/action';
import { Desk, doneText } from '../_desk/desk';
import { nameNow } from '../_desk/waiting';
import { WaitingChange } from './waiting-change';

type Props = { params: Promise<{ lang: string }>; searchParams: Promise<{ done?: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'transferAccounts')('title') };
}

/** The account that transfer cards print, of each campaign; changed by two people. */
export default async function TransferAccountsPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('finance:read', lang);
  const t = words(lang, 'transferAccounts');
  const [campaigns, name] = await Promise.all([transferAccounts(), nameNow(actor.personId)]);
  const done = doneText(lang, (await searchParams).done);
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={t('title')} over={t('over')} />
      {done && <Msg kind="ok" title={done} />}
      {campaigns.map((one) => (
        <Campaign key={one.campaign} lang={lang} actor={{ ...actor, name }} of={one} />
      ))}
    </Desk>
  );
}

type Reader = StaffActor & { readonly name: string };

function Campaign({ lang, actor, of }: { lang: Lang; actor: Reader; of: TransferAccounts }) {
  const t = words(lang, 'transferAccounts');
  const [current, ...before] = of.printed;
  return (
    <>
      <Panel title={`${of.name[lang]} · ${t('inForce')}`}>
        {current ? (
          <Facts
            facts={[
              { term: t('holder'), value: current.holder[lang] },
              { term: t('number'), value: <span className="num">{current.accountNumber}</span> },
              { term: t('bank'), value: current.bank[lang] },
              { term: t('since'), value: `${dateText(current.since, lang)} · ${decided(lang, current)}` },
            ]}
          />
        ) : (
          <Empty title={t('none')}>{t('noneBody')}</Empty>
        )}
      </Panel>
      {of.waiting && (
        <WaitingChange lang={lang} actor={actor} waiting={of.waiting} current={current ?? null} />
      )}
      {of.waiting === null && mayDo(actor, 'transfer_account:propose') === 'allowed' && (
        <Panel title={current ? t('propose') : t('first')}>
          <ActForm
            id={`propose-${of.campaign}`}
            lang={lang}
            action={actOnDesk}
            hidden={{
              lang,
              back: `/${lang}/finance/transfer-accounts`,
              act: 'transfer_account.propose',
              campaign: of.campaign,
              on: accountingToday(),
              key: newId(),
            }}
            fields={[
              { kind: 'text', name: 'holder', label: t('holderAsk') },
              { kind: 'text', name: 'accountNumber', label: t('numberAsk') },
              { kind: 'text', name: 'bank', label: t('bank') },
              { kind: 'text', name: 'holderEn', label: t('holderEnAsk'), optional: true },
              { kind: 'text', name: 'bankEn', label: t('bankEnAsk'), optional: true },
              { kind: 'area', name: 'reason', label: t('reason') },
            ]}
            submit={t('send')}
            refusedTitle={words(lang, 'desk')('act.refused')}
          />
        </Panel>
      )}
      {before.length > 0 && (
        <Panel title={t('history')} flush>
          <Table
            caption={t('history')}
            captionHidden
            look="dense"
            lang={lang}
            rows={before}
            rowKey={(row) => `${row.since} ${row.accountNumber}`}
            columns={[
              { key: 'since', head: t('since'), names: true, cell: (row) => dateText(row.since, lang) },
              { key: 'holder', head: t('holder'), cell: (row) => row.holder[lang] },
              { key: 'number', head: t('number'), cell: (row) => row.accountNumber },
              { key: 'bank', head: t('bank'), cell: (row) => row.bank[lang] },
              {
                key: 'by',
                head: t('reason'),
                cell: (row) => [decided(lang, row), row.reason].filter(Boolean).join(' · '),
              },
            ]}
          />
        </Panel>
      )}
    </>
  );
}

const decided = (lang: Lang, { maker, checker }: PrintedAccount): string => {
  const t = words(lang, 'transferAccounts');
  return maker === null || checker === null ? t('setUp') : t('by', { maker, checker });
};
