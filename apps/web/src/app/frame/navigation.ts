import {
  IconCloud,
  IconFileText,
  IconFolders,
  IconLayoutDashboard,
  IconListCheck,
  IconPlug,
  IconPuzzle,
  IconServer,
  IconSquarePlus,
  IconStack2,
  IconUsers,
  IconWorld,
} from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';

/** An entry of the menu: its address, its text in the locale file `common`, who sees it. */
export interface Entry {
  key: string;
  to: string;
  icon: Icon;
  admin?: boolean;
  /** Not for viewers of the namespace. */
  operator?: boolean;
}

export interface Group {
  key: string;
  folds?: boolean;
  entries: Entry[];
}

/** Only pages that exist are listed; `$ns` is filled with the present namespace. */
export const groups: readonly Group[] = [
  {
    key: 'dashboard',
    entries: [
      { key: 'dashboardNamespace', to: '/ns/$ns', icon: IconLayoutDashboard },
      { key: 'dashboardGlobal', to: '/global', icon: IconWorld },
    ],
  },
  {
    key: 'operate',
    entries: [
      { key: 'mcis', to: '/ns/$ns/mcis', icon: IconStack2 },
      { key: 'servers', to: '/ns/$ns/servers', icon: IconServer },
      { key: 'tasks', to: '/ns/$ns/tasks', icon: IconListCheck },
    ],
  },
  { key: 'build', entries: [{ key: 'newMcis', to: '/ns/$ns/mcis/new', icon: IconSquarePlus, operator: true }] },
  {
    key: 'settings',
    folds: true,
    entries: [
      { key: 'connections', to: '/settings/connections', icon: IconCloud },
      { key: 'drivers', to: '/settings/drivers', icon: IconPuzzle },
      { key: 'namespaces', to: '/settings/namespaces', icon: IconFolders },
      { key: 'users', to: '/settings/users', icon: IconUsers, admin: true },
      { key: 'audit', to: '/settings/audit', icon: IconFileText, admin: true },
      { key: 'platform', to: '/settings/platform', icon: IconPlug, admin: true },
    ],
  },
];

/** The menu of a person: without what is not for them. */
export function groupsFor({ admin, role }: { admin: boolean; role: string | undefined }): Group[] {
  const isFor = (entry: Entry) => admin || !(entry.admin || (entry.operator && role === 'viewer'));
  return groups
    .map((group) => ({ ...group, entries: group.entries.filter(isFor) }))
    .filter((group) => group.entries.length > 0);
}

/** The address of an entry in a namespace; `undefined` when it needs one and there is none. */
export function addressOf(entry: Entry, ns: string | undefined): string | undefined {
  if (!entry.to.includes('$ns')) return entry.to;
  return ns === undefined ? undefined : entry.to.replace('$ns', encodeURIComponent(ns));
}

/** The router marks a link as current by itself only on its very page; the menu decides about the pages below. */
export const exactly = { exact: true, includeSearch: false } as const;

const covers = (address: string, path: string): boolean => path === address || path.startsWith(`${address}/`);

/** The entry a path belongs to: the longest address that covers it; the dashboard only itself. */
export function activeKey(path: string, ns: string | undefined): string | undefined {
  const found = groups
    .flatMap(({ entries }) => entries)
    .map((entry) => ({ key: entry.key, address: addressOf(entry, ns) ?? '' }))
    .filter(
      ({ key, address }) => address !== '' && (key === 'dashboardNamespace' ? path === address : covers(address, path)),
    )
    .sort((left, right) => right.address.length - left.address.length);
  return found[0]?.key;
}

/** Where the same page is in another namespace; what belongs to one namespace only (an MCIS, a server) gives its list. */
export function pathInNamespace(path: string, ns: string): string {
  const [, section, , page] = path.split('/');
  const last = path.split('/')[4];
  if (section !== 'ns') return `/ns/${encodeURIComponent(ns)}`;
  const tail = page === undefined || page === '' ? '' : page === 'mcis' && last === 'new' ? '/mcis/new' : `/${page}`;
  return `/ns/${encodeURIComponent(ns)}${tail}`;
}
