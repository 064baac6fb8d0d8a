import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { requireStaff } from '@/lib/auth/session';
import { accountingToday } from '@/lib/clock';
import { linesOnDesk } from '@/lib/contracts/contract-line.queries';
import { words } from '@/lib/i18n/words';
import { contractorsOnDesk, roadOnDesk } from '@/lib/segments/segment.queries';
import { newId } from '@/lib/shared/id';
import { isCurrency, money } from '@/lib/shared/money';
import { Amt } from '../../../../_ui/amt/component';
import { RoadStateChip, type RoadState } from '../../../../_ui/chip/component';
import { Empty, Msg } from '../../../../_ui/msg/component';
import { langParam } from '../../../../_ui/site/page-lang';
import { Figures, Panel, StaffTitle } from '../../../../_ui/staff/component';
import { ActForm } from '../../_desk/act-form';
import { actOnDesk } from '../../_desk/action';
import { Desk, doneText } from '../../_desk/desk';
import { lineFields } from './line-fields';
import { nextSteps } from './next-steps';
import { Quotes } from './quotes';

type Props = {
  params: Promise<{ lang: string; code: string }>;
  searchParams: Promise<{ done?: string }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).code };
}

/** One road's money and everything this person can do for it now. */
export default async function RoadDeskPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('finance:read', lang);
  const road = await roadOnDesk((await params).code);
  if (!road || !isCurrency(road.currency)) notFound();
  const t = words(lang, 'desk');
  const currency = road.currency;
  const contractors = (await contractorsOnDesk()).map(({ code, name }) => ({ code, name: name[lang] }));
  const lines = road.contract ? await linesOnDesk(road.contract.code) : [];
  const steps = nextSteps(road, actor, contractors, accountingToday(), t, lineFields(road, lines, lang));
  const done = doneText(lang, (await searchParams).done);
  const amt = (minor: bigint) => <Amt value={money(currency, minor)} />;
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle
        title={t('road.title', { code: road.code, name: road.name[lang] })}
        over={<RoadStateChip state={road.status as RoadState} lang={lang} size="small" />}
      >
        <a href={`/${lang}/roads/${road.code}`}>{t('road.public')}</a>{' '}
        <a href={`/${lang}/site/${road.code}`}>{words(lang, 'siteWork')('title')}</a>{' '}
        <a href={`/${lang}/finance/roads/${road.code}/pictures`}>
          {words(lang, 'siteWork')('check.title', { code: road.code })}
        </a>{' '}
        <a href={`/${lang}/finance/roads/${road.code}/change`}>
          {words(lang, 'changes')('title', { code: road.code })}
        </a>{' '}
        <a href={`/${lang}/finance/roads/${road.code}/line`}>{words(lang, 'roadShape')('edit.link')}</a>{' '}
        <a href={`/${lang}/finance/roads/${road.code}/succession`}>
          {words(lang, 'roadShape')('succession.link')}
        </a>
      </StaffTitle>
      {done && <Msg kind="ok" title={done} />}
      <Figures
        figures={[
          { term: t('road.budget'), value: amt(road.budgetMinor) },
          { term: t('road.free'), value: amt(road.freeMinor) },
          ...(road.contract
            ? [
                {
                  term: `${t('road.contract')} ${road.contract.code}`,
                  value: amt(road.contract.amountMinor),
                },
                { term: t('road.committed'), value: amt(road.contract.committedMinor) },
                { term: t('road.certified'), value: amt(road.contract.certifiedMinor) },
                { term: t('road.paid'), value: amt(road.contract.paidMinor) },
              ]
            : []),
        ]}
      />
      <Quotes lang={lang} road={road} currency={currency} />
      <h2 className="sr-only">{t('road.next')}</h2>
      {steps.length === 0 && <Empty title={t('road.nothing')} />}
      <div className="desk-steps">
        {steps.map((step) => (
          <Panel key={step.id} title={step.title}>
            <ActForm
              id={`step-${step.id}`}
              lang={lang}
              action={actOnDesk}
              hidden={{
                lang,
                back: `/${lang}/finance/roads/${road.code}`,
                act: step.act,
                key: newId(),
                segment: road.code,
                campaign: road.campaign,
                currency,
                ...step.hidden,
              }}
              fields={step.fields}
              submit={step.title}
              refusedTitle={t('act.refused')}
            />
          </Panel>
        ))}
      </div>
    </Desk>
  );
}
