import type { Metadata } from 'next';

export { default } from '../(public)/layout';

// Which page of signing in somebody is on is told to no other site, and none of this is for search engines.
export const metadata: Metadata = { referrer: 'same-origin', robots: { index: false, follow: false } };
