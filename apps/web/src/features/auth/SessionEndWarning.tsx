import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import classes from './Login.module.css';
import { useSessionEnd } from './use-session-end.ts';

/** Warns two minutes before the session ends; what is typed on the page stays. Stands in the frame. */
export function SessionEndWarning() {
  const { t } = useTranslation('auth');
  const { end, stay } = useSessionEnd();
  const [seen, setSeen] = useState<'lifetime'>();
  const [failure, setFailure] = useState<unknown>();
  if (end === undefined || seen === end.reason) return null;
  const close = () => {
    if (end.reason === 'lifetime') setSeen('lifetime');
    else stay().catch(setFailure);
  };
  return (
    <Dialog title={t('end.title')} onClose={close}>
      <div className={classes.form}>
        <p>{t(`end.${end.reason}`, { count: Math.ceil(end.leftMs / 1000) })}</p>
        {failure !== undefined && <ErrorState error={failure} />}
        <div>
          <Button kind="primary" autoFocus onClick={close}>
            {t(end.reason === 'idle' ? 'end.stay' : 'end.understood')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
