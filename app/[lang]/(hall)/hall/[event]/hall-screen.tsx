'use client';

import type { ReactNode } from 'react';
import { Amt } from '@/app/_ui/amt/component';
import { Icon } from '@/app/_ui/icon/component';
import type { HallSnapshot } from '@/lib/disclosure/hall-snapshot';
import { amountText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { isCurrency, money } from '@/lib/shared/money';
import { useLive } from './use-live';

type HallWord =
  | 'title'
  | 'pledged'
  | 'promises'
  | 'received'
  | 'names'
  | 'onlyConsent'
  | 'none'
  | 'now'
  | 'gave'
  | 'any'
  | 'scan'
  | 'live'
  | 'lost'
  | 'still'
  | 'illustrative'
  | 'gravel'
  | 'survey'
  | 'roadsLit';

/** Puts values into a sentence that came from the server with its places still open. */
const fill = (pattern: string, values: Readonly<Record<string, string | number>>): string =>
  pattern.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));

/** So many figures (fen included) stand beside the stone at full size: up to 9,999,999.99. */
const ROOMY_FIGURES = 9;

export function HallScreen({
  lang,
  first,
  t,
  mark,
  qr,
}: {
  lang: Lang;
  first: HallSnapshot;
  t: Readonly<Record<HallWord, string>>;
  mark: ReactNode;
  qr: ReactNode;
}) {
  const { snapshot, state } = useLive(first);
  const currency = isCurrency(snapshot.currency) ? snapshot.currency : 'CNY';
  const amount = (minor: string) => money(currency, BigInt(minor));
  const time = clock(snapshot.asOf, snapshot.timeZone);
  const lit = snapshot.roads.filter((road) => road.state !== 'dark').length;
  const paid = snapshot.roads.filter((road) => road.state === 'received').length;
  const newest = snapshot.names[0];
  return (
    <main id="main" className="hall" data-theme="dark">
      <header className="hall-top">
        <span className="logo">
          {mark}
          <span lang="zh-Hans">善路</span>
        </span>
        <span>{snapshot.name[lang]}</span>
        {snapshot.illustrative && <span className="hall-note">{t.illustrative}</span>}
        <span className={state === 'lost' ? 'hall-state hall-lost' : 'hall-state'} role="status">
          <Icon name={state === 'lost' ? 'octagon' : 'tick'} />
          {fill(state === 'lost' ? t.lost : state === 'live' ? t.live : t.still, { time })}
        </span>
      </header>
      <section className="hall-total">
        <h1>
          {t.pledged} <i aria-hidden="true" />
        </h1>
        <p className={snapshot.pledgedMinor.length > ROOMY_FIGURES ? 'hall-big hall-big-long' : 'hall-big'}>
          <Amt value={amount(snapshot.pledgedMinor)} />
        </p>
        <p className="hall-sub">
          {fill(t.promises, {
            count: snapshot.promises,
            roads: lit,
            all: snapshot.roads.length,
            target: amountText(amount(snapshot.targetMinor)),
          })}
        </p>
        <p className="hall-got">
          <svg viewBox="0 0 76 44" aria-hidden="true" focusable="false">
            <rect width="76" height="44" className="give-bar-gravel" />
          </svg>
          <span>{t.received}</span> <Amt value={amount(snapshot.receivedMinor)} />
        </p>
      </section>
      <section className="hall-stone" aria-labelledby="hall-names">
        <h2 id="hall-names">{t.names}</h2>
        {snapshot.names.length === 0 ? (
          <p>{t.none}</p>
        ) : (
          <ul>
            {snapshot.names.slice(0, 7).map((one, index) => (
              <li key={`${index}-${one.name[lang]}`}>
                <bdi>{one.name[lang]}</bdi>
              </li>
            ))}
          </ul>
        )}
        <p>{t.onlyConsent}</p>
      </section>
      {newest && (
        <p className="hall-now">
          <em>{t.now}</em> <bdi>{fill(t.gave, { name: newest.name[lang], road: newest.road ?? t.any })}</bdi>
        </p>
      )}
      <Band snapshot={snapshot} label={fill(t.roadsLit, { pledged: lit, received: paid })} t={t} />
      <aside className="hall-scan">
        {qr}
        <b>{t.scan}</b>
      </aside>
    </main>
  );
}

/** The roads as milestones over the road itself: earth, gravel as far as money has come, dashes as far as promises. */
function Band({
  snapshot,
  label,
  t,
}: {
  snapshot: HallSnapshot;
  label: string;
  t: Readonly<Record<'gravel' | 'survey', string>>;
}) {
  const percent = (thousandths: number): string => `${Math.min(100, Math.max(0, thousandths / 10))}%`;
  return (
    <div className="hall-band">
      <p className="sr-only" role="status">
        {label}
      </p>
      <ol className="hall-stones" aria-hidden="true">
        {snapshot.roads.map((road) => (
          <li key={road.code} className={`hall-${road.state}`}>
            {road.code.slice(road.code.indexOf('-') + 1)}
          </li>
        ))}
      </ol>
      <svg className="hall-road" aria-hidden="true" focusable="false">
        <rect className="hall-earth" width="100%" height="100%" />
        <rect className="give-bar-gravel" width={percent(snapshot.receivedReach)} height="100%" />
        <line className="hall-line" x1="0" x2={percent(snapshot.pledgedReach)} y1="50%" y2="50%" />
      </svg>
      <p className="hall-key" aria-hidden="true">
        <span className="hall-received">{t.gravel}</span> <span className="hall-pledged">{t.survey}</span>
      </p>
    </div>
  );
}

const clock = (iso: string, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(new Date(iso));
