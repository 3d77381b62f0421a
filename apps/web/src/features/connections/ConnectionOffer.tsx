import type { CloudPrice, Quota } from '@waterstrider/contract';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../shared/api-error.ts';
import { useFormat } from '../../shared/format.ts';
import { useRow } from '../../shared/query.ts';
import { Button } from '../../ui/Button.tsx';
import { Drawer } from '../../ui/Drawer.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Note } from '../../ui/Note.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { TextField } from '../../ui/TextField.tsx';
import classes from './Connections.module.css';

/** Quota and prices of a connection; the cloud is asked only on demand, as it can take long. */
export function ConnectionOffer({ connection, onClose }: { connection: string; onClose: () => void }) {
  const { t } = useTranslation('connections');
  const [asked, setAsked] = useState({ quota: false, prices: false });
  const params = { connection };
  const quota = useRow('getConnectionQuota', { params }, { enabled: asked.quota });
  const prices = useRow('getConnectionPrices', { params }, { enabled: asked.prices });
  return (
    <Drawer title={connection} onClose={onClose}>
      <div className={classes.drawer}>
        <p className="dim">{t('offer.text')}</p>
        <Section
          title={t('offer.quota')}
          ask={t('offer.askQuota')}
          answer={quota}
          onAsk={() => setAsked({ ...asked, quota: true })}
        >
          {quota.data && <Quotas quotas={quota.data.items} />}
        </Section>
        <Section
          title={t('offer.prices')}
          ask={t('offer.askPrices')}
          answer={prices}
          onAsk={() => setAsked({ ...asked, prices: true })}
        >
          {prices.data && <Prices prices={prices.data.items} />}
        </Section>
      </div>
    </Drawer>
  );
}

interface SectionProps {
  title: string;
  ask: string;
  answer: { error: unknown; isFetching: boolean; data: unknown; refetch: () => unknown };
  onAsk: () => void;
  children: ReactNode;
}

function Section({ title, ask, answer, onAsk, children }: SectionProps) {
  const { t } = useTranslation('connections');
  const { error, isFetching, data, refetch } = answer;
  const isLacking = error instanceof ApiError && error.code === 'unsupported';
  return (
    <section className={classes.values} aria-label={title}>
      <h3>{title}</h3>
      <div role="status">
        {isFetching && (
          <p className="dim">
            <StatusMark kind="move" /> {t('offer.asking')}
          </p>
        )}
        {isLacking && (
          <Note>
            <p>{t('offer.unsupported')}</p>
            <p className="dim sm" lang="en">
              {error.message}
            </p>
          </Note>
        )}
      </div>
      {error !== null && !isLacking && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && !isFetching && (
        <div>
          <Button onClick={onAsk}>{ask}</Button>
        </div>
      )}
      {children}
    </section>
  );
}

const dash = <span className="dim3">–</span>;

function Quotas({ quotas }: { quotas: Quota[] }) {
  const { t } = useTranslation('connections');
  if (quotas.length === 0) return <p className="dim">{t('offer.noQuota')}</p>;
  return (
    <PlainTable
      label={t('offer.quota')}
      rows={quotas}
      rowKey={({ name, unit }) => `${name} ${unit ?? ''}`}
      columns={[
        {
          id: 'name',
          header: t('offer.column.name'),
          cell: ({ name, unit }) => (
            <span lang="en">
              {name} {unit && <span className="dim">{unit}</span>}
            </span>
          ),
        },
        { id: 'limit', header: t('offer.column.limit'), cell: ({ limit }) => limit, align: 'right' },
        { id: 'used', header: t('offer.column.used'), cell: ({ used }) => used ?? dash, align: 'right' },
        {
          id: 'available',
          header: t('offer.column.available'),
          cell: ({ available }) => available ?? dash,
          align: 'right',
        },
      ]}
    />
  );
}

// A region can have thousands of sizes.
const mostShown = 100;

function Prices({ prices }: { prices: CloudPrice[] }) {
  const { t } = useTranslation('connections');
  const format = useFormat();
  const [search, setSearch] = useState('');
  if (prices.length === 0) return <p className="dim">{t('offer.noPrices')}</p>;
  const wanted = search.trim().toLowerCase();
  const found = prices.filter(({ spec }) => spec.toLowerCase().includes(wanted));
  return (
    <>
      <TextField
        label={t('offer.search')}
        value={search}
        onChange={setSearch}
        autoComplete="off"
        hint={t('offer.shown', { shown: Math.min(found.length, mostShown), total: prices.length })}
      />
      <PlainTable
        label={t('offer.prices')}
        rows={found.slice(0, mostShown)}
        rowKey={({ spec, unit, price }) => `${spec} ${unit} ${String(price)}`}
        columns={[
          { id: 'spec', header: t('offer.column.spec'), cell: ({ spec }) => <code>{spec}</code> },
          {
            id: 'price',
            header: t('offer.column.price'),
            cell: ({ price, currency }) => `${format.number(price, 6)} ${currency}`,
            align: 'right',
          },
          { id: 'unit', header: t('offer.column.per'), cell: ({ unit }) => <span lang="en">{unit}</span> },
        ]}
      />
    </>
  );
}
