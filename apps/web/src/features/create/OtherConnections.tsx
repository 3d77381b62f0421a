import type { Connection } from '@waterstrider/contract';
import { useTranslation } from 'react-i18next';
import { ProviderBadge } from '../../ui/ProviderBadge.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import classes from './where.module.css';

interface OtherConnectionsProps {
  connections: Connection[];
  nameOf: (provider: string) => string;
  isOpen?: boolean;
}

/** Connections that can not be used now, each with its reason. */
export function OtherConnections({ connections, nameOf, isOpen = false }: OtherConnectionsProps) {
  const { t } = useTranslation('create');
  return (
    <details className={classes.others} open={isOpen}>
      <summary>{t('where.others', { count: connections.length })}</summary>
      <ul>
        {connections.map((connection) => (
          <li key={connection.id}>
            <ProviderBadge provider={connection.provider} name={nameOf(connection.provider)} />
            <span>
              {connection.regionName} <code className="dim3">{connection.region}</code>
            </span>
            <StatusBadge status={connection.state} />
            {connection.error ? (
              <span className="dim" lang="en">
                <code>{connection.error.code}</code> {connection.error.message}
              </span>
            ) : (
              <span className="dim">{t(`where.why.${connection.state}`)}</span>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
