import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './Button.tsx';
import classes from './Text.module.css';

/** An id that gives way in the middle when there is no room; whole in its tooltip. */
export function MiddleEllipsis({ text, tail = 6 }: { text: string; tail?: number }) {
  if (text.length <= tail * 2) return <span className={classes.middle}>{text}</span>;
  return (
    <span className={classes.middle} title={text}>
      <span className={classes.head}>{text.slice(0, -tail)}</span>
      <span className={classes.tail}>{text.slice(-tail)}</span>
    </span>
  );
}

/** A value in mono with a button that copies it. */
export function CopyText({ text, label }: { text: string; label?: string }) {
  const { t } = useTranslation();
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), 2000);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = () => {
    // Absent outside https and localhost.
    if (!('clipboard' in navigator)) return setState('refused');
    navigator.clipboard.writeText(text).then(
      () => setState('copied'),
      () => setState('refused'),
    );
  };
  return (
    <span className={classes.copy}>
      <MiddleEllipsis text={text} />
      <IconButton
        size="sm"
        label={t(state === 'idle' ? 'copy.do' : `copy.${state}`, { name: label ?? text })}
        icon={state === 'copied' ? <IconCheck size={14} /> : <IconCopy size={14} stroke={1.6} />}
        onClick={copy}
      />
    </span>
  );
}
