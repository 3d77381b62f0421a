import type { FrameworkState } from '@waterstrider/contract';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { FrameworkFacts, Mark } from './FrameworkBoxes.tsx';
import { FrameworkProblems } from './FrameworkProblems.tsx';
import { isNeeded, productNames, verdictOf } from './frameworks.ts';
import classes from './Platform.module.css';

/** How each framework answered a trial, and whether the console would work with it. */
export function TestResult({ states }: { states: FrameworkState[] }) {
  const { t } = useTranslation('platform');
  const start = useRef<HTMLDivElement>(null);
  // The form above may fill the screen.
  useEffect(() => {
    start.current?.scrollIntoView({ block: 'start' });
  }, [states]);
  const isUsable = states.every((state) => !isNeeded(state.name) || verdictOf(state) !== 'failed');
  const isAllWell = states.every((state) => verdictOf(state) !== 'failed');
  return (
    <div ref={start} className={classes.stack}>
      <p>
        <b>{t(isAllWell ? 'settings.result.good' : isUsable ? 'settings.result.partly' : 'settings.result.bad')}</b>
      </p>
      {states.map((state) => (
        <section key={state.name} className={classes.result} aria-label={productNames[state.name]}>
          <header>
            <b>{productNames[state.name]}</b>
            <Mark state={state} />
          </header>
          <FrameworkFacts state={state} />
          <FrameworkProblems state={state} />
        </section>
      ))}
    </div>
  );
}
