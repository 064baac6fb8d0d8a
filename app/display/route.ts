import type { NextRequest } from 'next/server';
import { DISPLAY_CHOICES } from '../_ui/site/display';

const YEAR_SECONDS = 365 * 24 * 3600;

/**
 * Remembers how a visitor wants pages to look and goes back to the page. Changes nothing else, so it needs no
 * origin check; `back` is only ever a path of this site.
 */
export async function POST(request: NextRequest): Promise<Response> {
  const form = await request.formData();
  const headers = new Headers({ Location: pathOfThisSite(form.get('back')) });
  const secure = new URL(request.url).protocol === 'https:' ? '; Secure' : '';
  for (const [name, values] of Object.entries(DISPLAY_CHOICES)) {
    const value = form.get(name);
    if (typeof value === 'string' && (values as readonly string[]).includes(value))
      headers.append(
        'Set-Cookie',
        `${name}=${value}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax${secure}`,
      );
  }
  return new Response(null, { status: 303, headers });
}

/** `//host` and `/\host` are read by browsers as another site, so they are not paths. */
const pathOfThisSite = (back: FormDataEntryValue | null): string =>
  typeof back === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(back) ? back : '/';
