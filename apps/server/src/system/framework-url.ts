import type { FrameworkName } from '@waterstrider/contract';

export type FrameworkUrl = { url: string; problem?: never } | { url?: never; problem: string };

/**
 * The base address of a framework, without a slash at its end. Its usual prefix is added below a gateway, and where no path is
 * given: `http://host:1323` is `http://host:1323/tumblebug`. `problem` continues "<what was given> ...".
 */
export function toFrameworkUrl(
  name: FrameworkName,
  text: string,
  { behindGateway = false }: { behindGateway?: boolean } = {},
): FrameworkUrl {
  const given = text.trim();
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    return { problem: 'must be an address such as http://host:8000' };
  }
  if (url.username !== '' || url.password !== '') return { problem: 'must not hold a user or password' };
  if (url.search !== '' || url.hash !== '') return { problem: 'must not have a part after ? or #' };
  const path = url.pathname.replace(/\/+$/, '');
  return { url: `${url.origin}${path}${behindGateway || path === '' ? `/${name}` : ''}` };
}
