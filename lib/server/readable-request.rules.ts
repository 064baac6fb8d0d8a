const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

export type RequestLine = {
  readonly method: string;
  /** As it stands in the first line of the request. */
  readonly address: string;
  readonly httpVersion: string;
  /** Every Host header there is. */
  readonly hosts: readonly string[];
};

/**
 * The address to go on with, or the status to refuse with. Node lets through what Next falls over or passes on: other
 * methods and versions of HTTP, two Host headers, addresses of other servers (Next redirects to them), and addresses
 * whose percent signs spell no text (Next answers 500).
 */
export const readRequestLine = ({
  method,
  address,
  httpVersion,
  hosts,
}: RequestLine): { readonly address: string } | { readonly status: 400 | 501 | 505 } => {
  if (httpVersion !== '1.1' && httpVersion !== '1.0') return { status: 505 };
  if (!METHODS.has(method)) return { status: 501 };
  if (hosts.length > 1) return { status: 400 };
  const own = ownPath(address, hosts[0]);
  return own !== null && isText(own.split('?')[0] ?? '') ? { address: own } : { status: 400 };
};

/** A proxy may write the whole address (RFC 9112, section 3.2.2); it must be the one it names as the host. */
const ownPath = (address: string, host: string | undefined): string | null => {
  if (address.startsWith('/')) return address;
  const [, authority, rest = ''] = /^https?:\/\/([^/?#]+)([/?].*)?$/i.exec(address) ?? [];
  if (authority === undefined || authority.toLowerCase() !== host?.toLowerCase()) return null;
  return rest.startsWith('/') ? rest : `/${rest}`;
};

const isText = (path: string): boolean => {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
};
