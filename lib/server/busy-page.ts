import { createHash } from 'node:crypto';
import type { Lang } from '../i18n/languages';
import { busy } from '../i18n/messages/busy';

/*
 * The page for when there is no database to ask, so it needs none: no frame, no script, no file of ours. Its colours are
 * those of app/_ui/tokens.css.
 */
const STYLE = `:root{color-scheme:light dark;background:light-dark(#f3f1e9,#131719);color:light-dark(#1b2124,#edeae1);font:1.0625rem/1.7 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif}
main{max-width:38rem;margin:0 auto;padding:12vh 1.25rem 3rem}
h1{font-size:1.75rem;line-height:1.3;margin:0 0 1.25rem}
strong{display:block}
.msg{border:1.5px solid light-dark(#744700,#f2c45a);border-inline-start-width:8px;border-radius:4px;background:light-dark(#f8e7be,#3a2c0c);padding:1rem 1.25rem}
.msg strong{color:light-dark(#744700,#f2c45a)}
p{margin:.35rem 0 0}
nav{display:flex;flex-wrap:wrap;gap:.75rem 1.5rem;margin-top:1.5rem}
a{color:light-dark(#1c4c8a,#9cc2f2);display:inline-block;padding:.6rem 0;min-height:1.5rem}
a:focus-visible{outline:3px solid currentColor;outline-offset:3px}`;

const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/**
 * Says in one language that nothing can be shown for a moment.
 *
 * @param address what was asked for, to ask for it again; null where only sending the form once more would
 * @param framedByOthers whether it stands where other sites may frame a part of ours
 */
export const busyPage = (
  lang: Lang,
  address: string | null,
  framedByOthers: boolean,
): { readonly headers: Record<string, string>; readonly body: string } => {
  const t = busy[lang];
  // Two slashes, or one turned round, would lead to another host.
  const again =
    address === null || !/^\/(?![/\\])/.test(address) ? '' : `<a href="${escape(address)}">${t.retry}</a>`;
  return {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': framedByOthers ? POLICY : `${POLICY}; frame-ancestors 'none'`,
      vary: 'Accept-Language, Cookie',
    },
    body: `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${t.title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${t.title}</h1>
<div class="msg"><strong>${t.money}</strong><p>${address === null ? t.form : t.body}</p></div>
<nav>${again}<a href="/${lang}">${t.home}</a></nav>
</main>
</body>
</html>
`,
  };
};

const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
