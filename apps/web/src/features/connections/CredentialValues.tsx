import { useTranslation } from 'react-i18next';
import { SecretInput } from '../../ui/SecretInput.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { TextField } from '../../ui/TextField.tsx';
import classes from './Connections.module.css';
import type { CredentialField } from './schema-fields.ts';

interface CredentialValuesProps {
  fields: CredentialField[];
  values: Record<string, string>;
  onChange: (key: string, value: string) => void;
  onBlur: (key: string) => void;
  problem: (key: string) => string | undefined;
}

/** The provider's own fields, drawn from its schema; its words are in English. */
export function CredentialValues({ fields, values, onChange, onBlur, problem }: CredentialValuesProps) {
  const { t } = useTranslation('connections');
  return (
    <div className={classes.values}>
      {fields.map((field) => {
        const { key, title, help, isSecret, isMultiline, isRequired, choices, example } = field;
        const shared = { label: title, error: problem(key), optional: !isRequired };
        const value = values[key] ?? '';
        const hint = help && <span lang="en">{help}</span>;
        if (choices)
          return (
            <SelectField
              key={key}
              {...shared}
              hint={hint}
              value={value}
              options={[...(isRequired ? [] : ['']), ...choices].map((one) => ({ value: one, label: one }))}
              onChange={(next) => onChange(key, next)}
            />
          );
        if (isSecret)
          return (
            <SecretInput
              key={key}
              {...shared}
              hint={[help, t('secretHint')].filter(Boolean).join(' ')}
              multiline={isMultiline}
              value={value}
              onChange={(next) => onChange(key, next ?? '')}
              onBlur={() => value !== '' && onBlur(key)}
            />
          );
        return (
          <TextField
            key={key}
            {...shared}
            mono
            hint={hint}
            value={value}
            onChange={(next) => onChange(key, next)}
            onBlur={() => value !== '' && onBlur(key)}
            autoComplete="off"
            spellCheck={false}
            {...(example ? { placeholder: example } : {})}
            {...(isMultiline ? { rows: 4 } : {})}
          />
        );
      })}
    </div>
  );
}
