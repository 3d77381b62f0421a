import type { ReactNode } from 'react';

/** Something a person can do to what is shown. */
export interface Action {
  key: string;
  /** Verb, with the object where it is not plain: "Suspend", "Add servers". */
  label: string;
  icon?: ReactNode;
  onSelect: () => void;
  /** Red; set apart at the end. */
  danger?: boolean;
  /** Why it can not be done now, as a whole sentence; absent when it can. */
  reason?: string | undefined;
  /** While it is being sent. */
  busy?: boolean;
}
