import type { Example } from '../examples/example';
import { Panorama } from './panorama';
import { RoadScene } from './road-scene';

export const examples: readonly Example[] = [
  { name: 'panorama', render: () => <Panorama />, wide: true },
  { name: 'before', render: () => <RoadScene time="before" /> },
  { name: 'during', render: () => <RoadScene time="during" /> },
  { name: 'after', render: () => <RoadScene time="after" /> },
];
