import type { Infra, NodeGroup } from '@waterstrider/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../shared/api.ts';
import { useFormat } from '../../shared/format.ts';
import { newIdempotencyKey, useRow } from '../../shared/query.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { NumberStepper } from '../../ui/NumberStepper.tsx';
import classes from './mcis.module.css';
import { countLiving } from '../../shared/operate/reach.ts';
import { leavingNodes } from './leaving-nodes.ts';

interface ScaleDialogProps {
  ns: string;
  infra: Infra;
  group: NodeGroup;
  onClose: () => void;
}

const mostServers = 1000;

/** How many servers a group shall have; scaling in names those that go (the newest) and asks for the number. */
export function ScaleDialog({ ns, infra, group, onClose }: ScaleDialogProps) {
  const { t } = useTranslation('mcis');
  const format = useFormat();
  const living = countLiving(group.statusCounts);
  const [size, setSize] = useState(living);
  const [keys] = useState(() => new Map<number, string>());
  // A list from before would name others than those that go.
  const { data, isFetching } = useRow(
    'listNodes',
    { params: { ns }, query: { filter: [`infra:${infra.id}`, `nodeGroup:${group.name}`], limit: 500 } },
    { staleTime: 0 },
  );
  const nodes = isFetching ? [] : (data?.items ?? []);
  const difference = size - living;
  const leaving = difference < 0 ? leavingNodes(nodes, -difference) : [];
  const price = nodes.find(({ costPerHourUsd }) => costPerHourUsd !== undefined)?.costPerHourUsd;
  const send = () => {
    // One key per wanted size: pressing again after a failure is the same wish.
    const idempotencyKey = keys.get(size) ?? newIdempotencyKey();
    keys.set(size, idempotencyKey);
    const params = { ns, infra: infra.name, nodeGroup: group.name };
    const named = leaving.length > 0 && leaving.length === -difference ? { nodes: leaving.map(({ id }) => id) } : {};
    return api('scaleNodeGroup', { params, body: { size, ...named }, idempotencyKey });
  };
  const label =
    difference === 0
      ? t('scale.same')
      : difference > 0
        ? t('scale.out', { count: difference })
        : t('scale.in', { count: -difference });
  return (
    <ConfirmDialog
      title={t('scale.title', { name: group.name })}
      names={leaving.map(({ name }) => name)}
      confirmLabel={label}
      danger={difference < 0}
      {...(difference < 0 ? { typed: typedFor(leaving, -difference) } : {})}
      onConfirm={difference === 0 ? () => Promise.resolve() : send}
      onClose={onClose}
    >
      <div className={classes.scale}>
        <NumberStepper label={t('scale.size')} value={size} min={1} max={mostServers} onChange={setSize} />
        <span className="dim">{t('scale.now', { count: living })}</span>
      </div>
      {difference < 0 && <p>{t('scale.leaving')}</p>}
      {difference !== 0 && price !== undefined && (
        <p className="dim">
          {t(difference > 0 ? 'scale.more' : 'scale.less', { cost: format.money(Math.abs(difference) * price) })}
        </p>
      )}
    </ConfirmDialog>
  );
}

const typedFor = (leaving: { name: string }[], count: number): string =>
  count === 1 && leaving[0] ? leaving[0].name : String(count);
