import type { Operation } from '@waterstrider/contract';
import { useId, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { nameProblem } from '../../shared/name-rule.ts';
import { newIdempotencyKey, useAction } from '../../shared/query.ts';
import { useForm } from '../../shared/use-form.ts';
import type { useClouds } from '../../shared/use-clouds.ts';
import { usePlatformKind } from '../../shared/use-platform.ts';
import { Button } from '../../ui/Button.tsx';
import { Drawer } from '../../ui/Drawer.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { TextField } from '../../ui/TextField.tsx';
import classes from './Connections.module.css';
import { isHolderName } from './holder-name.ts';
import { CredentialValues } from './CredentialValues.tsx';
import { NamespacePicker } from './NamespacePicker.tsx';
import { RegionPicker } from './RegionPicker.tsx';
import { initialValues, toFields, toValues } from './schema-fields.ts';
import { useValueProblems } from './use-value-problems.ts';

interface AddCredentialProps {
  /** Chosen beforehand, or empty. */
  provider: string;
  clouds: ReturnType<typeof useClouds>;
  onAccepted: (operation: Operation) => void;
  onClose: () => void;
}

const changed = ['listCredentials', 'listConnections', 'listDrivers'] as const;

/** A new credential: provider, name, the provider's own fields, regions, namespaces. */
export function AddCredential({ provider, clouds, onAccepted, onClose }: AddCredentialProps) {
  const { t } = useTranslation(['connections', 'forms']);
  const formId = useId();
  const isBarista = usePlatformKind() === 'cloud-barista';
  const create = useAction('createCredential', { invalidates: [...changed] });
  const sent = useRef({ body: '', key: '' });
  const first = clouds.known.get(provider) ?? clouds.clouds[0];
  const valueProblems = useValueProblems();
  const start = (id: string) => {
    const cloud = clouds.known.get(id);
    return {
      provider: id,
      // There a credential is named after its provider; another holder's has the holder before it.
      ...(isBarista ? { name: id } : {}),
      values: cloud ? initialValues(toFields(cloud.credentialSchema)) : {},
      regions: cloud?.regions.map(({ region }) => region) ?? [],
    };
  };
  const fieldsOf = (id: string) => toFields(clouds.known.get(id)?.credentialSchema ?? {});
  const form = useForm({
    initial: { name: '', ...start(first?.provider ?? ''), namespaces: undefined as string[] | undefined },
    fields: [
      'name',
      'provider',
      'regions',
      'namespaces',
      ...clouds.clouds.flatMap((cloud) => fieldsOf(cloud.provider).map(({ key }) => `values.${key}`)),
    ],
    check: (values) => {
      const problem = nameProblem(values.name);
      return {
        name: problem
          ? t(`forms:${problem}`)
          : isBarista && !isHolderName(values.name, values.provider)
            ? t('holderProblem', { provider: values.provider })
            : undefined,
        ...valueProblems(fieldsOf(values.provider), values.values),
        regions: values.regions.length === 0 ? t('regionNeeded') : undefined,
        namespaces: values.namespaces?.length === 0 ? t('namespaceNeeded') : undefined,
      };
    },
    send: async (values) => {
      const all = clouds.known.get(values.provider)?.regions.length === values.regions.length;
      const body = {
        name: values.name,
        provider: values.provider,
        values: toValues(fieldsOf(values.provider), values.values),
        ...(all ? {} : { regions: values.regions }),
        ...(values.namespaces ? { namespaces: values.namespaces } : {}),
      };
      // The same contents sent again, after a lost answer, give the same task.
      const text = JSON.stringify(body);
      if (sent.current.body !== text) sent.current = { body: text, key: newIdempotencyKey() };
      onAccepted((await create.mutateAsync({ body, idempotencyKey: sent.current.key })).operation);
    },
  });
  const { values } = form;
  const fields = useMemo(
    () => toFields(clouds.known.get(values.provider)?.credentialSchema ?? {}),
    [clouds.known, values.provider],
  );
  const regions = clouds.known.get(values.provider)?.regions ?? [];

  return (
    <Drawer
      title={t('addCredential')}
      onClose={onClose}
      foot={
        <>
          <Button type="submit" form={formId} kind="primary" busy={form.busy}>
            {t('verifyAndSave')}
          </Button>
          <Button onClick={onClose}>{t('common:action.cancel')}</Button>
        </>
      }
    >
      <form {...form.props} id={formId} className={classes.drawer}>
        <SelectField
          label={t('column.provider')}
          value={values.provider}
          options={clouds.clouds.map((cloud) => ({
            value: cloud.provider,
            label: cloud.simulated
              ? t('simulatedName', { name: clouds.nameOf(cloud.provider) })
              : clouds.nameOf(cloud.provider),
          }))}
          onChange={(id) => form.set(start(id), 'provider')}
          error={form.problem('provider')}
        />
        <TextField
          label={t('column.name')}
          value={values.name}
          onChange={(name) => form.set({ name })}
          onBlur={() => values.name !== '' && form.visit('name')}
          autoComplete="off"
          spellCheck={false}
          maxLength={63}
          hint={
            isBarista
              ? t('holderHint', { provider: values.provider })
              : t('nameHint', { name: values.name || `${values.provider.replace(/^sim-/, '')}-main` })
          }
          error={form.problem('name')}
        />
        <CredentialValues
          fields={fields}
          values={values.values}
          onChange={(key, value) => form.set({ values: { ...values.values, [key]: value } }, `values.${key}`)}
          onBlur={(key) => form.visit(`values.${key}`)}
          problem={(key) => form.problem(`values.${key}`)}
        />
        <RegionPicker
          regions={regions}
          chosen={values.regions}
          onChange={(next) => form.set({ regions: next })}
          hint={isBarista ? t('regionsShown') : undefined}
          error={form.problem('regions') ?? (values.regions.length === 0 ? t('regionNeeded') : undefined)}
        />
        <NamespacePicker
          chosen={values.namespaces}
          onChange={(next) => form.set({ namespaces: next }, 'namespaces')}
          error={form.problem('namespaces')}
        />
        {form.failure !== undefined && <ErrorState error={form.failure} />}
      </form>
    </Drawer>
  );
}
