import type { IncomingMessage } from 'node:http';
import type { Lang } from '../i18n/languages';
import { LANG_COOKIE, langOfPath, negotiateLang } from '../i18n/request';

/** The language of a page that is answered before Next knows of it: that of its address, else the visitor's. */
export const askedLang = (request: IncomingMessage): Lang =>
  langOfPath((request.url ?? '/').split('?')[0] ?? '/') ??
  negotiateLang(rememberedLang(request), request.headers['accept-language'] ?? null);

const rememberedLang = (request: IncomingMessage): string | undefined =>
  new RegExp(`(?:^|;\\s*)${LANG_COOKIE}=([^;]*)`).exec(request.headers.cookie ?? '')?.[1];
