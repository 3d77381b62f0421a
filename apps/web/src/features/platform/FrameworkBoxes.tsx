import type { FrameworkState } from '@waterstrider/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format.ts';
import { RelativeTime } from '../../shared/RelativeTime.tsx';
import { Box } from '../../ui/Box.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import type { StatusKind } from '../../ui/status.ts';
import { FactList } from './FactList.tsx';
import { FrameworkProblems } from './FrameworkProblems.tsx';
import { isNeeded, productNames, verdictOf, type Verdict } from './frameworks.ts';
import classes from './Platform.module.css';

const marks: Record<Verdict, StatusKind> = { works: 'run', archived: 'info', attention: 'warn', failed: 'fail' };

/** Each framework of the Cloud-Barista that serves, as of its last check. */
export function FrameworkBoxes({ frameworks }: { frameworks: FrameworkState[] }) {
  return (
    <div className={classes.columns}>
      {frameworks.map((state) => (
        <Box key={state.name} title={productNames[state.name]} mark={<Mark state={state} />}>
          <FrameworkFacts state={state} />
          <FrameworkProblems state={state} />
        </Box>
      ))}
    </div>
  );
}

export function Mark({ state }: { state: FrameworkState }) {
  const { t } = useTranslation('platform');
  const verdict = verdictOf(state);
  // Nothing relies on an archived one.
  const kind = verdict === 'failed' && state.archived ? 'warn' : marks[verdict];
  return <StatusBadge look="pill" status={verdict} kind={kind} word={t(`verdict.${verdict}`)} />;
}

/** Address, version, and how far it was got with it. */
export function FrameworkFacts({ state }: { state: FrameworkState }) {
  const { t } = useTranslation('platform');
  const format = useFormat();
  const { loginWorks, initialised, latencyMs } = state;
  const yesNo = (value: boolean | undefined): string => t(value === undefined ? 'unknown' : value ? 'yes' : 'no');
  const reached = latencyMs === undefined ? t('yes') : t('inMs', { time: format.number(latencyMs, 0) });
  const facts: [string, ReactNode][] = [
    [t('role'), t(isNeeded(state.name) ? 'needed' : 'optionalRole')],
    [t('address'), <code key="address">{state.url}</code>],
    [t('version'), state.version ?? t('unknown')],
    [t('reachable'), state.reachable ? reached : t('no')],
    [t('login'), `${yesNo(loginWorks)} (${t(`auth.${state.authMode}`)})`],
    ...(initialised === undefined ? [] : [[t('initialised'), yesNo(initialised)] as [string, ReactNode]]),
    [t('checked'), <RelativeTime key="checked" at={state.checkedAt} />],
    ...Object.entries(state.facts ?? {}).map(([name, value]): [string, ReactNode] => [
      t(`fact.${name}`, { defaultValue: name }),
      value,
    ]),
  ];
  return <FactList facts={facts} />;
}
