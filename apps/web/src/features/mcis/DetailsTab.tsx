import type { Infra } from '@waterstrider/contract';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { issuesOf } from '../../shared/api-error.ts';
import { useFormat } from '../../shared/format.ts';
import { useAction } from '../../shared/query.ts';
import { useRole } from '../../shared/session.ts';
import { usePlatformKind } from '../../shared/use-platform.ts';
import { Box } from '../../ui/Box.tsx';
import { Button } from '../../ui/Button.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Field } from '../../ui/Field.tsx';
import { LabelsInput } from '../../ui/LabelsInput.tsx';
import { CopyText } from '../../ui/Text.tsx';
import classes from './mcis.module.css';

/** Description and labels to edit, and the facts that stay. */
export function DetailsTab({ ns, infra }: { ns: string; infra: Infra }) {
  const { t } = useTranslation('mcis');
  const format = useFormat();
  const facts = [
    { key: 'id', value: <CopyText text={infra.id} /> },
    { key: 'policy', value: t(`policy.${infra.policyOnPartialFailure}`) },
    { key: 'createdBy', value: infra.createdBy },
    { key: 'createdAt', value: format.full(infra.createdAt) },
    { key: 'connections', value: [...new Set(infra.nodeGroups.map(({ connection }) => connection))].join(', ') },
  ];
  return (
    <div className={classes.details}>
      <EditForm ns={ns} infra={infra} />
      <Box title={t('facts.title')}>
        <dl className={classes.list}>
          {facts.map(({ key, value }) => (
            <div key={key}>
              <dt>{t(`facts.${key}`)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </Box>
    </div>
  );
}

function EditForm({ ns, infra }: { ns: string; infra: Infra }) {
  const { t } = useTranslation('mcis');
  const isViewer = useRole(ns) === 'viewer';
  const isFixed = usePlatformKind() === 'cloud-barista';
  // Undefined: not touched, so that live changes still show.
  const [description, setDescription] = useState<string>();
  const [labels, setLabels] = useState<Record<string, string>>();
  const save = useAction('updateInfra', { invalidates: ['getInfra'] });
  const isChanged = description !== undefined || labels !== undefined;
  const findings = issuesOf(save.error);
  const findingOf = (field: string) => findings.find((issue) => issue.field.startsWith(`body.${field}`))?.reason;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!isChanged || isViewer || save.isPending) return;
    const body = {
      ...(description === undefined ? {} : { description }),
      ...(labels === undefined ? {} : { labels }),
    };
    try {
      await save.mutateAsync({ params: { ns, infra: infra.name }, body });
    } catch {
      return; // shown in the form by save.error
    }
    setDescription(undefined);
    setLabels(undefined);
  };
  return (
    <Box title={t('edit.title')}>
      <form className={classes.form} onSubmit={(event) => void submit(event)}>
        <Field
          label={t('edit.description')}
          hint={isFixed ? t('rules:unsupported.updateInfra') : undefined}
          error={findingOf('description')}
          optional
        >
          {(control) => (
            <textarea
              {...control}
              maxLength={1000}
              readOnly={isViewer}
              disabled={isFixed}
              value={description ?? infra.description}
              onChange={(event) => setDescription(event.target.value)}
            />
          )}
        </Field>
        <LabelsInput
          label={t('edit.labels')}
          value={labels ?? infra.labels}
          onChange={setLabels}
          error={findingOf('labels')}
        />
        {save.error !== null && findings.length === 0 && <ErrorState error={save.error} />}
        <div>
          <Button type="submit" disabled={isViewer || !isChanged} busy={save.isPending}>
            {t('common:action.save')}
          </Button>
          {isViewer && <span className="dim sm"> {t('rules:noRight')}</span>}
        </div>
      </form>
    </Box>
  );
}
