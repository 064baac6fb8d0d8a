import type { ReactNode } from 'react';
import type { Lang } from '@/lib/i18n/languages';

/** One state of a component, as data: the gallery, the screenshots and the accessibility tests all walk these. */
export type Example = {
  readonly name: string;
  /** `nonce` of the page's policy, for a part that brings a script. */
  readonly render: (lang: Lang, nonce?: string) => ReactNode;
  /** Needs the full width of the page. */
  readonly wide?: boolean;
};
