import type { Example } from '../examples/example';
import { Skeleton } from './component';

export const examples: readonly Example[] = [{ name: 'waiting', render: (lang) => <Skeleton lang={lang} /> }];
