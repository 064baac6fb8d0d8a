'use client';

import { usePathname } from 'next/navigation';

export type StaffLink = {
  readonly href: string;
  readonly label: string;
  /** How many things wait there for this person. */
  readonly waiting?: number | undefined;
  readonly exact?: boolean | undefined;
};

/** Pages that belong together. One alone stands in the upper row itself. */
export type StaffSection = { readonly label: string; readonly links: readonly StaffLink[] };

const isBelow = ({ href, exact = false }: StaffLink, path: string): boolean =>
  path === href || (!exact && path.startsWith(`${href}/`));

/**
 * The menu of the desk in two rows: the sections, and below them the pages of the section one is in. A section leads to
 * its first page. Rendered on the server too, so that it works without script.
 */
export function StaffNav({ label, sections }: { label: string; sections: readonly StaffSection[] }) {
  const path = usePathname();
  const current = sections.find(({ links }) => links.some((link) => isBelow(link, path)));
  return (
    <nav aria-label={label} className="staff-nav">
      <ul>
        {sections.map((section) => (
          <li key={section.label}>
            <a
              href={section.links[0]?.href}
              aria-current={
                section !== current ? undefined : section.links[0]?.href === path ? 'page' : 'true'
              }
            >
              {section.label}
              <Waiting count={section.links.reduce((sum, { waiting = 0 }) => sum + waiting, 0)} />
            </a>
          </li>
        ))}
      </ul>
      {current !== undefined && current.links.length > 1 && (
        <ul className="staff-pages">
          {current.links.map((link) => (
            <li key={link.href}>
              <a
                href={link.href}
                aria-current={path === link.href ? 'page' : isBelow(link, path) ? 'true' : undefined}
              >
                {link.label}
                <Waiting count={link.waiting ?? 0} />
              </a>
            </li>
          ))}
        </ul>
      )}
    </nav>
  );
}

function Waiting({ count }: { count: number }) {
  return count > 0 ? (
    <>
      {' '}
      <b className="staff-waiting">{count}</b>
    </>
  ) : null;
}
