import type { Operation } from '@waterstrider/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRow } from '../../shared/query.ts';
import type { useClouds } from '../../shared/use-clouds.ts';
import type { DrawerState } from '../../shared/use-drawer.ts';
import { Drawer } from '../../ui/Drawer.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import classes from './Connections.module.css';
import { AddCredential } from './AddCredential.tsx';
import { EditCredential } from './EditCredential.tsx';
import { VerificationResult } from './VerificationResult.tsx';

interface CredentialDrawerProps {
  /** `new`, `new:{provider}` or `edit:{credential}`. */
  value: string | undefined;
  clouds: ReturnType<typeof useClouds>;
  drawer: DrawerState;
}

/** Form of a credential, then how the verification of its connections goes. */
export function CredentialDrawer({ value = 'new', clouds, drawer }: CredentialDrawerProps) {
  const [accepted, setAccepted] = useState<Operation>();
  const [kind, ...rest] = value.split(':');
  const subject = rest.join(':');
  if (accepted)
    return (
      <VerificationResult
        operation={accepted}
        onClose={drawer.close}
        onAnother={() => {
          setAccepted(undefined);
          drawer.open('new');
        }}
      />
    );
  if (clouds.error !== null || clouds.isPending) return <Waiting clouds={clouds} onClose={drawer.close} />;
  return kind === 'edit' ? (
    <Existing name={subject} clouds={clouds} onAccepted={setAccepted} onClose={drawer.close} />
  ) : (
    <AddCredential provider={subject} clouds={clouds} onAccepted={setAccepted} onClose={drawer.close} />
  );
}

interface ExistingProps {
  name: string;
  clouds: ReturnType<typeof useClouds>;
  onAccepted: (operation: Operation) => void;
  onClose: () => void;
}

function Existing({ name, clouds, onAccepted, onClose }: ExistingProps) {
  const { t } = useTranslation('connections');
  const { data, error, refetch } = useRow('getCredential', { params: { credential: name } });
  const cloud = data && clouds.known.get(data.provider);
  if (data && cloud)
    return (
      <EditCredential
        credential={data}
        cloud={cloud}
        nameOf={clouds.nameOf}
        onAccepted={onAccepted}
        onClose={onClose}
      />
    );
  return (
    <Drawer title={t('editCredential')} onClose={onClose}>
      <div className={classes.drawer}>
        {error === null ? <SkeletonRows rows={4} /> : <ErrorState error={error} onRetry={() => void refetch()} />}
      </div>
    </Drawer>
  );
}

function Waiting({ clouds, onClose }: Pick<ExistingProps, 'clouds' | 'onClose'>) {
  const { t } = useTranslation('connections');
  return (
    <Drawer title={t('addCredential')} onClose={onClose}>
      <div className={classes.drawer}>
        {clouds.error === null ? <SkeletonRows rows={4} /> : <ErrorState error={clouds.error} onRetry={clouds.retry} />}
      </div>
    </Drawer>
  );
}
