import type { Example } from '../examples/example';
import { Curve } from './component';
import { runningTotals, withQuietMonths } from './curve.rules';

const move = (month: string, received: bigint, allocated: bigint, committed: bigint, paid: bigint) => ({
  month,
  receivedMinor: received,
  allocatedMinor: allocated,
  committedMinor: committed,
  paidMinor: paid,
});

const points = withQuietMonths(
  runningTotals([
    move('2023-09', 12_000_000n, 0n, 0n, 0n),
    move('2023-11', 4_000_000n, 13_000_000n, 9_000_000n, 0n),
    move('2024-01', 6_000_000n, 4_000_000n, 5_000_000n, 6_400_000n),
    move('2024-06', 8_000_000n, 11_640_000n, 11_540_000n, 13_868_600n),
  ]),
);

export const examples: readonly Example[] = [
  {
    name: 'four busy months',
    wide: true,
    render: (lang) => <Curve lang={lang} currency="CNY" points={points} />,
  },
];
