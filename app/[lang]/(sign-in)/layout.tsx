import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import PublicLayout from '../(public)/layout';
import { WhileSignedIn } from '../while-signed-in';

// Which page of signing in somebody is on is told to no other site, and none of this is for search engines.
export const metadata: Metadata = { referrer: 'same-origin', robots: { index: false, follow: false } };

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <PublicLayout>
      <WhileSignedIn inShell>{children}</WhileSignedIn>
    </PublicLayout>
  );
}
