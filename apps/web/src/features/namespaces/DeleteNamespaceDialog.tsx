import type { Namespace } from '@waterstrider/contract';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../shared/query.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';

/** Deletes an empty namespace; else the refusal lists what is in it. */
export function DeleteNamespaceDialog({ namespace, onClose }: { namespace: Namespace; onClose: () => void }) {
  const { t } = useTranslation('namespaces');
  const remove = useAction('deleteNamespace', { invalidates: ['listNamespaces'] });
  return (
    <ConfirmDialog
      danger
      title={t('deleteOne')}
      confirmLabel={t('deleteOne')}
      names={[namespace.name]}
      onConfirm={() => remove.mutateAsync({ params: { ns: namespace.name } })}
      onClose={onClose}
    >
      <p>{t('deleteText')}</p>
    </ConfirmDialog>
  );
}
