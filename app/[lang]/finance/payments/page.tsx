import type { Metadata } from 'next';
import { paymentsMade } from '@/lib/approvals/approvals.queries';
import { mayDo } from '@/lib/auth/roles.rules';
import { requireStaff } from '@/lib/auth/session';
import { accountingToday } from '@/lib/clock';
import { amountText, dateText } from '@/lib/i18n/format';
import { words } from '@/lib/i18n/words';
import { newId } from '@/lib/shared/id';
import { isCurrency, money } from '@/lib/shared/money';
import { Amt } from '../../../_ui/amt/component';
import { Code } from '../../../_ui/code/component';
import { Empty, Msg } from '../../../_ui/msg/component';
import { Facts } from '../../../_ui/page/component';
import { langParam } from '../../../_ui/site/page-lang';
import { Panel, StaffTitle } from '../../../_ui/staff/component';
import { ActForm } from '../_desk/act-form';
import { actOnDesk } from '../_desk/action';
import { Desk, doneText } from '../_desk/desk';
import { payableNow } from '../_desk/waiting';

type Props = { params: Promise<{ lang: string }>; searchParams: Promise<{ done?: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'desk')('payments.title') };
}

/** The transfer list: what was approved and the bank has yet to pay. */
export default async function PaymentsPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('finance:read', lang);
  const t = words(lang, 'desk');
  const payable = await payableNow();
  const done = doneText(lang, (await searchParams).done);
  const mayPay = mayDo(actor, 'disbursement:pay') === 'allowed';
  const made = mayPay ? await paymentsMade() : [];
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={t('payments.title')} over={t('payments.over')}>
        {mayPay && payable.length > 0 && (
          <a href={`/${lang}/finance/payments/file`}>{words(lang, 'roadWork')('transfer.link')}</a>
        )}
      </StaffTitle>
      {done && <Msg kind="ok" title={done} />}
      {payable.length === 0 && <Empty title={t('payments.empty')}>{t('payments.emptyBody')}</Empty>}
      <ul className="desk-list">
        {payable.map((payment) => (
          <li key={payment.code}>
            <Panel
              title={<Code code={payment.code} />}
              aside={
                isCurrency(payment.currency) && <Amt value={money(payment.currency, payment.amountMinor)} />
              }
            >
              <Facts
                facts={[
                  {
                    term: t('roads.code'),
                    value: <Code code={payment.segment} href={`/${lang}/finance/roads/${payment.segment}`} />,
                  },
                  { term: t('payments.contractor'), value: payment.contractor },
                  { term: t('payments.approvedOn'), value: dateText(payment.approvedOn, lang) },
                ]}
              />
              {mayPay && (
                <ActForm
                  id={`pay-${payment.code}`}
                  lang={lang}
                  action={actOnDesk}
                  hidden={{
                    lang,
                    back: `/${lang}/finance/payments`,
                    act: 'disbursement.pay',
                    code: payment.code,
                    key: newId(),
                  }}
                  fields={[
                    { kind: 'day', name: 'on', label: t('act.day'), value: accountingToday() },
                    { kind: 'text', name: 'bankReference', label: t('act.bankReference') },
                  ]}
                  submit={t('act.pay')}
                  refusedTitle={t('act.refused')}
                />
              )}
            </Panel>
          </li>
        ))}
      </ul>
      {made.length > 0 && (
        <Panel title={t('payments.bounced')}>
          <p>{t('payments.bouncedNote')}</p>
          <ActForm
            id="bounce"
            lang={lang}
            action={actOnDesk}
            hidden={{ lang, back: `/${lang}/finance/payments`, act: 'disbursement.bounce', key: newId() }}
            fields={[
              {
                kind: 'choice',
                name: 'code',
                label: t('payments.paidOut'),
                choices: made.map((one) => ({
                  value: one.code,
                  label: [
                    one.code,
                    one.segment,
                    one.paidOn && dateText(one.paidOn, lang),
                    isCurrency(one.currency) && amountText(money(one.currency, one.amountMinor)),
                  ]
                    .filter(Boolean)
                    .join(' · '),
                })),
              },
              { kind: 'text', name: 'reason', label: t('act.reason') },
              { kind: 'day', name: 'on', label: t('act.day'), value: accountingToday() },
            ]}
            submit={t('act.bounce')}
            refusedTitle={t('act.refused')}
            kind="line"
          />
        </Panel>
      )}
    </Desk>
  );
}
