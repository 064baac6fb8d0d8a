import type { Metadata } from 'next';
import { mayDo } from '@/lib/auth/roles.rules';
import { requireStaff } from '@/lib/auth/session';
import { accountingToday } from '@/lib/clock';
import { disputeLines, type DisputeLine } from '@/lib/donations/return.queries';
import { dateText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { newId } from '@/lib/shared/id';
import { Code } from '../../../_ui/code/component';
import { Empty, Msg } from '../../../_ui/msg/component';
import { Facts } from '../../../_ui/page/component';
import { langParam } from '../../../_ui/site/page-lang';
import { Panel, StaffTitle } from '../../../_ui/staff/component';
import { ActForm } from '../_desk/act-form';
import { actOnDesk } from '../_desk/action';
import { Desk, doneText } from '../_desk/desk';
import { Money } from '../_desk/money';

type Props = { params: Promise<{ lang: string }>; searchParams: Promise<{ done?: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'books')('disputes.title') };
}

/** Disputes with what was taken, until when we may answer, and what we have answered. */
export default async function DisputesPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('finance:read', lang);
  const t = words(lang, 'books');
  const rows = await disputeLines();
  const done = doneText(lang, (await searchParams).done);
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={t('disputes.title')} over={t('disputes.over')} />
      {done && <Msg kind="ok" title={done} />}
      {rows.length === 0 && <Empty title={t('disputes.empty')} />}
      <ul className="desk-list">
        {rows.map((row) => (
          <li key={row.code}>
            <Dispute lang={lang} row={row} mayAnswer={mayDo(actor, 'dispute:answer') === 'allowed'} />
          </li>
        ))}
      </ul>
    </Desk>
  );
}

function Dispute({ lang, row, mayAnswer }: { lang: Lang; row: DisputeLine; mayAnswer: boolean }) {
  const t = words(lang, 'books');
  return (
    <Panel
      title={
        <>
          <Code code={row.code} /> · {t(`disputeState.${row.status}` as 'disputeState.open')}
        </>
      }
      aside={<Money minor={row.amountMinor} currency={row.currency} />}
    >
      <Facts
        facts={[
          { term: t('disputes.gift'), value: <a href={`/${lang}/gifts/${row.gift}`}>{row.gift}</a> },
          { term: t('disputes.fee'), value: <Money minor={row.feeMinor} currency={row.currency} /> },
          { term: t('disputes.opened'), value: dateText(row.openedOn, lang) },
          {
            term: t('disputes.due'),
            value: row.dueOn === null ? t('disputes.noDue') : dateText(row.dueOn, lang),
          },
        ]}
      />
      {row.answers.length > 0 && (
        <>
          <h3>{t('disputes.answers')}</h3>
          <ul>
            {row.answers.map((answer) => (
              <li key={`${answer.on}${answer.words}`}>
                {answer.words}
                {answer.document !== null && ` · ${answer.document}`} ·{' '}
                {answer.sent ? t('disputes.sent', { on: dateText(answer.on, lang) }) : t('disputes.waiting')}
              </li>
            ))}
          </ul>
        </>
      )}
      {row.status === 'open' && mayAnswer && (
        <ActForm
          id={`answer-${row.code}`}
          lang={lang}
          action={actOnDesk}
          hidden={{
            lang,
            back: `/${lang}/finance/disputes`,
            act: 'dispute.answer',
            code: row.code,
            campaign: row.campaign,
            on: accountingToday(),
            key: newId(),
          }}
          fields={[
            { kind: 'area', name: 'words', label: t('disputes.answer') },
            { kind: 'file', name: 'document', label: t('disputes.file'), accept: 'application/pdf' },
          ]}
          submit={t('disputes.submit')}
          refusedTitle={words(lang, 'desk')('act.refused')}
        />
      )}
    </Panel>
  );
}
