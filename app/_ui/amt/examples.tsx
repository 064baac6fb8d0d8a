import { money } from '@/lib/shared/money';
import type { Example } from '../examples/example';
import { yuan } from '../examples/figures';
import { Amt, ForeignAmt } from './component';

export const examples: readonly Example[] = [
  { name: 'in', render: () => <Amt value={yuan(50_000n)} sign="always" /> },
  { name: 'out', render: () => <Amt value={yuan(-229_500n)} /> },
  { name: 'zero', render: () => <Amt value={yuan(0n)} sign="always" /> },
  { name: 'large', render: () => <Amt value={yuan(900_719_925_474_099_312n)} /> },
  {
    name: 'foreign, frozen',
    render: () => <ForeignAmt given={money('HKD', 87_500n)} rate="0.9280" settled={yuan(81_200n)} />,
  },
  {
    name: 'no and three decimals',
    render: () => (
      <>
        <Amt value={money('JPY', 12_345n)} /> <Amt value={money('KWD', 12_345n)} />
      </>
    ),
  },
];
