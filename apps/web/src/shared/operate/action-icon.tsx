import { IconPlayerPause, IconPlayerPlay, IconRefresh, IconRotateClockwise, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';

const icons = {
  suspend: IconPlayerPause,
  resume: IconPlayerPlay,
  reboot: IconRotateClockwise,
  terminate: IconTrash,
  retry: IconRefresh,
} as const;

/** The icon of an action, 15 px. */
export function actionIcon(action: keyof typeof icons): ReactNode {
  const Icon = icons[action];
  return <Icon size={15} stroke={1.6} aria-hidden="true" />;
}
