import type { NextRequest } from 'next/server';
import { refuseForeignRequest } from '@/lib/auth/session';
import { readChoice } from '@/lib/i18n/choose.rules';
import { readSmallForm } from '@/lib/server/small-form';
import { DISPLAY_CHOICES } from '../_ui/site/display';

const YEAR_SECONDS = 365 * 24 * 3600;

/** Remembers how a visitor wants pages to look and goes back to the page; `back` is only ever a page of this site. */
export async function POST(request: NextRequest): Promise<Response> {
  const foreign = refuseForeignRequest(request);
  if (foreign) return foreign;
  const form = await readSmallForm(request);
  if (form === null) return new Response('Bad request', { status: 400 });
  const headers = new Headers({ Location: readChoice(form.get('back'))?.path ?? '/' });
  const secure = new URL(request.url).protocol === 'https:' ? '; Secure' : '';
  for (const [name, values] of Object.entries(DISPLAY_CHOICES)) {
    const value = form.get(name);
    if (value !== null && (values as readonly string[]).includes(value))
      headers.append(
        'Set-Cookie',
        `${name}=${value}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax${secure}`,
      );
  }
  return new Response(null, { status: 303, headers });
}
