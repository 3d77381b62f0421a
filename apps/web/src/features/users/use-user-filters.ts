import type { Namespace } from '@waterstrider/contract';
import { useTranslation } from 'react-i18next';
import type { FilterDefinition } from '../../ui/filter-definition.ts';

/** What users can be filtered by. */
export function useUserFilters(namespaces: Namespace[]): FilterDefinition[] {
  const { t } = useTranslation('users');
  return [
    { key: 'ns', label: t('namespace'), options: namespaces.map(({ name }) => ({ value: name, label: name })) },
    {
      key: 'role',
      label: t('role'),
      options: (['operator', 'viewer'] as const).map((role) => ({ value: role, label: t(`roles.${role}`) })),
    },
    { key: 'admin', label: t('rights'), options: [{ value: 'true', label: t('roles.admin') }] },
    {
      key: 'disabled',
      label: t('column.state'),
      options: [
        { value: 'false', label: t('active') },
        { value: 'true', label: t('disabled') },
      ],
    },
  ];
}
