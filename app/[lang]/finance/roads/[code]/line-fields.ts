import type { LinesOnDesk } from '@/lib/contracts/contract-line.queries';
import type { Lang } from '@/lib/i18n/languages';
import { unitText } from '@/lib/i18n/units';
import { words, type Words } from '@/lib/i18n/words';
import type { RoadOnDesk } from '@/lib/segments/segment.queries';
import { metresTyped } from '@/lib/shared/metres';
import type { DeskField } from '../../_desk/act-form.rules';

/** What the forms of a contract, a variation and an invoice ask line by line. */
export type LineFields = {
  readonly t: Words<'roadLines'>;
  readonly bill: readonly DeskField[];
  readonly hidden: Readonly<Record<string, string>>;
  readonly invoice: readonly DeskField[];
  readonly variation: readonly DeskField[];
};

/** Thousandths of a unit in figures. */
const quantity = (milli: bigint): string => metresTyped(Number(milli));

export const lineFields = (road: Pick<RoadOnDesk, 'bill'>, lines: LinesOnDesk, lang: Lang): LineFields => {
  const t = words(lang, 'roadLines');
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
    hidden: Object.fromEntries(
      road.bill.flatMap((line) => [
        [`item${line.lineNo}`, line.item['zh-Hans']],
        [`unit${line.lineNo}`, line.unit],
        [`milli${line.lineNo}`, String(line.quantityMilli)],
      ]),
    ),
    invoice: counted.flatMap((line): DeskField[] => [
      {
        kind: 'number',
        name: `quantity${line.lineNo}`,
        label: t('quantity', { item: line.item[lang], unit: unitText(line.unit) }),
        hint: t('left', {
          quantity: quantity(line.quantityMilli - line.claimedMilli),
          unit: unitText(line.unit),
        }),
      },
      { kind: 'amount', name: `price${line.lineNo}`, label: t('amount', { item: line.item[lang] }) },
    ]),
    variation: counted.flatMap((line): DeskField[] => [
      {
        kind: 'number',
        name: `quantity${line.lineNo}`,
        label: t('quantityChange', { item: line.item[lang], unit: unitText(line.unit) }),
      },
      { kind: 'amount', name: `price${line.lineNo}`, label: t('amountChange', { item: line.item[lang] }) },
    ]),
  };
};
