import { useTranslation } from 'react-i18next';
import { useNamespaces } from '../../shared/session.ts';
import type { useClouds } from '../../shared/use-clouds.ts';
import type { FilterDefinition } from '../../ui/filter-definition.ts';

const states = ['Failed', 'Verifying', 'Verified', 'Disabled'] as const;

/** Cloud, state and namespace on offer; region and credential are typed. */
export function useConnectionFilters({ clouds, nameOf }: ReturnType<typeof useClouds>): FilterDefinition[] {
  const { t } = useTranslation(['connections', 'status']);
  const namespaces = useNamespaces().data?.items ?? [];
  return [
    {
      key: 'provider',
      label: t('column.provider'),
      options: clouds.map(({ provider }) => ({ value: provider, label: nameOf(provider) })),
    },
    {
      key: 'state',
      label: t('column.state'),
      options: states.map((state) => ({ value: state, label: t(`status:${state}`) })),
    },
    { key: 'ns', label: t('column.namespace'), options: namespaces.map(({ name }) => ({ value: name, label: name })) },
    { key: 'region', label: t('column.region') },
    { key: 'credential', label: t('column.credential') },
  ];
}
