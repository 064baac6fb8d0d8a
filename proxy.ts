import { NextResponse, type NextRequest } from 'next/server';
import { PATH_HEADER } from '@/lib/auth/next-path.rules';
import { mayChangeState } from '@/lib/auth/origin.rules';
import { env } from '@/lib/env';
import { LANG_HEADER, langOfPath, negotiateLang } from '@/lib/i18n/request';
import { wishCookie, wished } from '@/lib/own-cookie';
import { checkoutOrigins, contentPolicy } from '@/lib/server/content-policy.rules';
import { isPublicPath, RENDER_HEADER } from '@/lib/server/page-for-everyone';

const langCookie = wishCookie('lang');

/**
 * Before a page is rendered: sends `/` to the visitor's language, gives the request a nonce of its own for the
 * content security policy, and tells the page its language. It checks no permission: that is done where the
 * data is, again on every page and action.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  // No page of ours has an address with a NUL, and no database can be asked for one.
  if (/%00/.test(pathname + search)) return new NextResponse('Bad request', { status: 400 });
  // The outer wall against forged requests; lib/auth/session.ts is the inner one.
  if (!comesFromOurPages(request)) return new NextResponse('Forbidden', { status: 403 });
  const remembered = wished((name) => request.cookies.get(name)?.value, 'lang');
  const inPath = langOfPath(pathname);
  const lang = inPath ?? negotiateLang(remembered, request.headers.get('accept-language'));

  if (pathname === '/') {
    // Next writes a redirect within the same host as a path, so the Host header is not repeated to the visitor.
    const response = NextResponse.redirect(new URL(`/${lang}${request.nextUrl.search}`, request.url));
    response.headers.set('Vary', 'Accept-Language, Cookie');
    return withSecurityHeaders(response, request, "default-src 'none'");
  }

  // A page for everyone comes without a nonce; the server names its scripts by their hashes (public-pages.ts).
  if (request.headers.has(RENDER_HEADER)) {
    const headers = new Headers(request.headers);
    headers.set(LANG_HEADER, lang);
    headers.set(PATH_HEADER, pathname + search);
    return withSecurityHeaders(NextResponse.next({ request: { headers } }), request, null);
  }

  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const policy = policyWithNonce(nonce, pathname);
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('Content-Security-Policy', policy); // Next takes the nonce for its own scripts from here
  headers.set(LANG_HEADER, lang);
  headers.set(PATH_HEADER, pathname + search);
  const response = NextResponse.next({ request: { headers } });
  if (inPath !== null && inPath !== remembered && !isPublicPath(pathname))
    response.cookies.set({ name: langCookie.name, value: inPath, ...langCookie.options });
  return withSecurityHeaders(response, request, policy);
}

const comesFromOurPages = (request: NextRequest): boolean =>
  mayChangeState(
    {
      method: request.method,
      path: request.nextUrl.pathname,
      origin: request.headers.get('origin'),
      fetchSite: request.headers.get('sec-fetch-site'),
      host: request.headers.get('host'),
    },
    env.PUBLIC_URL,
  );

/** Addresses that answer with files or data set their own headers; everything a person reads passes through here. */
export const config = {
  matcher: [
    '/((?!api/|_next/|open-data/|display$|language$|tile/|checkpoint$|.*\\.(?:svg|png|jpg|webp|ico|txt|xml|json|csv|geojson|atom)$).*)',
  ],
};

const policyWithNonce = (nonce: string, path: string): string => {
  const development = process.env.NODE_ENV === 'development';
  return contentPolicy({
    scripts: `'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    // The development server injects its own <style> elements without a nonce.
    styles: development ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`,
    formTargets: checkoutOrigins(env.STRIPE_API_BASE),
    framedByOthers: path.startsWith('/embed/'),
  });
};

const withSecurityHeaders = (
  response: NextResponse,
  request: NextRequest,
  policy: string | null,
): NextResponse => {
  if (policy !== null) response.headers.set('Content-Security-Policy', policy);
  response.headers.set('X-Content-Type-Options', 'nosniff');
  response.headers.set('Referrer-Policy', 'strict-origin-when-cross-origin');
  response.headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  response.headers.set(
    'Permissions-Policy',
    'camera=(self), geolocation=(self), microphone=(), payment=(self)',
  );
  if (!request.nextUrl.pathname.startsWith('/embed/')) {
    response.headers.set('X-Frame-Options', 'DENY');
    response.headers.set('Cross-Origin-Resource-Policy', 'same-origin');
  }
  if ((request.headers.get('x-forwarded-proto') ?? request.nextUrl.protocol).startsWith('https'))
    response.headers.set('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
  return response;
};
