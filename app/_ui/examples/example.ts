import type { ReactNode } from 'react';
import type { Lang } from '@/lib/i18n/languages';

/** One state of a component, as data: the gallery, the screenshots and the accessibility tests all walk these. */
export type Example = {
  readonly name: string;
  readonly render: (lang: Lang) => ReactNode;
  /** Needs the full width of the page. */
  readonly wide?: boolean;
};
