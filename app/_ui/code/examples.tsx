import type { Example } from '../examples/example';
import { Code, Stele } from './component';

export const examples: readonly Example[] = [
  { name: 'stele, large', render: () => <Stele code="ML-07" size="large" /> },
  { name: 'stele', render: () => <Stele code="ML-07" /> },
  { name: 'code', render: () => <Code code="ML-07" /> },
  { name: 'code, link', render: () => <Code code="ML-07" href="#code" /> },
];
