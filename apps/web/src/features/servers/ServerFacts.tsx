import type { Node } from '@waterstrider/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format.ts';
import { Money } from '../../shared/Money.tsx';
import { toMonthly } from '../../shared/format.ts';
import { RelativeTime } from '../../shared/RelativeTime.tsx';
import { Box } from '../../ui/Box.tsx';
import { ProviderBadge } from '../../ui/ProviderBadge.tsx';
import { providerName } from '../../ui/provider.ts';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { CopyText } from '../../ui/Text.tsx';
import { specName } from '../../shared/operate/spec-name.ts';
import classes from './servers.module.css';

interface Fact {
  key: string;
  value: ReactNode;
}

/** What is known about a server, in three boxes. */
export function ServerFacts({ ns, node }: { ns: string; node: Node }) {
  const { t } = useTranslation('servers');
  const format = useFormat();
  const copied = (key: string, text: string | undefined): Fact => ({
    key,
    value: text === undefined ? undefined : <CopyText text={text} label={t(`fact.${key}`)} />,
  });
  const disk = [
    node.rootDiskSizeGiB === undefined ? undefined : `${format.number(node.rootDiskSizeGiB)} GiB`,
    node.rootDiskType,
  ].filter(Boolean);
  const labels = Object.entries(node.labels);
  return (
    <div className={classes.facts}>
      <Facts
        title={t('box.where')}
        facts={[
          copied('publicIp', node.publicIp),
          copied('privateIp', node.privateIp),
          {
            key: 'provider',
            value: (
              <>
                <ProviderBadge provider={node.provider} /> {providerName(node.provider)}
              </>
            ),
          },
          { key: 'region', value: node.region },
          { key: 'zone', value: node.zone },
          {
            key: 'connection',
            value: (
              <Link to="/settings/connections" search={{ search: node.connection }} className="link">
                {node.connection}
              </Link>
            ),
          },
        ]}
      />
      <Facts
        title={t('box.what')}
        facts={[
          { key: 'os', value: node.os },
          { key: 'spec', value: specName(node.spec) },
          copied('image', node.image),
          { key: 'disk', value: disk.length > 0 ? disk.join(', ') : t('diskDefault') },
          {
            key: 'cost',
            value: (
              <>
                <Money usd={node.costPerHourUsd} inWords per="hour" />
                {node.costPerHourUsd !== undefined && (
                  <span className="dim">
                    {', '}
                    <Money usd={toMonthly(node.costPerHourUsd)} per="month" />
                  </span>
                )}
              </>
            ),
          },
          {
            key: 'infra',
            value: (
              <>
                <Link to="/ns/$ns/mcis/$infra" params={{ ns, infra: node.infra }} className="link">
                  {node.infra}
                </Link>
                {', '}
                {node.nodeGroup}
              </>
            ),
          },
        ]}
      />
      <Facts
        title={t('box.state')}
        facts={[
          { key: 'targetStatus', value: <StatusBadge status={node.targetStatus} /> },
          { key: 'statusSince', value: <RelativeTime at={node.statusSince} /> },
          { key: 'observedAt', value: node.observedAt && <RelativeTime at={node.observedAt} /> },
          { key: 'createdAt', value: <RelativeTime at={node.createdAt} /> },
          copied('id', node.id),
          copied('cspResourceId', node.cspResourceId),
          {
            key: 'labels',
            value: labels.length > 0 && (
              <span className={classes.labels}>
                {labels.map(([key, value]) => (
                  <span key={key}>{value ? `${key}=${value}` : key}</span>
                ))}
              </span>
            ),
          },
        ]}
      />
    </div>
  );
}

function Facts({ title, facts }: { title: string; facts: Fact[] }) {
  const { t } = useTranslation('servers');
  return (
    <Box title={title}>
      <dl className={classes.list}>
        {facts.map(({ key, value }) => (
          <div key={key}>
            <dt>{t(`fact.${key}`)}</dt>
            <dd>{value || <span className="dim3">{t('none')}</span>}</dd>
          </div>
        ))}
      </dl>
    </Box>
  );
}
