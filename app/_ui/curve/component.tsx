import { amountText, monthText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import type { CurrencyCode } from '@/lib/shared/currencies';
import { money } from '@/lib/shared/money';
import { Amt } from '../amt/component';
import { Swatch } from '../materials/component';
import { Table } from '../table/component';
import {
  areaPath,
  CURVE,
  CURVE_AREAS,
  pixel,
  stepOf,
  yOf,
  type CurveArea,
  type CurvePoint,
} from './curve.rules';

const LAYER = {
  receivedMinor: ['received', 'gravel'],
  allocatedMinor: ['allocated', 'base'],
  committedMinor: ['committed', 'binder'],
  paidMinor: ['paid', 'asphalt'],
} as const satisfies Record<CurveArea, readonly [string, string]>;

/**
 * The money of a campaign over time, in the layers of the road bar. The picture is for the eye; the sentence before
 * it and the table below say the same.
 */
export function Curve({
  lang,
  currency,
  points,
}: {
  lang: Lang;
  currency: CurrencyCode;
  points: readonly CurvePoint[];
}) {
  const t = words(lang, 'home');
  const ui = words(lang, 'ui');
  const last = points.at(-1);
  if (!last) return null;
  const topMinor = points.reduce((top, point) => (point.receivedMinor > top ? point.receivedMinor : top), 1n);
  const amount = (minor: bigint) => <Amt value={money(currency, minor)} />;
  const step = stepOf(points.length);
  return (
    <figure className="sheet curve">
      <p>
        {t.rich('curve.words', {
          month: monthText(last.month, lang),
          received: () => amount(last.receivedMinor),
          paid: () => amount(last.paidMinor),
        })}
      </p>
      <svg viewBox={`0 0 ${CURVE.width} ${CURVE.height}`} aria-hidden="true" focusable="false">
        {[topMinor, topMinor / 2n].map((minor) => (
          <path
            key={String(minor)}
            className="curve-line"
            d={`M${CURVE.left} ${yOf(minor, topMinor)}H${CURVE.width - CURVE.right}`}
          />
        ))}
        {CURVE_AREAS.map((area) => (
          <path
            key={area}
            className={`curve-area on-${LAYER[area][1]}`}
            d={areaPath(points, area, topMinor)}
          />
        ))}
        <text className="curve-text" x={CURVE.left} y={CURVE.top - 5}>
          {amountText(money(currency, topMinor))}
        </text>
        {points.map((point, index) =>
          point.month.endsWith('-01') || index === 0 ? (
            <text
              key={point.month}
              className="curve-text"
              dominantBaseline="hanging"
              x={pixel(CURVE.left + index * step)}
              y={yOf(0n, topMinor) + 10}
            >
              {point.month}
            </text>
          ) : null,
        )}
      </svg>
      <ul className="curve-key" aria-hidden="true">
        {CURVE_AREAS.map((area) => (
          <li key={area}>
            <Swatch material={LAYER[area][1]} /> {ui(`five.${LAYER[area][0]}`)}
          </li>
        ))}
      </ul>
      <details>
        <summary>{t('curve.table')}</summary>
        <Table
          lang={lang}
          caption={t('curve.caption')}
          captionHidden
          rows={points}
          rowKey={(point) => point.month}
          columns={[
            {
              key: 'month',
              head: t('curve.month'),
              names: true,
              cell: (point) => <time dateTime={point.month}>{point.month}</time>,
            },
            ...CURVE_AREAS.map((area) => ({
              key: area,
              head: ui(`five.${LAYER[area][0]}`),
              phoneLabel: ui(`five.${LAYER[area][0]}`),
              numeric: true,
              cell: (point: CurvePoint) => amount(point[area]),
            })),
          ]}
        />
      </details>
    </figure>
  );
}
