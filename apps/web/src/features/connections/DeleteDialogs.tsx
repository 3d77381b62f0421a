import type { Connection, Credential } from '@waterstrider/contract';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../shared/query.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';

/** Deletes one connection; refused while servers or networks use it, and the refusal names them. */
export function DeleteConnectionDialog({ connection, onClose }: { connection: Connection; onClose: () => void }) {
  const { t } = useTranslation('connections');
  const remove = useAction('deleteConnection', { invalidates: ['listConnections', 'listCredentials', 'listDrivers'] });
  return (
    <ConfirmDialog
      danger
      title={t('deleteConnection')}
      confirmLabel={t('deleteConnection')}
      names={[connection.name]}
      onConfirm={() => remove.mutateAsync({ params: { connection: connection.name } })}
      onClose={onClose}
    >
      <p>{t('deleteConnectionText')}</p>
    </ConfirmDialog>
  );
}

interface DeleteCredentialProps {
  credential: Credential;
  onDeleted?: () => void;
  onClose: () => void;
}

/** Deletes a credential with all its connections; refused in the same way. */
export function DeleteCredentialDialog({ credential, onDeleted, onClose }: DeleteCredentialProps) {
  const { t } = useTranslation('connections');
  const remove = useAction('deleteCredential', { invalidates: ['listConnections', 'listCredentials', 'listDrivers'] });
  return (
    <ConfirmDialog
      danger
      title={t('deleteCredential')}
      confirmLabel={t('deleteCredential')}
      names={[credential.name]}
      onConfirm={async () => {
        await remove.mutateAsync({ params: { credential: credential.name } });
        onDeleted?.();
      }}
      onClose={onClose}
    >
      <p>{t('deleteCredentialText', { count: credential.connections })}</p>
    </ConfirmDialog>
  );
}
