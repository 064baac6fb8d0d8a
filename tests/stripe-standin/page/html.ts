import { inUnits } from '../currencies';
import { offered } from '../objects/sessions';
import type { Session } from '../store';
import { WORDS, type PageLang } from './words';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const safe = (text: string): string => text.replace(/[&<>"']/g, (one) => escapes[one] ?? one);

const frame = (lang: PageLang, title: string, body: string): string => `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${safe(title)}</title>
<link rel="stylesheet" href="/pay/style.css">
</head>
<body>
<header class="warning"><p>${safe(WORDS[lang].warning)}</p></header>
<main>
${body}
</main>
</body>
</html>
`;

/** "12,345.60 HKD": grouped, with the code, so that ¥ is never doubtful. */
export const amountText = (session: Session): string => {
  const currency = session.currency ?? 'usd';
  const [whole = '', fraction] = inUnits(session.amount_total ?? 0, currency).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return `${grouped}${fraction === undefined ? '' : `.${fraction}`} ${currency.toUpperCase()}`;
};

export type PayView = {
  readonly session: Session;
  readonly purpose: string;
  readonly lang: PageLang;
  readonly declined?: string;
  readonly email?: string;
  readonly name?: string;
  readonly method?: string;
};

/** The page itself: one form, every button a plain submit. */
export const payPage = ({ session, purpose, lang, declined, email, name, method }: PayView): string => {
  const words = WORDS[lang];
  const methods = offered(session);
  const chosen = method ?? methods[0];
  const radios = methods
    .map(
      (one) =>
        `<div class="choice"><input type="radio" name="method" id="method-${one}" value="${one}"${one === chosen ? ' checked' : ''} required><label for="method-${one}">${safe(words.methods[one])}</label></div>`,
    )
    .join('\n');
  const alert =
    declined === undefined
      ? ''
      : `<section class="error" role="alert" aria-labelledby="declined"><h2 id="declined">${safe(words.declinedTitle)}</h2><p>${safe(words.declinedText[declined] ?? words.declinedText['generic_decline'] ?? '')}</p></section>`;
  return frame(
    lang,
    declined === undefined ? words.title : `${words.declinedTitle} – ${words.title}`,
    `<h1>${safe(words.title)}</h1>
${alert}
<dl>
<dt>${safe(words.purpose)}</dt><dd>${safe(purpose)}</dd>
<dt>${safe(words.amount)}</dt><dd class="amount" id="amount">${safe(amountText(session))}</dd>
</dl>
<form method="post" action="/pay/${safe(session.id)}">
<p class="field"><label for="email">${safe(words.email)}</label>
<input id="email" name="email" type="email" autocomplete="email" required maxlength="200" value="${safe(email ?? session.customer_email ?? '')}"></p>
<p class="field"><label for="name">${safe(words.name)}</label>
<input id="name" name="name" autocomplete="name" maxlength="200" value="${safe(name ?? '')}"></p>
<fieldset><legend>${safe(words.method)}</legend>
${radios}
</fieldset>
<p><button class="main" name="act" value="pay">${safe(words.pay)} ${safe(amountText(session))}</button></p>
<fieldset><legend>${safe(words.outcome)}</legend>
<p id="hint">${safe(words.outcomeHint)}</p>
<div class="row" role="group" aria-describedby="hint">
<button name="act" value="decline">${safe(words.decline)}</button>
<button name="act" value="insufficient">${safe(words.insufficient)}</button>
<button name="act" value="secure">${safe(words.secure)}</button>
<button name="act" value="delayed">${safe(words.delayed)}</button>
</div>
</fieldset>
<p><button name="act" value="abandon" formnovalidate>${safe(words.abandon)}</button></p>
</form>`,
  );
};

export const securePage = (session: Session, lang: PageLang): string => {
  const words = WORDS[lang];
  return frame(
    lang,
    words.secureTitle,
    `<h1>${safe(words.secureTitle)}</h1>
<p>${safe(words.secureText)}</p>
<dl><dt>${safe(words.amount)}</dt><dd class="amount">${safe(amountText(session))}</dd></dl>
<form method="post" action="/pay/${safe(session.id)}">
<p class="row"><button class="main" name="act" value="secure_yes">${safe(words.secureYes)}</button>
<button name="act" value="secure_no">${safe(words.secureNo)}</button></p>
</form>`,
  );
};

/** Paid already, expired, or unknown. */
export const endPage = (
  lang: PageLang,
  kind: 'paid' | 'expired' | 'unknown',
  link: string | null,
): string => {
  const words = WORDS[lang];
  const title = { paid: words.paidTitle, expired: words.expiredTitle, unknown: words.unknownTitle }[kind];
  const text = { paid: words.paidText, expired: words.expiredText, unknown: words.unknownText }[kind];
  const label = kind === 'paid' ? words.goOn : words.back;
  return frame(
    lang,
    title,
    `<h1>${safe(title)}</h1><p>${safe(text)}</p>${link === null ? '' : `<p><a href="${safe(link)}">${safe(label)}</a></p>`}`,
  );
};

export const STYLE = `:root{color-scheme:light dark;font:1.0625rem/1.6 system-ui,"Noto Sans SC","Noto Sans TC",sans-serif}
body{margin:0;background:Canvas;color:CanvasText}
main{max-width:32rem;margin:0 auto;padding:1rem}
.warning{padding:.75rem 1rem;background:#7a2e00;color:#fff;font-weight:600;text-align:center}.warning p{margin:0 auto;max-width:32rem}
h1{font-size:1.5rem}dl{margin:1rem 0}dt{font-size:.9375rem}dd{margin:0 0 .75rem}
.amount{font-size:1.75rem;font-weight:700;font-variant-numeric:tabular-nums}
.field label{display:block}input:not([type=radio]){box-sizing:border-box;width:100%;font:inherit;padding:.5rem;border:1px solid GrayText;background:Field;color:FieldText}
fieldset{border:1px solid GrayText;margin:1rem 0;padding:.75rem}
.choice{display:flex;gap:.5rem;align-items:center;min-height:2.75rem}.choice input{width:1.25rem;height:1.25rem}
.choice label{flex:1}
.row{display:flex;flex-wrap:wrap;gap:.5rem}
button{font:inherit;min-height:2.75rem;padding:.5rem 1rem;border:1px solid GrayText;background:ButtonFace;color:ButtonText;cursor:pointer}
button.main{background:#12563a;color:#fff;border-color:#12563a;font-weight:700;width:100%}
:focus-visible{outline:3px solid #c98a00;outline-offset:2px}
.error{border-inline-start:.375rem solid #b00020;padding:.25rem 1rem}
`;
