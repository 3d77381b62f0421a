import type { Spec } from '@waterstrider/contract';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { toMonthly, useFormat } from '../../shared/format.ts';
import { formatSort, parseSort } from '../../shared/list-search.ts';
import { Money } from '../../shared/Money.tsx';
import { isFitting, toSpecFact } from './catalogue-facts.ts';
import type { ImageFact } from './catalogue-facts.ts';
import classes from './spec.module.css';

interface SpecTableProps {
  specs: Spec[];
  /** The rows of the question before. */
  updating: boolean;
  /** Id of the chosen one. */
  chosen: string;
  image: ImageFact | undefined;
  /** Servers of the group. */
  size: number;
  sort: string;
  onSort: (sort: string) => void;
  onPick: (spec: Spec) => void;
  more: ReactNode;
}

/** Sizes as a table of radio buttons: arrow keys go from one to the next. */
export function SpecTable({ specs, updating, chosen, image, size, sort, onSort, onPick, more }: SpecTableProps) {
  const { t } = useTranslation('create');
  const format = useFormat();
  const name = useId();
  const head = (key: string, label: string, className = '') => (
    <SortHead sort={sort} sortKey={key} label={label} className={className} onSort={onSort} />
  );
  return (
    <div className={`${classes.scroll} ${updating ? classes.updating : ''}`} aria-busy={updating}>
      <table className={classes.table} aria-label={t('spec.title')}>
        <thead>
          <tr>
            {head('name', t('spec.name'))}
            {head('vcpu', 'vCPU', classes.right)}
            {head('memoryGiB', 'GiB', classes.right)}
            <th scope="col" className={classes.wide}>
              {t('spec.processor')}
            </th>
            {head('costPerHourUsd', t('spec.perHour'), classes.right)}
            <th scope="col" className={`${classes.right} ${classes.wide}`}>
              {t('spec.perMonth', { count: size })}
            </th>
          </tr>
        </thead>
        <tbody>
          {specs.map((spec) => {
            const needsImage = image !== undefined && !isFitting(image, toSpecFact(spec));
            return (
              <tr key={spec.id} className={spec.id === chosen ? classes.picked : ''} onClick={() => onPick(spec)}>
                <th scope="row">
                  <label onClick={(event) => event.stopPropagation()}>
                    <input type="radio" name={name} checked={spec.id === chosen} onChange={() => onPick(spec)} />
                    {spec.name}
                  </label>
                </th>
                <td className={classes.right}>{format.number(spec.vcpu, 2)}</td>
                <td className={classes.right}>{format.number(spec.memoryGiB, 2)}</td>
                <td className={classes.wide}>
                  {t(`spec.family.${spec.family}`, { defaultValue: spec.family })}{' '}
                  <span className="dim3">{spec.architecture}</span>
                  {spec.gpu && <span className={classes.pill}>{`${spec.gpu.count} x ${spec.gpu.model}`}</span>}
                  {needsImage && <span className={classes.warnPill}>{t('spec.otherImage')}</span>}
                </td>
                <td className={classes.right}>
                  <Money usd={spec.costPerHourUsd} inWords />
                </td>
                <td className={`${classes.right} ${classes.wide}`}>
                  <Money usd={spec.costPerHourUsd === undefined ? undefined : toMonthly(spec.costPerHourUsd) * size} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {more && <div className={classes.more}>{more}</div>}
    </div>
  );
}

interface SortHeadProps {
  sort: string;
  sortKey: string;
  label: string;
  className: string;
  onSort: (sort: string) => void;
}

function SortHead({ sort, sortKey, label, className, onSort }: SortHeadProps) {
  const { t } = useTranslation();
  const current = parseSort(sort);
  const isCurrent = current?.key === sortKey;
  const isDown = isCurrent && current.descending;
  const Icon = isDown ? IconArrowDown : IconArrowUp;
  return (
    <th scope="col" className={className} aria-sort={isCurrent ? (isDown ? 'descending' : 'ascending') : 'none'}>
      <button
        type="button"
        title={t('table.sortBy', { name: label })}
        onClick={() => onSort(formatSort({ key: sortKey, descending: isCurrent && !isDown }) ?? sortKey)}
      >
        {label}
        {isCurrent && <Icon size={12} stroke={1.8} aria-hidden="true" />}
      </button>
    </th>
  );
}
