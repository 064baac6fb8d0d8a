import type { Metadata } from 'next';
import { mayDo } from '@/lib/auth/roles.rules';
import { requireStaff, type StaffActor } from '@/lib/auth/session';
import { periodDetail, periodLines, type PeriodLine } from '@/lib/bookkeeping/period.queries';
import { accountingToday } from '@/lib/clock';
import { dateText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { reportCampaigns } from '@/lib/reports/lists.queries';
import { newId } from '@/lib/shared/id';
import { addDays, monthRange } from '@/lib/shared/time';
import { staffDb } from '@/lib/staff-db';
import { Chip } from '../../../_ui/chip/component';
import { Empty, Msg } from '../../../_ui/msg/component';
import { Facts } from '../../../_ui/page/component';
import { langParam } from '../../../_ui/site/page-lang';
import { Panel, StaffTitle } from '../../../_ui/staff/component';
import { ActForm } from '../_desk/act-form';
import { actOnDesk } from '../_desk/action';
import { Desk, doneText } from '../_desk/desk';

type Query = { done?: string; campaign?: string; month?: string };
type Props = { params: Promise<{ lang: string }>; searchParams: Promise<Query> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'books')('periods.title') };
}

/** The months of a campaign's books, and the one that is looked at with its checklist and its next act. */
export default async function PeriodsPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('finance:read', lang);
  const t = words(lang, 'books');
  const query = await searchParams;
  const campaigns = await reportCampaigns(staffDb());
  const campaign = campaigns.find((one) => one.slug === query.campaign) ?? campaigns[0];
  const months = campaign ? await periodLines(campaign.slug) : [];
  const chosen =
    months.find((one) => one.month === query.month) ??
    months.find((one) => one.status !== 'closed') ??
    months[0];
  const done = doneText(lang, query.done);
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={t('periods.title')} over={t('periods.over')} />
      {done && <Msg kind="ok" title={done} />}
      {campaign && chosen ? (
        <>
          <nav aria-label={t('periods.month')}>
            <ul className="desk-months">
              {months.map((month) => (
                <li key={month.month}>
                  <a
                    href={`/${lang}/finance/periods?campaign=${campaign.slug}&month=${month.month}`}
                    aria-current={month.month === chosen.month ? 'page' : undefined}
                  >
                    {month.month} {t(`periodState.${month.status}` as 'periodState.open')}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          <Month lang={lang} actor={actor} campaign={campaign.slug} line={chosen} />
        </>
      ) : (
        <Empty title={t('periods.empty')} />
      )}
    </Desk>
  );
}

async function Month({
  lang,
  actor,
  campaign,
  line,
}: {
  lang: Lang;
  actor: StaffActor;
  campaign: string;
  line: PeriodLine;
}) {
  const t = words(lang, 'books');
  const desk = words(lang, 'desk');
  const detail = await periodDetail(campaign, line.month);
  const blocked = detail.checks.some((check) => check.blocks && check.count > 0);
  const lastDay = addDays(monthRange(line.month).to, -1);
  const act = (
    name: string,
    label: string,
    extra: Record<string, string>,
    fields: Parameters<typeof ActForm>[0]['fields'],
    unavailable?: string,
  ) => (
    <ActForm
      id={name.replace('.', '-')}
      lang={lang}
      action={actOnDesk}
      hidden={{
        lang,
        back: `/${lang}/finance/periods`,
        act: name,
        campaign,
        month: line.month,
        seenHash: detail.hash,
        on: accountingToday(),
        key: newId(),
        ...extra,
      }}
      fields={fields}
      submit={label}
      refusedTitle={desk('act.refused')}
      unavailable={unavailable}
    />
  );
  return (
    <>
      <Panel title={`${line.month} · ${t(`periodState.${line.status}` as 'periodState.open')}`}>
        <h3>{t('periods.checklist')}</h3>
        <Facts
          facts={detail.checks.map((check) => ({
            term: t(`checks.${check.name}`),
            value:
              check.count === 0 ? (
                <Chip kind="done" icon="tick">
                  {t('periods.clear')}
                </Chip>
              ) : (
                <Chip kind={check.blocks ? 'bad' : 'go'} icon={check.blocks ? 'octagon' : 'info'}>
                  {t('periods.items', { count: check.count })}
                </Chip>
              ),
          }))}
        />
        <p>
          {t('periods.figures')} <code>{detail.hash.slice(0, 16)}</code> ·{' '}
          <a href={`/${lang}/finance/accounts?kind=trial-balance&campaign=${campaign}&on=${lastDay}`}>
            {t('periods.trial')}
          </a>
        </p>
        {(line.status === 'open' || (line.status === 'soft_closed' && line.preparedHash !== detail.hash)) &&
          mayDo(actor, 'period:prepare') === 'allowed' &&
          act('period.prepare', t('periods.prepare'), {}, [])}
        {line.status === 'soft_closed' &&
          mayDo(actor, 'period:close') === 'allowed' &&
          act(
            'period.close',
            t('periods.close'),
            {},
            [],
            line.preparedBy === actor.personId
              ? t('periods.own')
              : blocked
                ? t('periods.blocked')
                : undefined,
          )}
        {line.status === 'closed' &&
          detail.reopening === null &&
          mayDo(actor, 'period:prepare') === 'allowed' &&
          act('period.propose_reopening', t('periods.reopen'), {}, [
            { kind: 'area', name: 'reason', label: t('periods.reason') },
            { kind: 'area', name: 'publicText', label: t('periods.publicText') },
          ])}
        {detail.reopening !== null && (
          <>
            <p>{t('periods.request', { name: detail.reopening.by, words: detail.reopening.reason })}</p>
            {mayDo(actor, 'period:close') === 'allowed' &&
              act(
                'period.reopen',
                t('periods.approveReopen'),
                { code: detail.reopening.id, seenHash: detail.reopening.hash },
                [],
                detail.reopening.byId === actor.personId ? words(lang, 'books')('own') : undefined,
              )}
          </>
        )}
      </Panel>
      {detail.history.length > 0 && (
        <Panel title={t('periods.history')}>
          <ol>
            {detail.history.map((change, index) => (
              <li key={String(index)}>
                {dateText(change.on, lang)} · {t(`periodEvent.${change.event}` as 'periodEvent.closed')} ·{' '}
                {change.checker === null
                  ? change.maker
                  : t('periods.by', { maker: change.maker, checker: change.checker })}
                {change.reason !== null && ` · ${change.reason}`}
              </li>
            ))}
          </ol>
        </Panel>
      )}
    </>
  );
}
