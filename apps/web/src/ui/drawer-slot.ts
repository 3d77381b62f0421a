import { createContext } from 'react';

/** The place beside the page where drawers dock; the frame gives it. */
export const DrawerSlot = createContext<HTMLElement | null>(null);
