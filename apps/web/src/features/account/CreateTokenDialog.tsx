import type { OutputOf } from '@waterstrider/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../shared/query.ts';
import { useForm } from '../../shared/use-form.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { CopyText } from '../../ui/Text.tsx';
import { TextField } from '../../ui/TextField.tsx';
import classes from './Account.module.css';

const lifetimes = [30, 90, 365] as const;
const never = 'never';

/** Makes a token, then shows it this once. */
export function CreateTokenDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('account');
  const [made, setMade] = useState<OutputOf<'createApiToken'>>();
  const create = useAction('createApiToken', { invalidates: ['listApiTokens'] });
  const form = useForm({
    initial: { name: '', expires: '90' },
    fields: ['name', 'expiresInDays'],
    check: ({ name }) => ({ name: name.trim() === '' ? t('tokens.nameNeeded') : undefined }),
    send: async ({ name, expires }) => {
      const lifetime = expires === never ? {} : { expiresInDays: Number(expires) };
      setMade(await create.mutateAsync({ body: { name: name.trim(), ...lifetime } }));
    },
  });
  if (made)
    return (
      <Dialog title={t('tokens.newTitle')} onClose={onClose}>
        <div className={classes.dialog}>
          <p>{t('tokens.newText')}</p>
          <code className={classes.token}>{made.token}</code>
          <CopyText text={made.token} label={t('tokens.token', { name: made.name })} />
          <div className={classes.buttons}>
            <Button kind="primary" onClick={onClose}>
              {t('tokens.done')}
            </Button>
          </div>
        </div>
      </Dialog>
    );
  return (
    <Dialog title={t('tokens.create')} onClose={onClose}>
      <form {...form.props} className={classes.dialog}>
        <TextField
          label={t('tokens.name')}
          value={form.values.name}
          onChange={(name) => form.set({ name })}
          maxLength={100}
          autoFocus
          autoComplete="off"
          hint={t('tokens.nameHint')}
          error={form.problem('name')}
        />
        <SelectField
          label={t('tokens.expires')}
          value={form.values.expires}
          options={[
            ...lifetimes.map((days) => ({ value: String(days), label: t('tokens.days', { count: days }) })),
            { value: never, label: t('tokens.never') },
          ]}
          onChange={(expires) => form.set({ expires })}
          error={form.problem('expiresInDays')}
        />
        {form.failure !== undefined && <ErrorState error={form.failure} />}
        <div className={classes.buttons}>
          <Button onClick={onClose}>{t('common:action.cancel')}</Button>
          <Button type="submit" kind="primary" busy={form.busy}>
            {t('tokens.create')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
