import { redirect } from 'next/navigation';
import { ledOn } from '@/lib/shared/letter-link.rules';
import { langParam } from '../../../../_ui/site/page-lang';

type Props = { params: Promise<{ lang: string; token: string }> };

/** Letters that went out with the token in the path wait for an answer for weeks, so their links lead on. */
export default async function OldConsentPage({ params }: Props) {
  redirect(ledOn(`/${await langParam(params)}/consent`, (await params).token));
}
