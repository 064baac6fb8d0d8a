import type { LinesOnDesk } from '@/lib/contracts/contract-line.queries';
import { LANGUAGES, type Lang } from '@/lib/i18n/languages';
import { unitText } from '@/lib/i18n/units';
import { words, type Words } from '@/lib/i18n/words';
import type { RoadOnDesk } from '@/lib/segments/segment.queries';
import type { CurrencyCode } from '@/lib/shared/currencies';
import { metresTyped } from '@/lib/shared/metres';
import { toDecimal } from '@/lib/shared/money';
import type { DeskField } from '../../_desk/act-form.rules';

/** What the forms of a contract, a variation and an invoice ask line by line. */
export type LineFields = {
  readonly t: Words<'roadLines'>;
  /** A budget begins with the bill that is approved. */
  readonly budget: readonly DeskField[];
  readonly bill: readonly DeskField[];
  /** The names of works in every language, for those that stay as they are. */
  readonly names: Readonly<Record<string, string>>;
  readonly hidden: Readonly<Record<string, string>>;
  readonly invoice: readonly DeskField[];
  readonly variation: readonly DeskField[];
};

/** Thousandths of a unit in figures. */
const quantity = (milli: bigint): string => metresTyped(Number(milli));

export const lineFields = (
  road: Pick<RoadOnDesk, 'bill' | 'currency'>,
  lines: LinesOnDesk,
  lang: Lang,
): LineFields => {
  const t = words(lang, 'roadLines');
  const names = Object.fromEntries(
    road.bill.flatMap(({ lineNo, item }) => [
      [`shown${lineNo}`, item[lang]],
      ...LANGUAGES.map((one) => [`${one}${lineNo}`, item[one]]),
    ]),
  ) as Record<string, string>;
  const counted = lines.flatMap((line) =>
    line.quantityMilli === null ? [] : [{ ...line, quantityMilli: line.quantityMilli }],
  );
  return {
    t,
    bill: road.bill.map((line) => ({
      kind: 'amount',
      name: `price${line.lineNo}`,
      label: t('price', {
        item: line.item[lang],
        quantity: quantity(line.quantityMilli),
        unit: unitText(line.unit),
      }),
    })),
    budget: budgetFields(road, lang),
    names,
    hidden: {
      ...names,
      ...Object.fromEntries(
        road.bill.flatMap((line) => [
          [`item${line.lineNo}`, line.item[lang]],
          [`unit${line.lineNo}`, line.unit],
          [`milli${line.lineNo}`, String(line.quantityMilli)],
        ]),
      ),
    },
    invoice: counted.flatMap((line): DeskField[] => [
      {
        row: line.lineNo,
        kind: 'number',
        name: `quantity${line.lineNo}`,
        label: t('quantity', { item: line.item[lang], unit: unitText(line.unit) }),
        hint: t('left', {
          quantity: quantity(line.quantityMilli - line.claimedMilli),
          unit: unitText(line.unit),
        }),
      },
      {
        row: line.lineNo,
        kind: 'amount',
        name: `price${line.lineNo}`,
        label: t('amount', { item: line.item[lang] }),
      },
    ]),
    variation: counted.flatMap((line): DeskField[] => [
      {
        row: line.lineNo,
        kind: 'number',
        name: `quantity${line.lineNo}`,
        label: t('quantityChange', { item: line.item[lang], unit: unitText(line.unit) }),
      },
      {
        row: line.lineNo,
        kind: 'amount',
        name: `price${line.lineNo}`,
        label: t('amountChange', { item: line.item[lang] }),
      },
    ]),
  };
};

/** At least three lines, and always one more than there are. */
const budgetFields = (road: Pick<RoadOnDesk, 'bill' | 'currency'>, lang: Lang): DeskField[] => {
  const desk = words(lang, 'desk');
  return Array.from({ length: Math.max(3, road.bill.length + 1) }, (_, index) => index + 1).flatMap(
    (n): DeskField[] => {
      const line = road.bill[n - 1];
      return [
        {
          row: n,
          kind: 'text',
          name: `item${n}`,
          label: desk('act.item', { n }),
          optional: n > 1,
          value: line?.item[lang],
        },
        { row: n, kind: 'text', name: `unit${n}`, label: desk('act.unit', { n }), value: line?.unit ?? 'm2' },
        {
          row: n,
          kind: 'number',
          name: `quantity${n}`,
          label: desk('act.quantity', { n }),
          value: line && quantity(line.quantityMilli),
        },
        {
          row: n,
          kind: 'amount',
          name: `amount${n}`,
          label: desk('act.lineAmount', { n }),
          value: line && toDecimal(line.amountMinor, road.currency as CurrencyCode),
        },
      ];
    },
  );
};
