import type { InfraInput } from '@waterstrider/contract';
import { useTranslation } from 'react-i18next';
import { SelectField } from '../../ui/SelectField.tsx';

type Policy = InfraInput['policyOnPartialFailure'];
const policies: Policy[] = ['continue', 'refine', 'rollback'];

/** What happens when some servers fail, in plain words. */
export function PolicyField({ value, onChange }: { value: Policy; onChange: (policy: Policy) => void }) {
  const { t } = useTranslation('create');
  return (
    <SelectField
      label={t('policy.label')}
      value={value}
      hint={t(`policy.hint.${value}`)}
      options={policies.map((policy) => ({ value: policy, label: t(`policy.${policy}`) }))}
      onChange={(next) => onChange(policies.find((policy) => policy === next) ?? 'continue')}
    />
  );
}
