import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './Button.tsx';
import classes from './ConfirmDialog.module.css';
import { Dialog } from './Dialog.tsx';
import { ErrorState } from './ErrorState.tsx';

interface ConfirmDialogProps {
  /** Verb and object: "Terminate 2 servers". */
  title: string;
  /** What it will touch, by name; the first 8 are shown, the rest opens. */
  names?: string[];
  /** What else goes, what stays, the cost that ends. */
  children?: ReactNode;
  /** The same verb and object, on the button. */
  confirmLabel: string;
  danger?: boolean;
  /** What has to be typed before the button works: the MCIS's name, a server's name, the number of servers. */
  typed?: string;
  /** Does it; the dialog waits, closes on success and shows the failure inside otherwise. */
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
}

const firstNames = 8;

/** Asks before something is done; render it while it is open. The focus starts on the safe button. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, names = [], children, confirmLabel, danger = false, typed, onConfirm, onClose } = props;
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const isMatch = typed === undefined || text.trim() === typed;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!isMatch || busy) return;
    setBusy(true);
    setError(undefined);
    try {
      await onConfirm();
      onClose();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };

  return (
    <Dialog title={title} onClose={onClose}>
      <form className={classes.content} onSubmit={(event) => void submit(event)}>
        {names.length > 0 && <Names names={names} />}
        {children}
        {typed !== undefined && (
          <label className={classes.typed}>
            <span>{t('confirm.type', { name: typed })}</span>
            <input
              className={classes.input}
              value={text}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setText(event.target.value)}
            />
          </label>
        )}
        {error !== undefined && <ErrorState error={error} />}
        <div className={classes.buttons}>
          <Button onClick={onClose} data-autofocus>
            {t('action.cancel')}
          </Button>
          <Button
            type="submit"
            kind={danger ? (isMatch ? 'destroy' : 'danger') : 'primary'}
            disabled={!isMatch}
            busy={busy}
          >
            {confirmLabel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Names({ names }: { names: string[] }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const shown = all ? names : names.slice(0, firstNames);
  return (
    <div>
      <ul className={classes.names}>
        {shown.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
      {names.length > shown.length && (
        <button type="button" className="link" onClick={() => setAll(true)}>
          {t('confirm.more', { count: names.length - shown.length })}
        </button>
      )}
    </div>
  );
}
