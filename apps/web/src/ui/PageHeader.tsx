import { Link, useLocation } from '@tanstack/react-router';
import { IconChevronRight } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './PageHeader.module.css';

interface PageHeaderProps {
  /** The page's one h1, also the title of the browser's tab. */
  title: string;
  /** Pages above this one. */
  crumbs?: { label: string; to: string }[];
  /** Beside the title: a status pill. */
  status?: ReactNode;
  /** `<LiveMark />` on pages that change by themselves. */
  live?: ReactNode;
  /** One line below: description, badges, cost. */
  meta?: ReactNode;
  /** At the right; one primary at most. */
  actions?: ReactNode;
}

// The first page of a visit keeps the browser's own focus; every later one puts it on its title.
let lastPath: string | undefined;

/** Title row of a page. Sets the document's title and takes the focus when the page was reached from another one. */
export function PageHeader({ title, crumbs, status, live, meta, actions }: PageHeaderProps) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} - Waterstrider`;
  }, [title]);
  useEffect(() => {
    // The page before may have taken the new path with it; then the focus was lost together with its title.
    const isLost = document.activeElement === document.body;
    if (lastPath !== undefined && (lastPath !== pathname || isLost)) heading.current?.focus({ preventScroll: true });
    lastPath = pathname;
  }, [pathname]);
  return (
    <>
      {crumbs && (
        <nav className={classes.crumbs} aria-label={t('breadcrumb')}>
          {crumbs.map(({ label, to }) => (
            <span key={to} className={classes.crumbs} style={{ margin: 0 }}>
              <Link to={to} activeOptions={{ exact: true }}>
                {label}
              </Link>
              <IconChevronRight size={12} aria-hidden="true" />
            </span>
          ))}
          <span aria-current="page">{title}</span>
        </nav>
      )}
      <div className={classes.header}>
        <div className={classes.title}>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {status}
          {live}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
      {meta && <div className={classes.meta}>{meta}</div>}
    </>
  );
}
