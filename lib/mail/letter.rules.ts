import type { Lang } from '../i18n/languages';

/** A mail as its parts; rendered once as plain text and once as HTML, so that both always say the same. */
export type Letter = {
  readonly subject: string;
  readonly parts: readonly LetterPart[];
  /** Where the reader ends letters of this kind; also told to the mail program (RFC 8058). */
  readonly stopUrl?: string | undefined;
};

export type LetterPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'small'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'code'; readonly label: string; readonly code: string }
  | { readonly kind: 'link'; readonly label: string; readonly url: string }
  | { readonly kind: 'picture'; readonly name: string; readonly alt: string }
  | { readonly kind: 'stop'; readonly text: string; readonly url: string }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [label: string, value: string])[] };

/** A subject is one line: control characters in it could begin a header of their own. */
export const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, 200);

export const letterText = (letter: Letter, signature: string): string =>
  `${letter.parts.map(partText).join('\n\n')}\n\n-- \n${signature}\n`;

const partText = (part: LetterPart): string => {
  switch (part.kind) {
    case 'text':
    case 'small':
    case 'heading':
      return part.text;
    case 'picture':
      return `[${part.alt}]`;
    case 'stop':
      return `${part.text}\n${part.url}`;
    case 'code':
      return `${part.label}\n\n    ${part.code}`;
    case 'link':
      return `${part.label}\n${part.url}`;
    case 'facts':
      return part.rows
        .map(([label, value]) =>
          value.includes('\n')
            ? `${named(label).trimEnd()}\n  ${value.replaceAll('\n', '\n  ')}`
            : `${named(label)}${value}`,
        )
        .join('\n');
  }
};

/** A label before its value, with the colon of its script. */
const named = (label: string): string => (/\p{Script=Han}|）$/u.test(label) ? `${label}：` : `${label}: `);

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);
/** Numbers of ours (2026-000095, G-0095) stay on one line. */
const lines = (text: string): string =>
  escape(text)
    .replace(/\b(?:[A-Z]{1,3}|\d{4})-\d{2,12}\b/g, '<span style="white-space:nowrap">$&</span>')
    .replaceAll('\n', '<br>');

const FONT =
  "font-family:system-ui,-apple-system,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;font-size:17px;line-height:1.6;color:#1d1a16";

/**
 * Mail programs know no style sheets of ours, so the few styles stand in the elements. No scripts, and no picture is
 * fetched from anywhere: what is shown travels with the mail, so that nobody learns when it was opened.
 */
export const letterHtml = (letter: Letter, signature: string, lang: Lang): string =>
  [
    `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">`,
    `<title>${escape(letter.subject)}</title></head>`,
    `<body style="margin:0;padding:24px 16px;background:#fff;${FONT}"><div style="max-width:34em;margin:0 auto">`,
    ROAD,
    ...letter.parts.map((part, at) =>
      part.kind === 'link' && letter.parts.slice(0, at).some((before) => before.kind === 'link')
        ? plainLink(part)
        : partHtml(part),
    ),
    `<hr style="border:0;border-top:1px solid #b9b1a3;margin:28px 0 12px">`,
    `<p style="margin:0;font-size:14px;color:#5a5348">${lines(signature)}</p></div></body></html>\n`,
  ].join('\n');

/** A stretch of road with its centre line, drawn without a picture. */
const ROAD =
  '<div style="margin:0 0 24px;padding:5px 0;background:#3b3733"><div style="border-top:2px dashed #f2c14e;font-size:0;line-height:0">&nbsp;</div></div>';

/** One button to a letter; what else can be opened is a line. */
const plainLink = ({ label, url }: Extract<LetterPart, { kind: 'link' }>): string =>
  `<p style="margin:0 0 16px"><a href="${escape(url)}" style="color:#1d1a16">${escape(label)}</a></p>`;

const partHtml = (part: LetterPart): string => {
  switch (part.kind) {
    case 'text':
      return `<p style="margin:0 0 16px">${lines(part.text)}</p>`;
    case 'small':
      return `<p style="margin:0 0 12px;font-size:15px;color:#5a5348;overflow-wrap:anywhere">${lines(part.text)}</p>`;
    case 'heading':
      return `<h2 style="margin:24px 0 8px;font-size:18px">${escape(part.text)}</h2>`;
    case 'picture':
      return `<p style="margin:0 0 16px"><img src="cid:${escape(part.name)}" alt="${escape(part.alt)}" width="544" style="max-width:100%;height:auto"></p>`;
    case 'stop':
      return `<p style="margin:0 0 12px;font-size:15px;color:#5a5348"><a href="${escape(part.url)}" style="color:#5a5348">${escape(part.text)}</a></p>`;
    case 'code':
      return `<p style="margin:0 0 4px">${escape(part.label)}</p><p style="margin:0 0 20px;font:600 28px/1.3 ui-monospace,Menlo,Consolas,monospace;letter-spacing:2px">${escape(part.code)}</p>`;
    case 'link':
      return `<p style="margin:0 0 20px"><a href="${escape(part.url)}" style="display:inline-block;padding:12px 20px;background:#1d1a16;color:#fff;text-decoration:none">${escape(part.label)}</a><br><span style="font-size:14px;color:#5a5348;word-break:break-all">${escape(part.url)}</span></p>`;
    case 'facts':
      return `<table role="presentation" style="margin:0 0 20px;border-collapse:collapse">${part.rows
        .map(
          ([label, value]) =>
            `<tr><td style="padding:4px 16px 4px 0;min-width:4em;max-width:8em;color:#5a5348;vertical-align:top">${escape(label)}</td><td style="padding:4px 0;overflow-wrap:anywhere;word-break:break-word">${lines(value)}</td></tr>`,
        )
        .join('')}</table>`;
  }
};
