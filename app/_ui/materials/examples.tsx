import { Swatch, type Material } from './component';
import type { Example } from '../examples/example';

const ALL: readonly Material[] = [
  'survey',
  'earth',
  'gravel',
  'base',
  'binder',
  'asphalt',
  'fresh',
  'rework',
  'plan',
];

export const examples: readonly Example[] = [
  {
    name: 'every material',
    render: () => (
      <ul className="grid gap-2">
        {ALL.map((material) => (
          <li key={material} className="flex items-center gap-3">
            <Swatch material={material} /> {material}
          </li>
        ))}
      </ul>
    ),
  },
];
