import type { Metadata } from 'next';
import { requireStaff } from '@/lib/auth/session';
import { accountingToday } from '@/lib/clock';
import { mergedPairs, suggestDuplicates, type GiverSummary } from '@/lib/donors/duplicates.queries';
import { openRequests } from '@/lib/donors/requests.queries';
import { amountText, dateText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { isCurrency, money } from '@/lib/shared/money';
import { Empty, Msg } from '../../../_ui/msg/component';
import { langParam } from '../../../_ui/site/page-lang';
import { Panel, StaffTitle } from '../../../_ui/staff/component';
import type { DeskField } from '../_desk/act-form.rules';
import { deskActs } from '../_desk/desk-acts';
import { Desk, doneText } from '../_desk/desk';

type Props = { params: Promise<{ lang: string }>; searchParams: Promise<{ done?: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'me')('desk.title') };
}

/** What givers asked for, records that may be one person, and those that were joined. */
export default async function DonorsPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('finance:read', lang);
  const t = words(lang, 'me');
  const [requests, suggestions, merged] = await Promise.all([
    openRequests(),
    suggestDuplicates(),
    mergedPairs(),
  ]);
  const done = doneText(lang, (await searchParams).done);
  const act = deskActs(lang, actor, `/${lang}/finance/donors`);
  const day: DeskField = {
    kind: 'day',
    name: 'on',
    label: words(lang, 'desk')('act.day'),
    value: accountingToday(),
  };
  const why: DeskField = { kind: 'area', name: 'reason', label: t('reason') };
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={t('desk.title')} />
      {done && <Msg kind="ok" title={done} />}
      <h2>{t('desk.requests')}</h2>
      {requests.length === 0 && <Empty title={t('desk.noRequests')}>{t('desk.noRequestsBody')}</Empty>}
      <ul className="desk-list">
        {requests.map((request) => (
          <li key={request.code}>
            <Panel
              title={
                request.kind === 'refund' && isCurrency(request.currency)
                  ? t('desk.refundOf', {
                      gift: request.gift,
                      amount: amountText(money(request.currency, request.amountMinor ?? 0n)),
                    })
                  : t('desk.moveOf', { gift: request.gift, road: request.designation ?? t('whereNeeded') })
              }
              aside={request.code}
            >
              <p>{t('desk.asked', { date: dateText(request.askedOn, lang) })}</p>
              {request.reason !== null && <p>{request.reason}</p>}
              {request.kind === 'refund'
                ? act('donor.propose_refund', 'refund:propose', t('desk.propose'), { code: request.code }, [
                    day,
                  ])
                : act('donor.move_gift', 'donor:move', t('desk.carryOut'), { code: request.code }, [day])}
              {act('donor.decline_request', 'donor:decline', t('desk.decline'), { code: request.code }, [
                day,
                why,
              ])}
            </Panel>
          </li>
        ))}
      </ul>
      <h2>{t('desk.duplicates')}</h2>
      {suggestions.length === 0 && <Empty title={t('desk.noDuplicates')}>{t('desk.noDuplicatesBody')}</Empty>}
      <ul className="desk-list">
        {suggestions.map(({ a, b, reasons }) => (
          <li key={`${a.id}-${b.id}`}>
            <Panel title={reasons.map((reason) => t(`desk.why.${reason}`)).join(' · ')}>
              <p>{summary(lang, a)}</p>
              {act('donor.merge', 'donor:merge', t('desk.merge'), { kept: a.id, merged: b.id }, [])}
              <p>{summary(lang, b)}</p>
              {act('donor.merge', 'donor:merge', t('desk.merge'), { kept: b.id, merged: a.id }, [])}
              {act('donor.keep_apart', 'donor:merge', t('desk.apart'), { kept: a.id, merged: b.id }, [])}
            </Panel>
          </li>
        ))}
      </ul>
      <h2>{t('desk.merged')}</h2>
      {merged.length === 0 && <p>{t('desk.noMerged')}</p>}
      <ul className="desk-list">
        {merged.map((pair) => (
          <li key={String(pair.id)}>
            <Panel
              title={t('desk.mergedPair', {
                merged: pair.merged.name ?? t('desk.noName'),
                kept: pair.kept.name ?? t('desk.noName'),
              })}
            >
              <p>{summary(lang, pair.kept)}</p>
              <p>{summary(lang, pair.merged)}</p>
              {act('donor.end_merge', 'donor:merge', t('desk.unmerge'), { merge: String(pair.id) }, [why])}
            </Panel>
          </li>
        ))}
      </ul>
    </Desk>
  );
}

const summary = (lang: Lang, giver: GiverSummary): string => {
  const t = words(lang, 'me');
  return t('desk.summary', {
    name: giver.name ?? t('desk.noName'),
    email: giver.email ?? '—',
    phone: giver.phone ?? '—',
    gifts: giver.gifts,
    pledges: giver.pledges,
  });
};
