import type { Cloud } from '@waterstrider/contract';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { providerName } from '../ui/provider.ts';
import { useRow } from './query.ts';

const none: Cloud[] = [];

/** The providers on offer, and their names in the language on screen. */
export function useClouds(enabled = true) {
  const { i18n } = useTranslation();
  const { data, error, isPending, refetch } = useRow('listClouds', {}, { enabled });
  const clouds = data?.items ?? none;
  const known = useMemo(() => new Map(clouds.map((cloud) => [cloud.provider, cloud])), [clouds]);
  const isKorean = i18n.language === 'ko';
  const nameOf = useCallback(
    (provider: string): string => known.get(provider)?.displayName[isKorean ? 'ko' : 'en'] ?? providerName(provider),
    [known, isKorean],
  );
  return { clouds, known, nameOf, error, isPending, retry: () => void refetch() };
}
