import type { Role, User } from '@waterstrider/contract';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { nameProblem } from '../../shared/name-rule.ts';
import { NewPassword } from '../../shared/NewPassword.tsx';
import { useAction } from '../../shared/query.ts';
import { useNamespaces, useSession } from '../../shared/session.ts';
import { useForm } from '../../shared/use-form.ts';
import { useNewPasswordCheck } from '../../shared/use-new-password.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { Drawer } from '../../ui/Drawer.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Note } from '../../ui/Note.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { RolesEditor } from './RolesEditor.tsx';
import classes from './Users.module.css';

interface UserDrawerProps {
  /** Whose rights to edit; absent: a new user. */
  user?: User;
  onClose: () => void;
}

/** Adds a user, or edits the rights of one. */
export function UserDrawer({ user, onClose }: UserDrawerProps) {
  const { t } = useTranslation(['users', 'forms']);
  const formId = useId();
  const { username: me } = useSession();
  const namespaces = useNamespaces().data?.items ?? [];
  const checkPassword = useNewPasswordCheck();
  const create = useAction('createUser', { invalidates: ['listUsers'] });
  const update = useAction('updateUser', { invalidates: ['listUsers'] });
  const form = useForm({
    initial: {
      username: user?.username ?? '',
      password: '',
      repeat: '',
      admin: user?.admin ?? false,
      roles: Object.fromEntries((user?.roles ?? []).map(({ ns, role }) => [ns, role])) as Record<string, Role>, // made of bindings
    },
    fields: ['username', 'password', 'admin', 'roles'],
    check: (values) => {
      if (user) return {};
      const problem = nameProblem(values.username);
      return { username: problem && t(`forms:${problem}`), ...checkPassword(values, values.username) };
    },
    send: async ({ username, password, admin, roles: byNamespace }) => {
      const roles = Object.entries(byNamespace).map(([ns, role]) => ({ ns, role }));
      if (user) await update.mutateAsync({ params: { user: user.id }, body: { admin, roles } });
      else await create.mutateAsync({ body: { username, password, admin, roles } });
      onClose();
    },
  });
  const { values } = form;
  const isMe = user?.username === me;
  return (
    <Drawer
      title={user?.username ?? t('add')}
      onClose={onClose}
      foot={
        <>
          <Button type="submit" form={formId} kind="primary" busy={form.busy}>
            {user ? t('common:action.save') : t('add')}
          </Button>
          <Button onClick={onClose}>{t('common:action.cancel')}</Button>
        </>
      }
    >
      <form {...form.props} id={formId} className={classes.form}>
        {!user && (
          <>
            <TextField
              label={t('column.username')}
              value={values.username}
              onChange={(username) => form.set({ username })}
              onBlur={() => values.username !== '' && form.visit('username')}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              error={form.problem('username')}
            />
            <NewPassword
              username={values.username}
              values={values}
              onChange={form.set}
              onBlur={form.visit}
              problems={{ password: form.problem('password'), repeat: form.problem('repeat') }}
            />
          </>
        )}
        <label className={classes.check}>
          <Checkbox
            checked={values.admin}
            disabled={isMe}
            onChange={(event) => form.set({ admin: event.target.checked })}
          />
          <span>
            <b>{t('roles.admin')}</b>
            <small>{t(isMe ? 'reason.self' : 'adminHint')}</small>
          </span>
        </label>
        {values.admin ? (
          <Note>{t('adminSeesAll')}</Note>
        ) : (
          <RolesEditor namespaces={namespaces} roles={values.roles} onChange={(roles) => form.set({ roles })} />
        )}
        {user && <Note>{t('followsAtOnce')}</Note>}
        {form.failure !== undefined && <ErrorState error={form.failure} />}
      </form>
    </Drawer>
  );
}
