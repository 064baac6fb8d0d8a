import type { IncomingMessage } from 'node:http';
import type { Lang } from '../i18n/languages';
import { langOfPath, negotiateLang } from '../i18n/request';
import { wished } from '../own-cookie';
import { cookieIn } from '../shared/own-cookie.rules';

/** The language of a page that is answered before Next knows of it: that of its address, else the visitor's. */
export const askedLang = (request: IncomingMessage): Lang =>
  langOfPath((request.url ?? '/').split('?')[0] ?? '/') ??
  negotiateLang(wished(cookieIn(request.headers.cookie), 'lang'), request.headers['accept-language'] ?? null);
