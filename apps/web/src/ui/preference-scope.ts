import { createContext } from 'react';

/** Whose preferences are remembered (columns of tables); the app gives the person's name. */
export const PreferenceScope = createContext('');
