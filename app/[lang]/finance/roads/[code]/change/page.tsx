import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { requireStaff } from '@/lib/auth/session';
import { accountingToday } from '@/lib/clock';
import { dateText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import {
  changesOfRoad,
  giftsOnDesk,
  type ChangeOnDesk,
  type GiftOnDesk,
} from '@/lib/plan-changes/change.queries';
import { roadOnDesk, roadsOnDesk } from '@/lib/segments/segment.queries';
import { newId } from '@/lib/shared/id';
import { isCurrency, money } from '@/lib/shared/money';
import { Amt } from '../../../../../_ui/amt/component';
import { Code } from '../../../../../_ui/code/component';
import { Empty, Msg } from '../../../../../_ui/msg/component';
import { langParam } from '../../../../../_ui/site/page-lang';
import { Figures, Panel, StaffTitle } from '../../../../../_ui/staff/component';
import { Table } from '../../../../../_ui/table/component';
import { ActForm } from '../../../_desk/act-form';
import { actOnDesk } from '../../../_desk/action';
import { Desk, doneText } from '../../../_desk/desk';
import { changeSteps } from './change-steps';

type Props = {
  params: Promise<{ lang: string; code: string }>;
  searchParams: Promise<{ done?: string }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'changes')('title', { code: (await params).code }) };
}

/** The one screen for a changed plan: gifts touched, legal basis, question, deadline, outcome. */
export default async function ChangedPlanPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('finance:read', lang);
  const road = await roadOnDesk((await params).code);
  if (!road) notFound();
  const t = words(lang, 'changes');
  const [newest, ...past] = await changesOfRoad(road.code);
  const current = newest?.status === 'withdrawn' ? undefined : newest;
  const gifts = current ? await giftsOnDesk(current.id) : [];
  const today = accountingToday();
  const others = (await roadsOnDesk())
    .filter((one) => one.campaign === road.campaign && one.code !== road.code)
    .map((one) => ({ value: one.code, label: `${one.code} ${one.name[lang]}` }));
  const steps = changeSteps({ road, change: current ?? null, gifts, others, actor, today, lang });
  const done = doneText(lang, (await searchParams).done);
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={t('title', { code: road.code })} over={t('over')}>
        <a href={`/${lang}/finance/roads/${road.code}`}>{`${road.code} ${road.name[lang]}`}</a>
        {current && gifts.some((gift) => !gift.hasAddress && gift.answer === 'to_ask') && (
          <a href={`/${lang}/finance/roads/${road.code}/change/letters`}>{t('letters')}</a>
        )}
      </StaffTitle>
      {done && <Msg kind="ok" title={done} />}
      {current && <Current lang={lang} change={current} gifts={gifts} />}
      <div className="desk-steps">
        {steps.map((step) => (
          <Panel key={step.id} title={step.title}>
            <ActForm
              id={`step-${step.id}`}
              lang={lang}
              action={actOnDesk}
              hidden={{
                lang,
                back: `/${lang}/finance/roads/${road.code}/change`,
                act: step.act,
                key: newId(),
                segment: road.code,
                ...step.hidden,
              }}
              fields={step.fields}
              submit={step.title}
              refusedTitle={words(lang, 'desk')('act.refused')}
            />
          </Panel>
        ))}
      </div>
      {past.length > 0 && (
        <Panel title={t('past')}>
          <ul>
            {past.map((change) => (
              <li key={change.code}>
                {change.code} · {t(`kinds.${change.kind}`)} · {t(`status.${change.status}`)}
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </Desk>
  );
}

function Current({
  lang,
  change,
  gifts,
}: {
  lang: Lang;
  change: ChangeOnDesk;
  gifts: readonly GiftOnDesk[];
}) {
  const t = words(lang, 'changes');
  const evidence = (gift: GiftOnDesk): string =>
    gift.evidence === 'own-link'
      ? t('ownLink')
      : gift.evidence === 'with-gift'
        ? t('withGift')
        : (gift.evidence ?? '');
  return (
    <>
      <Figures
        figures={[
          { term: change.code, value: t(`status.${change.status}`) },
          { term: t('kind'), value: t(`kinds.${change.kind}`) },
          {
            term: t('basis'),
            value: [t(`bases.${change.basis}`), change.basisReference].filter(Boolean).join(' '),
          },
          {
            term: t('target'),
            value:
              change.toSegment === null
                ? t('anyRoad')
                : `${change.toSegment} ${change.toSegmentName?.[lang] ?? ''}`,
          },
          { term: t('deadline'), value: dateText(change.deadline, lang) },
        ]}
      />
      <p>{change.reason[lang]}</p>
      {change.outcome && <Msg kind="info" title={change.outcome[lang]} />}
      {gifts.length === 0 ? (
        <Empty title={t('none')} />
      ) : (
        <Panel title={t('gifts')} flush>
          <Table
            caption={t('gifts')}
            captionHidden
            look="dense"
            lang={lang}
            rows={gifts}
            rowKey={(gift) => gift.subject}
            columns={[
              { key: 'gift', head: t('gift'), names: true, cell: (gift) => <Code code={gift.subject} /> },
              { key: 'giver', head: t('giver'), cell: (gift) => gift.donorName ?? t('anonymous') },
              {
                key: 'amount',
                head: t('amount'),
                numeric: true,
                cell: (gift) =>
                  isCurrency(change.currency) && <Amt value={money(change.currency, gift.amountMinor)} />,
              },
              {
                key: 'answer',
                head: t('answer'),
                cell: (gift) =>
                  [t(`answers.${gift.answer}`), gift.answeredOn && dateText(gift.answeredOn, lang)]
                    .filter(Boolean)
                    .join(' · '),
              },
              { key: 'evidence', head: t('evidence'), cell: evidence },
              {
                key: 'outcome',
                head: t('outcome'),
                cell: (gift) =>
                  gift.outcome === null
                    ? '—'
                    : [t(`outcomes.${gift.outcome as 'moved'}`), gift.refund].filter(Boolean).join(' '),
              },
            ]}
          />
        </Panel>
      )}
    </>
  );
}
