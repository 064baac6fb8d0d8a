/** `ML-07` in its two parts; a code of another shape keeps everything in the figure. */
const partsOf = (code: string): readonly [string, string] => {
  const cut = code.lastIndexOf('-');
  return cut < 0 ? ['', code] : [code.slice(0, cut), code.slice(cut + 1)];
};

/** The milestone of a road: its code carved on a stone. Read aloud as one word; the name always stands near. */
export function Stele({ code, size = 'normal' }: { code: string; size?: 'normal' | 'large' | undefined }) {
  const [district, number] = partsOf(code);
  return (
    <span className={size === 'large' ? 'stele stele-large' : 'stele'}>
      <span className="sr-only">{code}</span>
      <span aria-hidden="true">{district}</span>
      <b aria-hidden="true">{number}</b>
    </span>
  );
}

/** The same code inside a line of text, a link when `href` is given. */
export function Code({ code, href }: { code: string; href?: string | undefined }) {
  return href === undefined ? (
    <span className="code">{code}</span>
  ) : (
    <a className="code" href={href}>
      {code}
    </a>
  );
}

const CODE = /([A-Z]{1,3}-\d+)/u;

/** A sentence whose codes are never broken at their hyphen, where a line is short. */
export function CodesWhole({ text }: { text: string }) {
  return text.split(CODE).map((part, at) =>
    at % 2 === 0 ? (
      part
    ) : (
      <span key={at} className="code-whole">
        {part}
      </span>
    ),
  );
}
