import type { NextRequest } from 'next/server';
import { refuseForeignRequest } from '@/lib/auth/session';
import { readChoice } from '@/lib/i18n/choose.rules';
import { keepWish } from '@/lib/own-cookie';
import { readSmallForm } from '@/lib/server/small-form';
import { DISPLAY_CHOICES } from '../_ui/site/display';

/** Remembers how a visitor wants pages to look and goes back to the page; `back` is only ever a page of this site. */
export async function POST(request: NextRequest): Promise<Response> {
  const foreign = refuseForeignRequest(request);
  if (foreign) return foreign;
  const form = await readSmallForm(request);
  if (form === null) return new Response('Bad request', { status: 400 });
  const headers = new Headers({ Location: readChoice(form.get('back'))?.path ?? '/' });
  for (const wish of ['size', 'theme'] as const) {
    const value = form.get(wish);
    if (value !== null && (DISPLAY_CHOICES[wish] as readonly string[]).includes(value))
      headers.append('Set-Cookie', keepWish(wish, value));
  }
  return new Response(null, { status: 303, headers });
}
