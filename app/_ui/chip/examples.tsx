import { BtnRow } from '../btn/component';
import type { Example } from '../examples/example';
import { RoadStateChip, type RoadState } from './component';

const STATES: readonly RoadState[] = [
  'proposed',
  'approved',
  'funded',
  'contracted',
  'in_progress',
  'inspection',
  'rework',
  'accepted',
  'in_warranty',
  'closed',
  'suspended',
  'cancelled',
];

export const examples: readonly Example[] = [
  {
    name: 'every state of a road',
    render: (lang) => (
      <BtnRow>
        {STATES.map((state) => (
          <RoadStateChip key={state} lang={lang} state={state} />
        ))}
      </BtnRow>
    ),
  },
  {
    name: 'small',
    render: (lang) => (
      <BtnRow>
        {STATES.map((state) => (
          <RoadStateChip key={state} lang={lang} state={state} size="small" />
        ))}
      </BtnRow>
    ),
  },
];
