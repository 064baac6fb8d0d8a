import type { NextRequest } from 'next/server';
import { readChoice } from '@/lib/i18n/choose.rules';
import { keepWish } from '@/lib/own-cookie';

/**
 * Remembers the language a reader chose and leads on to the page in it. The page itself cannot do that: everyone gets
 * it with the same bytes and no cookie. An address that is no page of ours leads home and changes nothing.
 */
export function GET(request: NextRequest): Response {
  const choice = readChoice(request.nextUrl.searchParams.get('to'));
  const headers = new Headers({ Location: choice?.path ?? '/', 'Cache-Control': 'private, no-store' });
  if (choice) headers.set('Set-Cookie', keepWish('lang', choice.lang));
  return new Response(null, { status: 303, headers });
}
