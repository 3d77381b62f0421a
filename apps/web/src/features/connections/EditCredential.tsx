import type { Cloud, Credential, Operation } from '@waterstrider/contract';
import { IconTrash } from '@tabler/icons-react';
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyDone } from '../../shared/notices.ts';
import { newIdempotencyKey, useAction } from '../../shared/query.ts';
import { useForm } from '../../shared/use-form.ts';
import { usePlatformKind, useUnsupported } from '../../shared/use-platform.ts';
import { Button } from '../../ui/Button.tsx';
import { Drawer } from '../../ui/Drawer.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { ProviderBadge } from '../../ui/ProviderBadge.tsx';
import classes from './Connections.module.css';
import { CredentialValues } from './CredentialValues.tsx';
import { DeleteCredentialDialog } from './DeleteDialogs.tsx';
import { NamespacePicker } from './NamespacePicker.tsx';
import { RegionPicker } from './RegionPicker.tsx';
import { initialValues, toFields, toValues } from './schema-fields.ts';
import { useValueProblems } from './use-value-problems.ts';

interface EditCredentialProps {
  credential: Credential;
  cloud: Cloud;
  nameOf: (provider: string) => string;
  onAccepted: (operation: Operation) => void;
  onClose: () => void;
}

const sameSet = (left: string[] | undefined, right: string[] | undefined): boolean =>
  left === right ||
  (left !== undefined && right !== undefined && JSON.stringify([...left].sort()) === JSON.stringify([...right].sort()));

/** Replaces the key (write-only), changes regions and namespaces; only what was changed is sent. */
export function EditCredential({ credential, cloud, nameOf, onAccepted, onClose }: EditCredentialProps) {
  const { t } = useTranslation('connections');
  const formId = useId();
  const [deleting, setDeleting] = useState(false);
  const whyNotDelete = useUnsupported()('deleteCredential');
  const isShownOnly = usePlatformKind() === 'cloud-barista';
  // Without a choice every region is in sight.
  const shown = credential.regions.length > 0 ? credential.regions : cloud.regions.map(({ region }) => region);
  const fields = toFields(cloud.credentialSchema);
  const valueProblems = useValueProblems();
  const update = useAction('updateCredential', {
    invalidates: ['listCredentials', 'getCredential', 'listConnections', 'listDrivers'],
  });
  const sent = useRef({ body: '', key: '' });
  const form = useForm({
    initial: {
      /** Absent: the stored key stays. */
      values: undefined as Record<string, string> | undefined,
      regions: shown,
      namespaces: credential.namespaces,
    },
    fields: ['regions', 'namespaces', ...fields.map(({ key }) => `values.${key}`)],
    check: (values) => ({
      ...(values.values ? valueProblems(fields, values.values) : {}),
      regions: values.regions.length === 0 ? t('regionNeeded') : undefined,
      namespaces: values.namespaces?.length === 0 ? t('namespaceNeeded') : undefined,
    }),
    send: async ({ values, regions, namespaces }) => {
      const body = {
        ...(values ? { values: toValues(fields, values) } : {}),
        ...(sameSet(regions, shown) ? {} : { regions }),
        ...(sameSet(namespaces, credential.namespaces) ? {} : { namespaces: namespaces ?? null }),
      };
      if (Object.keys(body).length === 0) return onClose();
      const text = JSON.stringify(body);
      if (sent.current.body !== text) sent.current = { body: text, key: newIdempotencyKey() };
      const { operation } = await update.mutateAsync({
        params: { credential: credential.name },
        body,
        idempotencyKey: sent.current.key,
      });
      if (operation.progress.total > 0) return onAccepted(operation);
      void notifyDone(t('saved', { name: credential.name }));
      onClose();
    },
  });
  const { values } = form;
  return (
    <Drawer
      title={credential.name}
      mark={<ProviderBadge provider={credential.provider} name={nameOf(credential.provider)} />}
      onClose={onClose}
      foot={
        <>
          <Button type="submit" form={formId} kind="primary" busy={form.busy}>
            {t('verifyAndSave')}
          </Button>
          <Button onClick={onClose}>{t('common:action.cancel')}</Button>
          <span className="spacer" />
          <Button
            kind="danger"
            icon={<IconTrash size={15} stroke={1.6} />}
            disabled={whyNotDelete !== undefined}
            aria-describedby={whyNotDelete && `${formId}-why`}
            onClick={() => setDeleting(true)}
          >
            {t('delete')}
          </Button>
          {whyNotDelete && (
            <p id={`${formId}-why`} className={`${classes.why} dim sm`}>
              {whyNotDelete}
            </p>
          )}
        </>
      }
    >
      <form {...form.props} id={formId} className={classes.drawer}>
        {values.values ? (
          <>
            <CredentialValues
              fields={fields}
              values={values.values}
              onChange={(key, value) => form.set({ values: { ...values.values, [key]: value } }, `values.${key}`)}
              onBlur={(key) => form.visit(`values.${key}`)}
              problem={(key) => form.problem(`values.${key}`)}
            />
            <div>
              <Button size="sm" onClick={() => form.set({ values: undefined }, 'values')}>
                {t('keepKey')}
              </Button>
            </div>
          </>
        ) : (
          <StoredKey
            keys={credential.valueKeys}
            onReplace={() => form.set({ values: initialValues(fields) }, 'values')}
          />
        )}
        <RegionPicker
          regions={cloud.regions}
          chosen={values.regions}
          onChange={(regions) => form.set({ regions })}
          hint={isShownOnly ? t('regionsShown') : undefined}
          error={form.problem('regions') ?? (values.regions.length === 0 ? t('regionNeeded') : undefined)}
        />
        <NamespacePicker
          chosen={values.namespaces}
          onChange={(namespaces) => form.set({ namespaces }, 'namespaces')}
          error={form.problem('namespaces')}
        />
        {form.failure !== undefined && <ErrorState error={form.failure} />}
      </form>
      {deleting && (
        <DeleteCredentialDialog credential={credential} onDeleted={onClose} onClose={() => setDeleting(false)} />
      )}
    </Drawer>
  );
}

function StoredKey({ keys, onReplace }: { keys: string[]; onReplace: () => void }) {
  const { t } = useTranslation('connections');
  return (
    <div className={classes.group}>
      <div className={classes.legend}>
        <b>{t('key')}</b>
        <button type="button" className="link" onClick={onReplace}>
          {t('replaceKey')}
        </button>
      </div>
      <div className={classes.options}>
        {keys.map((key) => (
          <div key={key} className={classes.option} style={{ cursor: 'default' }}>
            <span className="mono">{key}</span>
            <code aria-hidden="true">••••••••</code>
          </div>
        ))}
        <p className={classes.nothing}>{t('common:secret.stored')}</p>
      </div>
    </div>
  );
}
