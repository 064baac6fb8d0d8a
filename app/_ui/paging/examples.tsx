import type { Example } from '../examples/example';
import { Paging } from './component';

export const examples: readonly Example[] = [
  {
    name: 'first',
    render: (lang) => <Paging lang={lang} shown={50} newerHref={null} olderHref="#paging" name="1" />,
  },
  {
    name: 'middle',
    render: (lang) => <Paging lang={lang} shown={50} newerHref="#paging" olderHref="#paging" name="2" />,
  },
  {
    name: 'last',
    render: (lang) => <Paging lang={lang} shown={7} newerHref="#paging" olderHref={null} name="3" />,
  },
];
