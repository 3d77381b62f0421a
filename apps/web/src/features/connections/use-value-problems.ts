import { useTranslation } from 'react-i18next';
import type { Problems } from '../../shared/form-problems.ts';
import { fieldProblem } from './schema-fields.ts';
import type { CredentialField } from './schema-fields.ts';

/** What is wrong with the provider's own fields, in words, under `values.{key}`. */
export function useValueProblems(): (fields: CredentialField[], values: Record<string, string>) => Problems {
  const { t } = useTranslation('connections');
  return (fields, values) =>
    Object.fromEntries(
      fields.map((field) => {
        const value = values[field.key] ?? '';
        const problem = fieldProblem(field, field.isMultiline ? value : value.trim());
        const words =
          problem &&
          t(`valueProblem.${problem}`, { count: value.trim().length, least: field.minLength, most: field.maxLength });
        return [`values.${field.key}`, words];
      }),
    );
}
