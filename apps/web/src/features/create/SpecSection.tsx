import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format.ts';
import { useList } from '../../shared/list.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { SearchInput } from '../../ui/SearchInput.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { nameInId, toSpecFact } from './catalogue-facts.ts';
import type { CatalogueFacts, SpecFact } from './catalogue-facts.ts';
import type { GroupDocument } from './document.ts';
import { Problem } from './Problem.tsx';
import { FilterSelect, PriceFilter } from './SpecFilters.tsx';
import classes from './spec.module.css';
import studio from './studio.module.css';
import { SpecTable } from './SpecTable.tsx';

interface SpecSectionProps {
  group: GroupDocument;
  facts: CatalogueFacts;
  /** The place has no spec with an image for it. */
  isEmpty: boolean;
  error: string | undefined;
  onPick: (spec: SpecFact) => void;
}

const vcpuSteps = [1, 2, 4, 8, 16, 32, 64, 96];
const memorySteps = [1, 2, 4, 8, 16, 32, 64, 128, 256];
type Architecture = 'any' | 'x86_64' | 'arm64';

/** The largest step that still shows what is chosen. */
const stepBelow = (steps: number[], value: number | undefined): number =>
  value === undefined ? 0 : (steps.filter((step) => step <= value).at(-1) ?? 0);

/** The sizes a place offers, cheapest first. */
export function SpecSection({ group, facts, isEmpty, error, onPick }: SpecSectionProps) {
  const { t } = useTranslation('create');
  const format = useFormat();
  const chosen = facts.specs[group.spec];
  const [search, setSearch] = useState('');
  const [sort, setSort] = useState('costPerHourUsd');
  const [minVcpu, setMinVcpu] = useState(() => stepBelow(vcpuSteps, chosen?.vcpu ?? 2));
  const [minMemoryGiB, setMinMemory] = useState(0);
  const [maxCost, setMaxCost] = useState<number>();
  const [architecture, setArchitecture] = useState<Architecture>('any');
  const query = {
    connection: group.connection,
    sort,
    ...(search ? { search } : {}),
    ...(minVcpu > 0 ? { minVcpu } : {}),
    ...(minMemoryGiB > 0 ? { minMemoryGiB } : {}),
    ...(maxCost !== undefined ? { maxCostPerHourUsd: maxCost } : {}),
    ...(architecture !== 'any' ? { architecture } : {}),
  };
  const list = useList('listSpecs', { query, limit: 50, enabled: group.connection !== '' });
  const isFiltered = search !== '' || minVcpu + minMemoryGiB > 0 || maxCost !== undefined || architecture !== 'any';
  const clear = () => {
    setSearch('');
    setMinVcpu(0);
    setMinMemory(0);
    setMaxCost(undefined);
    setArchitecture('any');
  };
  return (
    <section className={studio.section} aria-label={t('spec.title')}>
      <h3 className={studio.sectionTitle}>
        {t('spec.title')}
        {group.spec !== '' && (
          <span className={classes.chosen}>
            <b>{chosen?.name ?? nameInId(group.spec)}</b>
            {chosen &&
              ` ${t('spec.size', { vcpu: format.number(chosen.vcpu, 2), memory: format.number(chosen.memoryGiB, 2) })}`}
          </span>
        )}
      </h3>
      <div className={classes.filters}>
        <SearchInput label={t('spec.search')} placeholder={t('spec.name')} value={search} onChange={setSearch} />
        <FilterSelect label={t('spec.minVcpu')} value={minVcpu} steps={vcpuSteps} onChange={setMinVcpu} />
        <FilterSelect label={t('spec.minMemory')} value={minMemoryGiB} steps={memorySteps} onChange={setMinMemory} />
        <PriceFilter value={maxCost} onChange={setMaxCost} />
        <SegmentedControl<Architecture>
          label={t('spec.architecture')}
          size="sm"
          value={architecture}
          options={[
            { value: 'any', label: t('spec.any') },
            { value: 'x86_64', label: 'x86_64' },
            { value: 'arm64', label: 'arm64' },
          ]}
          onChange={setArchitecture}
        />
        <span className={`${classes.count} dim sm`} role="status">
          {list.loading ? '' : t('spec.shown', { shown: list.rows.length, total: format.number(list.total) })}
        </span>
      </div>
      <Problem text={error ?? (isEmpty ? t('spec.nothing') : undefined)} />
      {list.error ? (
        <div className={studio.inset}>
          <ErrorState error={list.error} onRetry={list.retry} />
        </div>
      ) : list.loading ? (
        <SkeletonRows rows={6} />
      ) : list.rows.length === 0 ? (
        <div className={classes.none}>
          <p>{t(isFiltered ? 'spec.noMatch' : 'spec.none')}</p>
          {isFiltered && (
            <Button size="sm" onClick={clear}>
              {t('common:table.clear')}
            </Button>
          )}
        </div>
      ) : (
        <SpecTable
          specs={list.rows}
          updating={list.updating}
          chosen={group.spec}
          image={facts.images[group.image]}
          size={group.size}
          sort={sort}
          onSort={setSort}
          onPick={(spec) => onPick(toSpecFact(spec))}
          more={
            list.hasMore && (
              <Button size="sm" busy={list.loadingMore} onClick={list.loadMore}>
                {t('common:table.loadMore')}
              </Button>
            )
          }
        />
      )}
    </section>
  );
}
