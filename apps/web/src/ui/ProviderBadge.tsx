import classes from './ProviderBadge.module.css';
import { providerBadge, providerName } from './provider.ts';

interface ProviderBadgeProps {
  /** Id of the provider: `sim-aws`. */
  provider: string;
  /** Full name, if another than the usual one. */
  name?: string;
}

/** Neutral text badge of a provider; the full name is its accessible name and its tooltip. */
export function ProviderBadge({ provider, name = providerName(provider) }: ProviderBadgeProps) {
  return (
    <span className={classes.badge} title={name}>
      <span aria-hidden="true">{providerBadge(provider)}</span>
      <span className="visually-hidden">{name}</span>
    </span>
  );
}
