import type { Example } from '../examples/example';
import { Lots, Stretch, type Lot } from './component';

const lots: readonly Lot[] = [
  { fromMm: 0, toMm: 6_400, kind: 'paid', label: '1' },
  { fromMm: 6_400, toMm: 17_216, kind: 'paid', label: '2' },
  { fromMm: 17_216, toMm: 32_576, kind: 'paid', label: '3' },
  { fromMm: 32_576, toMm: 34_176, kind: 'mine', label: '4' },
  { fromMm: 34_176, toMm: 46_560, kind: 'paid', label: '5' },
  { fromMm: 46_560, toMm: 48_000, kind: 'due' },
];

export const examples: readonly Example[] = [
  {
    name: 'a road as its gifts, one of them mine, the end not yet paid',
    wide: true,
    render: (lang) => <Lots lang={lang} lengthMm={48_000} lots={lots} />,
  },
  {
    name: 'the stretch of one gift',
    wide: true,
    render: (lang) => (
      <div className="sheet">
        <Stretch lang={lang} widthMm={3_000} fromMm={32_576} toMm={34_176} />
      </div>
    ),
  },
];
