import { IconCopy, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Box } from '../../ui/Box.tsx';
import { IconButton } from '../../ui/Button.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Field } from '../../ui/Field.tsx';
import { LabelsInput } from '../../ui/LabelsInput.tsx';
import { NumberStepper } from '../../ui/NumberStepper.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { AccessSection } from './AccessSection.tsx';
import { DiskFields } from './DiskFields.tsx';
import { largestGroup, mostGroups } from './document.ts';
import type { GroupDocument } from './document.ts';
import { ImageField } from './ImageField.tsx';
import { groupPath } from './problems.ts';
import type { GroupField } from './problems.ts';
import { SpecSection } from './SpecSection.tsx';
import classes from './studio.module.css';
import type { Connections } from './use-connections.ts';
import type { FormProblems } from './use-problems.ts';
import type { ReviewState } from './use-review.ts';
import type { Studio } from './use-studio.ts';
import { WhereSection } from './WhereSection.tsx';

interface GroupEditorProps {
  groupKey: number;
  index: number;
  group: GroupDocument;
  studio: Studio;
  connections: Connections;
  review: ReviewState;
  problems: FormProblems;
  forget: (path: string) => void;
}

/** Everything about one server group. */
export function GroupEditor(props: GroupEditorProps) {
  const { groupKey, index, group, studio, connections, review, problems, forget } = props;
  const { t } = useTranslation('create');
  const path = (field: GroupField) => groupPath(index, field);
  const problem = (field: GroupField) => problems.of(path(field));
  const change = (field: GroupField, part: Partial<GroupDocument>) => {
    forget(path(field));
    studio.changeGroup(groupKey, part);
  };
  const connection = connections.byName.get(group.connection);
  const failure = studio.fillFailure?.key === groupKey ? studio.fillFailure.error : undefined;
  const forgetChoice = () => (['connection', 'zone', 'spec', 'image'] as const).forEach((field) => forget(path(field)));
  return (
    <Box title={t('editor', { name: group.name })} padded={false} actions={<GroupActions {...props} />}>
      <div className={classes.identity}>
        <TextField
          label={t('groupName')}
          value={group.name}
          autoComplete="off"
          spellCheck={false}
          hint={t('groupNameHint', { name: group.name || 'group' })}
          error={problem('name')}
          onBlur={() => problems.visit(path('name'))}
          onChange={(name) => change('name', { name })}
        />
        <Field label={t('size')} error={problem('size')}>
          {({ id }) => (
            <NumberStepper
              id={id}
              label={t('size')}
              value={group.size}
              min={1}
              max={largestGroup}
              onChange={(size) => change('size', { size })}
            />
          )}
        </Field>
        <LabelsInput
          label={t('labels')}
          value={group.labels ?? {}}
          error={problem('labels')}
          onChange={(labels) => change('labels', { labels })}
        />
      </div>
      <WhereSection
        group={group}
        connections={connections}
        error={problem('connection')}
        zoneError={problem('zone')}
        onMove={(to) => {
          forgetChoice();
          studio.move(groupKey, to, connection);
        }}
        onZone={(zone) => change('zone', { zone })}
      />
      {failure !== undefined && connection && (
        <div className={classes.inset}>
          <ErrorState error={failure} onRetry={() => studio.move(groupKey, connection, connection)} />
        </div>
      )}
      <SpecSection
        key={group.connection}
        group={group}
        facts={studio.facts}
        isEmpty={studio.empties[groupKey] === true}
        error={problem('spec')}
        onPick={(spec) => {
          forgetChoice();
          studio.pickSpec(groupKey, spec);
        }}
      />
      <section className={classes.section} aria-label={t('image.title')}>
        <h3 className={classes.sectionTitle}>{t('image.title')}</h3>
        <div className={classes.imageRow}>
          <ImageField
            group={group}
            facts={studio.facts}
            error={problem('image')}
            onPick={(image) => {
              forget(path('image'));
              studio.dispatch({ type: 'pickImage', key: groupKey, image });
            }}
          />
          <DiskFields
            group={group}
            diskTypes={connections.clouds.known.get(connection?.provider ?? '')?.diskTypes ?? []}
            bounds={problems.bounds(group)}
            typeError={problem('rootDiskType')}
            sizeError={problem('rootDiskSizeGiB')}
            onType={(rootDiskType) => change('rootDiskType', { rootDiskType })}
            onSize={(rootDiskSizeGiB) => change('rootDiskSizeGiB', { rootDiskSizeGiB })}
            onLeave={() => problems.visit(path('rootDiskSizeGiB'))}
          />
        </div>
      </section>
      <AccessSection group={group} review={review} />
    </Box>
  );
}

function GroupActions({ groupKey, group, studio }: GroupEditorProps) {
  const { t } = useTranslation('create');
  // Where a group is added to an MCIS there is one.
  if (studio.isSingle) return null;
  return (
    <>
      {studio.keys.length < mostGroups && (
        <IconButton
          label={t('copyGroup', { name: group.name })}
          icon={<IconCopy size={16} stroke={1.6} />}
          onClick={() => studio.copy(groupKey)}
        />
      )}
      {studio.keys.length > 1 && (
        <IconButton
          label={t('removeGroup', { name: group.name })}
          icon={<IconTrash size={16} stroke={1.6} />}
          onClick={() => studio.dispatch({ type: 'remove', key: groupKey })}
        />
      )}
    </>
  );
}
