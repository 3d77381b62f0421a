import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import classes from './studio.module.css';

interface DraftMarkProps {
  /** Absent while there is no draft. */
  savedAt: number | undefined;
  onDiscard: () => void;
}

/** "Draft saved, 14:32", and the way to throw it away. */
export function DraftMark({ savedAt, onDiscard }: DraftMarkProps) {
  const { t } = useTranslation('create');
  const format = useFormat();
  const [asking, setAsking] = useState(false);
  if (savedAt === undefined) return null;
  return (
    <span className={classes.draft}>
      <StatusMark kind="ok" />
      <span title={format.full(savedAt)}>{t('draft.saved', { time: format.dateTime(savedAt) })}</span>
      <button type="button" className="link" onClick={() => setAsking(true)}>
        {t('draft.discard')}
      </button>
      {asking && (
        <ConfirmDialog
          title={t('draft.title')}
          confirmLabel={t('draft.confirm')}
          onConfirm={() => {
            onDiscard();
            return Promise.resolve();
          }}
          onClose={() => setAsking(false)}
        >
          <p>{t('draft.text')}</p>
        </ConfirmDialog>
      )}
    </span>
  );
}
