import type { Metadata } from 'next';

export { default } from '../(public)/layout';

// The address of the confirm page holds a secret: nothing of it goes to another site, and none of this is for search engines.
export const metadata: Metadata = { referrer: 'same-origin', robots: { index: false, follow: false } };
