import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { Amt } from '@/app/_ui/amt/component';
import { Icon } from '@/app/_ui/icon/component';
import { Msg } from '@/app/_ui/msg/component';
import { langParam } from '@/app/_ui/site/page-lang';
import { amountText, dateText, metresText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { answersHash } from '@/lib/payments/give.flow';
import {
  chargeOf,
  inParts,
  instalmentsOf,
  isPromise,
  millimetresFor,
  type GiveStep,
} from '@/lib/payments/give-draft.rules';
import { FORM_AGE_MS } from '@/lib/payments/defence.rules';
import { makeFormToken } from '@/lib/payments/form-token';
import { money } from '@/lib/shared/money';
import { workWords } from '../../_give/admit';
import { atStep, stepPath, type AtStep } from '../../_give/at-step';
import { roughly } from '../../_give/roughly';
import { GiveShell } from '../../_give/shell';
import { stepWords } from '../../_give/step-words';
import { finish } from '../actions';
import { ReviewStep } from './review-step';

type Props = { params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'give')('review.title'), robots: { index: false } };
}

export default async function ReviewPage({ params }: Props) {
  const lang = await langParam(params);
  const at = await atStep(lang, 'review');
  const { draft, giving, n, total, back } = at;
  const t = words(lang, 'give');
  const road = giving.roads.find((one) => one.code === draft.road);
  const promise = isPromise(draft);
  const button = inParts(draft) ? 'promise' : promise ? 'transfer' : 'pay';
  const sentBefore = draft.sent?.answers === answersHash(draft);
  return (
    <GiveShell lang={lang} title={t('review.title')} step={{ n, total }} back={back}>
      <ReviewStep
        action={finish.bind(null, lang)}
        answers={{ ifNotBuilt: draft.ifNotBuilt }}
        token={makeFormToken(tokenTime(draft.begun))}
        work={workWords(lang)}
        signInHref={`/${lang}/sign-in?next=${stepPath(lang, 'review')}`}
        transferHref={stepPath(lang, 'method')}
        choices={
          road
            ? [
                { value: 'ask', title: t('review.ask'), note: t('review.askNote') },
                { value: 'where_needed', title: t('review.whereNeeded') },
                { value: 'return', title: t('review.return') },
              ]
            : null
        }
        said={stepWords(lang, { currency: draft.currency, today: giving.today })}
        t={{
          legend: t('review.ifNotBuilt'),
          button: t(`review.${button}`),
          note: promise ? t('review.promiseNote') : t('review.payNote'),
        }}
        facts={<Answers lang={lang} at={at} />}
      >
        {sentBefore && (
          <Msg kind="info" title={t('keyed')}>
            <p>{t('review.again')}</p>
          </Msg>
        )}
        <ul className="give-facts">
          {road && (
            <li>
              <Icon name="info" />
              <span>
                {t('review.needs', {
                  road: road.name,
                  amount: amountText(money(giving.currency, road.needsMinor)),
                  count: giving.allRoads,
                  all: amountText(money(giving.currency, giving.needsMinor)),
                })}
              </span>
            </li>
          )}
          <li>
            <Icon name="paper" />
            <span>
              {t.rich('review.responsible', {
                link: (chunks) => <a href={`/${lang}/about`}>{chunks}</a>,
              })}
            </span>
          </li>
        </ul>
      </ReviewStep>
    </GiveShell>
  );
}

/** The form began with the first question, unless that was so long ago that its number would be too old at once. */
const tokenTime = (begun: number): number => {
  const now = Date.now();
  return now - begun < FORM_AGE_MS.max / 2 ? begun : now;
};

/** Every answer as it will count, each with the way back to its question. */
function Answers({ lang, at: { draft, giving } }: { lang: Lang; at: AtStep }) {
  const t = words(lang, 'give');
  const road = giving.roads.find((one) => one.code === draft.road);
  const charge = chargeOf(draft, giving.currency);
  const own = draft.currency === giving.currency;
  const { timing, name, method } = draft;
  const lines: { step: GiveStep; term: string; value: ReactNode }[] = [
    {
      step: 'amount',
      term: t('review.amount'),
      value: (
        <>
          <Amt value={money(draft.currency, charge.amountMinor)} />
          {charge.feeCoveredMinor > 0n && (
            <small>
              {t('review.feeAdded', { fee: amountText(money(draft.currency, charge.feeCoveredMinor)) })}
            </small>
          )}
          {!own && <small>{t('review.foreignNote')}</small>}
        </>
      ),
    },
    {
      step: 'road',
      term: t('review.road'),
      value: road ? (
        <>
          {road.code} {road.name}
          {own && (
            <small>
              {t('review.metres', {
                metres: metresText(
                  roughly(
                    millimetresFor(draft.amountMinor ?? 0n, {
                      budgetMinor: road.budgetMinor,
                      lengthMm: BigInt(road.lengthMm),
                    }),
                  ),
                  lang,
                ),
              })}
            </small>
          )}
        </>
      ) : (
        t('review.any')
      ),
    },
    {
      step: 'timing',
      term: t('review.when'),
      value:
        timing !== null && timing.kind !== 'once' ? (
          <>
            {t('review.parts', {
              count: timing.kind === 'parts' ? timing.count : timing.parts.length,
              first: dateText(
                timing.kind === 'parts' ? timing.firstDue : (timing.parts[0]?.dueOn ?? giving.today),
                lang,
              ),
            })}
            <small>
              {instalmentsOf(draft, giving.today).map((part) => (
                <span key={part.dueOn}>
                  {part.dueOn} <Amt value={money(draft.currency, part.amountMinor)} />
                  <br />
                </span>
              ))}
            </small>
          </>
        ) : (
          t('review.once')
        ),
    },
    {
      step: 'name',
      term: t('review.name'),
      value: (
        <>
          <bdi>{name?.shownAs ?? t('review.anonymous')}</bdi>
          {name?.dedication && (
            <small>
              <bdi>{name.dedication}</bdi>
            </small>
          )}
          {name?.message && (
            <small>
              <bdi>{name.message}</bdi>
            </small>
          )}
          {name && name.donorKind !== 'person' && (
            <small>
              {name.contact
                ? t('review.behalf', { kind: t(`name.${name.donorKind}`), contact: name.contact })
                : t('review.behalfOnly', { kind: t(`name.${name.donorKind}`) })}
            </small>
          )}
          {name?.sharers.map((sharer) => (
            <small key={sharer.name}>
              <bdi>
                {t('review.sharer', {
                  name: sharer.name,
                  amount: amountText(money(draft.currency, sharer.amountMinor)),
                })}
              </bdi>
            </small>
          ))}
          <small>{name?.email ?? t('review.noEmail')}</small>
        </>
      ),
    },
    ...(inParts(draft) || method === null
      ? []
      : [{ step: 'method' as const, term: t('review.method'), value: t(`method.${method}`) }]),
  ];
  return (
    <dl className="give-review">
      {lines.map(({ step, term, value }) => (
        <div key={step}>
          <dt>{term}</dt>
          <dd>{value}</dd>
          <dd className="give-change">
            <a href={stepPath(lang, step)} aria-label={t('review.changeOf', { what: term })}>
              {t('review.change')}
            </a>
          </dd>
        </div>
      ))}
    </dl>
  );
}
