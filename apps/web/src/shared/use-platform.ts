import type { About, RowName } from '@waterstrider/contract';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useRow } from './query.ts';

/** Who carries the changes out; undefined until it is known. */
export const usePlatformKind = (): About['platform'] | undefined => useRow('getAbout', {}).data?.platform;

/**
 * Why the active platform does not have a row, as a sentence in the language on screen; undefined when it has it.
 * `const whyNot = useUnsupported(); <Button disabled={whyNot('deleteCredential') !== undefined}>`
 */
export function useUnsupported(): (row: RowName) => string | undefined {
  const { t } = useTranslation('rules');
  const lacking = useRow('getAbout', {}).data?.unsupported;
  return useCallback(
    (row) => {
      const reason = lacking?.[row];
      return reason === undefined ? undefined : t(`rules:unsupported.${row}`, { defaultValue: reason });
    },
    [lacking, t],
  );
}
