import type { ReactNode } from 'react';
import { words } from '@/lib/i18n/words';
import { money } from '@/lib/shared/money';
import { Amt } from '../../../../_ui/amt/component';
import { Chip } from '../../../../_ui/chip/component';
import { Documents } from '../../../../_ui/docs/component';
import type { IconName } from '../../../../_ui/icon/component';
import { Section } from '../../../../_ui/page/component';
import { Trace, type TraceStep } from '../../../../_ui/timeline/component';
import type { EntryProps, EntryStage } from './entry-view';

const ICON: Record<EntryStage['name'], IconName> = {
  allocations: 'split',
  contracts: 'pen',
  certificates: 'seal',
  payments: 'out',
};

/** Entries listed per step; the rest are counted. */
const LISTED = 8;

/** The way of the money from the gifts to the papers; the entry looked at is marked on it. */
export function EntryChainView({ lang, model }: EntryProps) {
  const t = words(lang, 'entry');
  if (model.giftCount === 0) return null;
  const steps: TraceStep[] = [
    { icon: 'in', title: t('chain.gifts'), done: true, children: <GiftsOf lang={lang} model={model} /> },
    ...model.stages
      .filter(({ name, entries }) => name !== 'certificates' || entries.length > 0)
      .map((stage) => ({
        icon: ICON[stage.name],
        title: t(`chain.${stage.name}`),
        done: stage.entries.length > 0,
        children: <StageOf lang={lang} model={model} stage={stage} />,
      })),
    {
      icon: 'paper',
      title: t('chain.evidence'),
      done: model.papers.length + model.photographs.length > 0,
      children: <Evidence lang={lang} model={model} />,
    },
  ];
  return (
    <Section id="chain" title={t('chain.title')} intro={t('chain.intro')}>
      <Trace steps={steps} />
    </Section>
  );
}

function Here({ lang }: Pick<EntryProps, 'lang'>) {
  return (
    <Chip kind="go" icon="info" size="small">
      {words(lang, 'entry')('chain.here')}
    </Chip>
  );
}

function GiftsOf({ lang, model }: EntryProps) {
  const t = words(lang, 'entry');
  const rest = model.giftCount - model.gifts.length;
  return (
    <>
      {model.kind === 'gift' ? (
        <Here lang={lang} />
      ) : (
        <p className="caption">
          {model.giftCount === 1 ? t('chain.giftsOne') : t('chain.giftsMany', { count: model.giftCount })}
        </p>
      )}
      <ul className="chain-list">
        {model.gifts.map((gift) => (
          <li key={gift.code}>
            <a href={`/${lang}/gifts/${gift.code}`}>{gift.code}</a>
            <span>{gift.name ?? <span className="text-ink-2">{t('chain.anonymous')}</span>}</span>
            <Amt value={money(model.currency, gift.amountMinor)} />
          </li>
        ))}
      </ul>
      {rest > 0 && model.road !== null && (
        <p className="caption">
          {t.rich('chain.giftsMore', {
            count: rest,
            link: (inner: ReactNode) => <a href={`/${lang}/roads/${model.road?.code}#gifts`}>{inner}</a>,
          })}
        </p>
      )}
      {rest > 0 && model.road === null && <p className="caption">{t('chain.more', { count: rest })}</p>}
    </>
  );
}

function StageOf({ lang, model, stage }: EntryProps & { stage: EntryStage }) {
  const t = words(lang, 'entry');
  if (stage.entries.length === 0) return <p className="caption">{t('chain.notYet')}</p>;
  const own = stage.entries.filter((entry) => entry.here);
  const others = stage.entries.filter((entry) => !entry.here);
  const listed = [...own, ...others].slice(0, LISTED);
  const rest = stage.entries.length - listed.length;
  return (
    <>
      <ul className="chain-list">
        {listed.map((entry) => (
          <li key={entry.number} aria-current={entry.here ? 'step' : undefined}>
            {entry.here ? (
              <b>{entry.subject}</b>
            ) : (
              <a href={`/${lang}/ledger/${entry.number}`}>{entry.subject}</a>
            )}
            <span>
              <time dateTime={entry.date}>{entry.date}</time>
              {entry.road !== null && <> · {entry.road}</>}
              {entry.contractor !== null && <> · {entry.contractor}</>}
              {entry.here && (
                <>
                  {' '}
                  <Here lang={lang} />
                </>
              )}
              {entry.sharedMinor !== null && (
                <span className="entry-path">
                  {t.rich('chain.shared', {
                    amount: () => <Amt value={money(model.currency, entry.sharedMinor ?? 0n)} />,
                  })}
                </span>
              )}
            </span>
            <Amt value={money(model.currency, entry.amountMinor)} />
          </li>
        ))}
      </ul>
      {rest > 0 && <p className="caption">{t('chain.more', { count: rest })}</p>}
    </>
  );
}

function Evidence({ lang, model }: EntryProps) {
  const t = words(lang, 'entry');
  if (model.papers.length + model.photographs.length === 0)
    return <p className="caption">{t('chain.notYet')}</p>;
  return (
    <>
      {model.papers.length > 0 && <Documents lang={lang} documents={model.papers} />}
      <ul>
        {model.photographs.map((road) => (
          <li key={road.code}>
            <a href={`/${lang}/roads/${road.code}#photographs`}>
              {t('chain.photographs', { road: road.name, count: road.count })}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
