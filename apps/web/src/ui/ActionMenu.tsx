import type { Action } from './action.ts';
import { IconButton } from './Button.tsx';
import { Menu } from './Menu.tsx';

interface ActionMenuProps {
  /** Names what it acts on: "Actions for web-1". */
  label: string;
  actions: Action[];
  /** Three dots across, for cards; upright for rows. */
  horizontal?: boolean;
}

/** Actions behind three dots; what can not be done now says why beneath its name. */
export function ActionMenu({ label, actions, horizontal = false }: ActionMenuProps) {
  const safe = actions.filter((action) => !action.danger);
  const dangerous = actions.filter((action) => action.danger);
  return (
    <Menu
      label={label}
      groups={[safe, dangerous]}
      target={(control) => <IconButton {...control} size="sm" label={label} icon={<Dots horizontal={horizontal} />} />}
    />
  );
}

/** One path only: tables draw many of them. */
function Dots({ horizontal }: { horizontal: boolean }) {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      aria-hidden="true"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
    >
      <path d={horizontal ? 'M3 8h0M8 8h0M13 8h0' : 'M8 3v0M8 8v0M8 13v0'} />
    </svg>
  );
}
