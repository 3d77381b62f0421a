import type { Namespace, Role } from '@waterstrider/contract';
import { useTranslation } from 'react-i18next';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import classes from './Users.module.css';

interface RolesEditorProps {
  namespaces: Namespace[];
  /** Role per name of a namespace; without an entry there is none. */
  roles: Record<string, Role>;
  onChange: (roles: Record<string, Role>) => void;
}

const choices = ['none', 'viewer', 'operator'] as const;

/** None, viewer or operator, per namespace. */
export function RolesEditor({ namespaces, roles, onChange }: RolesEditorProps) {
  const { t } = useTranslation('users');
  const set = (ns: string, choice: (typeof choices)[number]) => {
    const rest = Object.fromEntries(Object.entries(roles).filter(([other]) => other !== ns));
    onChange(choice === 'none' ? rest : { ...rest, [ns]: choice });
  };
  return (
    <section className={classes.roles} aria-label={t('column.roles')}>
      <h3>{t('column.roles')}</h3>
      <p className="dim3 sm">{t('rolesHint')}</p>
      <ul>
        {namespaces.map(({ name }) => (
          <li key={name}>
            <span className="ellipsis" title={name}>
              {name}
            </span>
            <SegmentedControl
              size="sm"
              label={t('roleOf', { name })}
              value={roles[name] ?? 'none'}
              options={choices.map((choice) => ({ value: choice, label: t(`roles.${choice}`) }))}
              onChange={(choice) => set(name, choice)}
            />
          </li>
        ))}
      </ul>
      {namespaces.length === 0 && <p className="dim sm">{t('noNamespace')}</p>}
    </section>
  );
}
