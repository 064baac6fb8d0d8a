import { metresText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';

/** One gift's piece of a road, in millimetres of chainage; `due` is paid for but kept back until the warranty ends. */
export type Lot = {
  readonly fromMm: number;
  readonly toMm: number;
  readonly kind: 'paid' | 'due' | 'mine';
  /** Number of the row in the table below that carries the same facts. */
  readonly label?: string | undefined;
};

const percent = (part: number, whole: number): string => `${((part / whole) * 100).toFixed(3)}%`;

/**
 * A road as the gifts that paid for it, one piece each in the order the money was used, over its metres. Hidden
 * from screen readers: the table beside it says the same and more.
 */
export function Lots({ lang, lengthMm, lots }: { lang: Lang; lengthMm: number; lots: readonly Lot[] }) {
  return (
    <div className="lots" aria-hidden="true">
      <svg width="100%" height="116" focusable="false">
        <rect className="lots-road" y="24" width="100%" height="58" />
        {lots.map(({ fromMm, toMm, kind }) => (
          <g key={fromMm}>
            {kind !== 'paid' && (
              <rect
                className={`lots-${kind}`}
                x={percent(fromMm, lengthMm)}
                y="24"
                width={percent(toMm - fromMm, lengthMm)}
                height="58"
              />
            )}
          </g>
        ))}
        <line className="lots-paint" x1="0" x2={percent(paidTo(lots), lengthMm)} y1="53" y2="53" />
        {lots.map(({ fromMm, toMm, label }) => (
          <g key={fromMm}>
            {fromMm > 0 && (
              <line
                className="lots-joint"
                x1={percent(fromMm, lengthMm)}
                x2={percent(fromMm, lengthMm)}
                y1="24"
                y2="82"
              />
            )}
            {label !== undefined && toMm - fromMm > lengthMm / 60 && (
              <text className="lots-number" x={percent((fromMm + toMm) / 2, lengthMm)} y="15">
                {label}
              </text>
            )}
          </g>
        ))}
        {lots
          .filter(({ kind }) => kind === 'mine')
          .map(({ fromMm, toMm }) => (
            <rect
              key={fromMm}
              className="lots-frame"
              x={percent(fromMm, lengthMm)}
              y="22.5"
              width={percent(toMm - fromMm, lengthMm)}
              height="61"
            />
          ))}
        {[0, 1, 2, 3, 4].map((quarter) => (
          <g key={quarter} className={`chain-${quarter === 0 ? 'start' : quarter === 4 ? 'end' : 'middle'}`}>
            <line x1={percent(quarter, 4)} x2={percent(quarter, 4)} y1="87" y2="95" />
            <text x={percent(quarter, 4)} y="111">
              {metresText(Math.round((lengthMm * quarter) / 4 / 100) * 100, lang)}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}

const paidTo = (lots: readonly Lot[]): number =>
  Math.max(0, ...lots.filter(({ kind }) => kind !== 'due').map(({ toMm }) => toMm));

/**
 * The plan of the stretch that one gift paved, to scale: its length along the road, the road's width, and the
 * metres to the left and right of it.
 */
export function Stretch({
  lang,
  widthMm,
  fromMm,
  toMm,
}: {
  lang: Lang;
  widthMm: number;
  fromMm: number;
  toMm: number;
}) {
  const t = words(lang, 'ui');
  // A window of 6.6 times the stretch, so that a short one is seen large and a long one whole.
  const windowMm = Math.max((toMm - fromMm) * 6.6, 4000);
  const startMm = (fromMm + toMm) / 2 - windowMm / 2;
  const unit = 1000 / windowMm;
  const x = (mm: number): number => Math.round((mm - startMm) * unit * 10) / 10;
  const height = Math.min(150, Math.max(70, widthMm * unit));
  const top = 92;
  const step = [100, 200, 500, 1000, 2000, 5000, 10_000].find((each) => windowMm / each < 8) ?? 20_000;
  const ticks = Array.from(
    { length: Math.floor(windowMm / step) + 1 },
    (_, index) => Math.ceil(startMm / step) * step + index * step,
  ).filter((mm) => mm >= 0 && mm <= startMm + windowMm);
  return (
    <svg
      className="stretch"
      viewBox={`0 0 1000 ${top + height + 88}`}
      preserveAspectRatio="xMidYMid slice"
      role="img"
      aria-label={`${t('chain.mine')}: ${metresText(toMm - fromMm, lang)} × ${metresText(widthMm, lang)}`}
    >
      <rect className="stretch-verge" y={top - 18} width="1000" height={height + 36} />
      <rect className="stretch-road" y={top} width="1000" height={height} />
      <line className="lots-paint" x1="0" x2="1000" y1={top + height / 2} y2={top + height / 2} />
      <rect className="stretch-mine" x={x(fromMm)} y={top} width={x(toMm) - x(fromMm)} height={height} />
      <line
        className="stretch-mine-line"
        x1={x(fromMm)}
        x2={x(toMm)}
        y1={top + height / 2}
        y2={top + height / 2}
      />
      <text className="stretch-yours" x={(x(fromMm) + x(toMm)) / 2} y={top + height / 2 - 16}>
        {t('chain.mine')}
      </text>
      <path
        className="stretch-measure"
        d={`M${x(fromMm)} ${top - 8}V48M${x(toMm)} ${top - 8}V48M${x(fromMm)} 56H${x(toMm)}`}
      />
      <text className="stretch-length" x={(x(fromMm) + x(toMm)) / 2} y="36">
        {metresText(toMm - fromMm, lang)}
      </text>
      <g transform={`translate(${x(toMm) + 28} 0)`}>
        <path
          className="stretch-width"
          d={`M-11 ${top}h22M-11 ${top + height}h22M0 ${top + 2}V${top + height - 2}`}
        />
        <text className="stretch-wide" x="20" y={top + height / 2 + 7}>
          {metresText(widthMm, lang)}
        </text>
      </g>
      {ticks.map((mm) => (
        <g key={mm} className="chain-middle">
          <line x1={x(mm)} x2={x(mm)} y1={top + height + 30} y2={top + height + 44} />
          <text x={x(mm)} y={top + height + 70}>
            {metresText(mm, lang)}
          </text>
        </g>
      ))}
    </svg>
  );
}
