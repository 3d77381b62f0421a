import type { User } from '@waterstrider/contract';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../shared/query.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';

/** Deletes a user; what they did stays in the audit log. */
export function DeleteUserDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation('users');
  const remove = useAction('deleteUser', { invalidates: ['listUsers'] });
  return (
    <ConfirmDialog
      danger
      title={t('deleteOne')}
      confirmLabel={t('deleteOne')}
      names={[user.username]}
      onConfirm={() => remove.mutateAsync({ params: { user: user.id } })}
      onClose={onClose}
    >
      <p>{t('deleteText')}</p>
    </ConfirmDialog>
  );
}
