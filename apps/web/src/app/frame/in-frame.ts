import { createContext } from 'react';

/** True for what stands inside the frame, whose main landmark is the page's. */
export const InFrame = createContext(false);
