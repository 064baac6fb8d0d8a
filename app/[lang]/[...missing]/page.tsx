import { notFound } from 'next/navigation';
import { missingPageName } from '@/lib/server/missing-page';
import NotFound from '../not-found';

export { generateMetadata } from '../not-found';

/**
 * Every address that no page answers, so that its answer speaks the visitor's language and carries a nonce. At one
 * address that only this server knows it shows the page itself: lib/server/whole-pages.ts asks for it there.
 */
export default async function Missing({ params }: { params: Promise<{ missing: string[] }> }) {
  if ((await params).missing[0] !== missingPageName()) notFound();
  return <NotFound />;
}
