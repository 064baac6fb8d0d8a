import type { ReactNode } from 'react';
import { amountText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import type { CurrencyCode } from '@/lib/shared/currencies';
import { money } from '@/lib/shared/money';
import { Amt } from '../amt/component';
import { ScrollBox, Table } from '../table/component';
import { drawFlow, type DrawnNode, type FlowLink, type FlowNode } from './flow.rules';

const PICTURE = { width: 880, height: 290, top: 42 } as const;

/**
 * Where the money came from and where it is, as ribbons of the material it has become; the same facts follow as a
 * table. Promises are not drawn: they are no money.
 */
export function Flow({
  lang,
  currency,
  nodes,
  links,
  children,
}: {
  lang: Lang;
  currency: CurrencyCode;
  nodes: readonly FlowNode[];
  links: readonly FlowLink[];
  /** The picture in words. */
  children: ReactNode;
}) {
  const t = words(lang, 'ui');
  const drawing = drawFlow(nodes, links, PICTURE);
  const amounts = new Map(nodes.map((node) => [node.id, amountText(money(currency, node.minor))]));
  const { left, right } = roomBeside(drawing.nodes, amounts);
  const labels = new Map(nodes.map((node) => [node.id, node.label]));
  return (
    <figure className="flow">
      <ScrollBox name={t('flow.label')} lang={lang}>
        <svg
          viewBox={`${-left} ${-PICTURE.top} ${PICTURE.width + left + right} ${drawing.height + PICTURE.top + 8}`}
          aria-hidden="true"
          focusable="false"
        >
          {drawing.links.map((link) => (
            <g key={`${link.from} ${link.to}`}>
              <path className={`flow-ribbon flow-${link.material}`} d={link.ribbon} />
              {link.material === 'asphalt' && link.thickness > 9 && (
                <path className="flow-paint" d={link.middle} />
              )}
            </g>
          ))}
          {drawing.nodes.map((node) => (
            <g key={node.id}>
              <rect className="flow-node" x={node.x} y={node.y} width={node.width} height={node.height} />
              <Label node={node} amount={amounts.get(node.id) ?? ''} />
            </g>
          ))}
        </svg>
      </ScrollBox>
      <figcaption>
        {children}
        <details>
          <summary>{t('flow.asTable')}</summary>
          <Table
            lang={lang}
            caption={t('flow.label')}
            captionHidden
            rows={links}
            rowKey={(link) => `${link.from} ${link.to}`}
            columns={[
              {
                key: 'from',
                head: t('flow.from'),
                names: true,
                cell: (link) => labels.get(link.from) ?? link.from,
              },
              { key: 'to', head: t('flow.to'), cell: (link) => labels.get(link.to) ?? link.to },
              {
                key: 'amount',
                head: t('flow.amount'),
                numeric: true,
                phone: 'main',
                cell: (link) => <Amt value={money(currency, link.minor)} />,
              },
            ]}
          />
        </details>
      </figcaption>
    </figure>
  );
}

/** About as wide as a label is set, a little more rather than less: Chinese signs are square, others half of that. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, sign) => sum + ((sign.codePointAt(0) ?? 0) > 0x2e7f ? 13.5 : 7.8), 0);

/** The room labels need to the left and to the right of the ribbons, so that the picture is as large as it can be. */
const roomBeside = (nodes: readonly DrawnNode[], amounts: ReadonlyMap<string, string>) => {
  const room = (node: DrawnNode): number =>
    16 + Math.ceil(Math.max(widthOf(node.label), widthOf(amounts.get(node.id) ?? '')));
  return {
    left: Math.max(0, ...nodes.map((node) => (node.place === 'first' ? room(node) - node.x : 0))),
    right: Math.max(
      0,
      ...nodes.map((node) => (node.place === 'first' ? 0 : node.x + node.width + room(node) - PICTURE.width)),
    ),
  };
};

function Label({ node, amount }: { node: DrawnNode; amount: string }) {
  const middle = node.y + node.height / 2;
  const [x, y, anchor] =
    node.place === 'first'
      ? [node.x - 9, middle - 3, 'end']
      : node.place === 'middle'
        ? [node.x, -24, 'start']
        : [node.x + node.width + 9, middle - 3, 'start'];
  return (
    <text className={`flow-label flow-label-${anchor}`} x={x} y={y}>
      <tspan className="flow-name">{node.label}</tspan>
      <tspan x={x} dy="16">
        {amount}
      </tspan>
    </text>
  );
}
