import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './States.module.css';

const widths = [160, 90, 130, 70];

interface SkeletonRowsProps {
  rows?: number;
  /** Shows nothing before, because most answers are quicker. */
  delayMs?: number;
}

/** The shape of rows to come, after 300 ms. */
export function SkeletonRows({ rows = 6, delayMs = 300 }: SkeletonRowsProps) {
  const { t } = useTranslation();
  const [isDue, setDue] = useState(delayMs === 0);
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), delayMs);
    return () => clearTimeout(timer);
  }, [delayMs]);
  return (
    <div className={classes.skeleton} role="status" aria-label={t('loading')}>
      {Array.from({ length: isDue ? rows : 0 }, (_, row) => (
        <div key={row} className={classes.skeletonRow}>
          {widths.map((width) => (
            <span key={width} className={classes.bone} style={{ width }} />
          ))}
        </div>
      ))}
    </div>
  );
}
