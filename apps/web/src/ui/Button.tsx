import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, ButtonHTMLAttributes, MouseEvent, ReactNode, Ref } from 'react';
import classes from './Button.module.css';
import { StatusMark } from './StatusMark.tsx';

export type ButtonKind = 'default' | 'primary' | 'quiet' | 'danger' | 'destroy';

interface Looks {
  /** One primary per page; `danger` is a red outline, `destroy` filled red (in dialogs, once confirmed). */
  kind?: ButtonKind;
  size?: 'md' | 'sm';
  icon?: ReactNode;
}

interface ButtonProps extends Looks, Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> {
  /** Stays visible and focusable and does nothing; print the reason nearby (`ActionBar` does). */
  disabled?: boolean;
  /** While sending: does nothing, shows the turning mark. */
  busy?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

const look = (kind: ButtonKind, size: 'md' | 'sm', extra = ''): string =>
  [classes.button, kind === 'default' ? '' : classes[kind], size === 'sm' ? classes.sm : '', extra]
    .filter(Boolean)
    .join(' ');

/** A button; the label is a verb with its object ("Create 12 servers"). */
export function Button(props: ButtonProps) {
  const { kind = 'default', size = 'md', icon, disabled, busy, className, onClick, children, ...rest } = props;
  const off = disabled === true || busy === true;
  const click = (event: MouseEvent<HTMLButtonElement>) => (off ? event.preventDefault() : onClick?.(event));
  return (
    <button
      type="button"
      {...rest}
      className={look(kind, size, className)}
      aria-disabled={off || undefined}
      aria-busy={busy || undefined}
      onClick={click}
    >
      {busy ? <StatusMark kind="move" /> : icon}
      {children}
    </button>
  );
}

interface AnchorProps extends Looks, AnchorHTMLAttributes<HTMLAnchorElement> {
  ref?: Ref<HTMLAnchorElement>;
}

function Anchor({ kind = 'default', size = 'md', icon, className, children, ...rest }: AnchorProps) {
  return (
    <a {...rest} className={look(kind, size, className)}>
      {icon}
      {children}
    </a>
  );
}

/** A link of the router that looks like a button: `<LinkButton to="/ns/$ns/mcis/new" params={{ ns }} kind="primary">`. */
export const LinkButton = createLink(Anchor);

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> {
  /** Accessible name and tooltip. */
  label: string;
  icon: ReactNode;
  size?: 'md' | 'sm';
  disabled?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

/** A button that is only an icon. */
export function IconButton({ label, icon, size = 'md', disabled, className, onClick, ...rest }: IconButtonProps) {
  const click = (event: MouseEvent<HTMLButtonElement>) => (disabled ? event.preventDefault() : onClick?.(event));
  return (
    <button
      type="button"
      title={label}
      aria-label={label}
      {...rest}
      aria-disabled={disabled || undefined}
      className={[classes.icon, size === 'sm' ? classes.sm : '', className ?? ''].filter(Boolean).join(' ')}
      onClick={click}
    >
      {icon}
    </button>
  );
}
