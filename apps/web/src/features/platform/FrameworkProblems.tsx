import type { FrameworkState } from '@waterstrider/contract';
import { useTranslation } from 'react-i18next';
import { Note } from '../../ui/Note.tsx';
import { productNames } from './frameworks.ts';
import classes from './Platform.module.css';

const calm = new Set<string>(['archived', 'noConnections', 'noTemplates']);
const careful = new Set<string>(['notInitialised', 'throttled', 'notReady']);

/** What is wrong with a framework, what to do about it, and its own words. */
export function FrameworkProblems({ state }: { state: FrameworkState }) {
  const { t } = useTranslation('platform');
  const name = productNames[state.name];
  const worst = state.archived ? 'warn' : 'fail';
  if (state.problems.length === 0) return null;
  return (
    <div className={classes.problems}>
      {state.problems.map(({ key, text }) => (
        <Note key={key} kind={calm.has(key) ? 'info' : careful.has(key) ? 'warn' : worst}>
          <b>{t(`problem.${key}.title`, { name })}</b>
          <p>{t(`problem.${key}.todo`, { name })}</p>
          {text && (
            <p className="sm dim" lang="en">
              <code>{text}</code>
            </p>
          )}
        </Note>
      ))}
    </div>
  );
}
