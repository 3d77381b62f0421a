import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useList } from '../../shared/list.ts';
import { LiveMark } from '../../shared/LiveMark.tsx';
import { LinkButton } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { useAutoRefresh } from '../../ui/table/use-auto-refresh.ts';
import { ServersTable } from '../../shared/operate/ServersTable.tsx';

/** Every server of the namespace. */
export function ServersPage() {
  const { t } = useTranslation('servers');
  const { ns = '' } = useParams({ strict: false });
  const infras = useList('listInfra', { params: { ns }, query: { sort: 'name' }, limit: 500 });
  useAutoRefresh(infras);
  return (
    <>
      <PageHeader title={t('title')} live={<LiveMark />} />
      <ServersTable
        ns={ns}
        infras={infras.rows}
        empty={
          <EmptyState
            reason={t('empty')}
            action={
              <LinkButton to="/ns/$ns/mcis/new" params={{ ns }} kind="primary">
                {t('common:nav.newMcis')}
              </LinkButton>
            }
          />
        }
      />
    </>
  );
}
