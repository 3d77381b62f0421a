import { useTranslation } from 'react-i18next';
import { useNamespaces } from '../../shared/session.ts';
import type { FilterDefinition } from '../../ui/filter-definition.ts';
import { auditedActions } from './audited-actions.ts';

const outcomes = ['done', 'accepted', 'refused', 'failed'] as const;

/** What the log can be filtered by. */
export function useAuditFilters(): FilterDefinition[] {
  const { t } = useTranslation(['audit', 'status']);
  const namespaces = useNamespaces().data?.items ?? [];
  return [
    { key: 'actor', label: t('column.actor') },
    {
      key: 'action',
      label: t('column.action'),
      options: auditedActions.map((action) => ({ value: action, label: t(`action.${action}`) })),
    },
    {
      key: 'outcome',
      label: t('column.outcome'),
      options: outcomes.map((outcome) => ({ value: outcome, label: t(`status:${outcome}`) })),
    },
    { key: 'ns', label: t('column.ns'), options: namespaces.map(({ name }) => ({ value: name, label: name })) },
    { key: 'target', label: t('column.target') },
  ];
}
