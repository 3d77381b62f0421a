import type { User } from '@waterstrider/contract';
import { useTranslation } from 'react-i18next';
import { NewPassword } from '../../shared/NewPassword.tsx';
import { notifyDone } from '../../shared/notices.ts';
import { useAction } from '../../shared/query.ts';
import { useForm } from '../../shared/use-form.ts';
import { useNewPasswordCheck } from '../../shared/use-new-password.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import classes from './Users.module.css';

/** Sets the password of a user and ends their sessions. */
export function ResetPasswordDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation(['users', 'forms']);
  const check = useNewPasswordCheck();
  const reset = useAction('resetPassword');
  const form = useForm({
    initial: { password: '', repeat: '' },
    fields: ['password'],
    check: (values) => check(values, user.username),
    send: async ({ password }) => {
      await reset.mutateAsync({ params: { user: user.id }, body: { password } });
      void notifyDone(t('resetDone', { name: user.username }));
      onClose();
    },
  });
  return (
    <Dialog title={t('resetOf', { name: user.username })} onClose={onClose}>
      <form {...form.props} className={classes.dialog}>
        <NewPassword
          label={t('forms:newPassword')}
          username={user.username}
          values={form.values}
          onChange={form.set}
          onBlur={form.visit}
          problems={{ password: form.problem('password'), repeat: form.problem('repeat') }}
        />
        <p className="dim">{t('resetText')}</p>
        {form.failure !== undefined && <ErrorState error={form.failure} />}
        <div className={classes.buttons}>
          <Button onClick={onClose}>{t('common:action.cancel')}</Button>
          <Button type="submit" kind="primary" busy={form.busy}>
            {t('reset')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
