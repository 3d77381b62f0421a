import type { Namespace } from '@waterstrider/contract';
import { useTranslation } from 'react-i18next';
import { nameProblem } from '../../shared/name-rule.ts';
import { useAction } from '../../shared/query.ts';
import { useForm } from '../../shared/use-form.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { TextField } from '../../ui/TextField.tsx';
import classes from './Namespaces.module.css';

interface NamespaceDialogProps {
  /** The one to describe; absent: a new one. */
  namespace?: Namespace;
  onClose: () => void;
}

const longestDescription = 1000;

/** Names and describes a new namespace, or describes one that exists. */
export function NamespaceDialog({ namespace, onClose }: NamespaceDialogProps) {
  const { t } = useTranslation(['namespaces', 'forms']);
  const create = useAction('createNamespace', { invalidates: ['listNamespaces'] });
  const update = useAction('updateNamespace', { invalidates: ['listNamespaces', 'getNamespace'] });
  const form = useForm({
    initial: { name: namespace?.name ?? '', description: namespace?.description ?? '' },
    fields: ['name', 'description'],
    check: ({ name }) => {
      if (name.toLowerCase() === 'system') return { name: t('reserved') };
      const problem = nameProblem(name);
      return { name: problem && t(`forms:${problem}`) };
    },
    send: async ({ name, description }) => {
      if (namespace) await update.mutateAsync({ params: { ns: namespace.name }, body: { description } });
      else await create.mutateAsync({ body: { name, description } });
      onClose();
    },
  });
  return (
    <Dialog title={namespace ? t('describeOne', { name: namespace.name }) : t('create')} onClose={onClose}>
      <form {...form.props} className={classes.form}>
        {!namespace && (
          <TextField
            label={t('column.name')}
            value={form.values.name}
            onChange={(name) => form.set({ name })}
            onBlur={() => form.values.name !== '' && form.visit('name')}
            autoFocus
            autoComplete="off"
            spellCheck={false}
            hint={t('nameHint')}
            error={form.problem('name')}
          />
        )}
        <TextField
          optional
          rows={3}
          label={t('column.description')}
          value={form.values.description}
          maxLength={longestDescription}
          onChange={(description) => form.set({ description })}
          error={form.problem('description')}
        />
        {form.failure !== undefined && <ErrorState error={form.failure} />}
        <div className={classes.buttons}>
          <Button onClick={onClose}>{t('common:action.cancel')}</Button>
          <Button type="submit" kind="primary" busy={form.busy}>
            {namespace ? t('common:action.save') : t('create')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
