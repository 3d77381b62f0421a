import type { useClouds } from '../../shared/use-clouds.ts';

/** What both tabs of the page are given. */
export interface TabContext {
  clouds: ReturnType<typeof useClouds>;
  /** Opens the form of a credential. */
  onEdit: (credential: string) => void;
  /** Opens the form for a new one; absent for those who may not change anything. */
  onAdd?: (provider?: string) => void;
}
