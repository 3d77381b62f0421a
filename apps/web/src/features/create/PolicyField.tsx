import type { InfraInput } from '@waterstrider/contract';
import { useTranslation } from 'react-i18next';
import { usePlatformKind } from '../../shared/use-platform.ts';
import { SelectField } from '../../ui/SelectField.tsx';

type Policy = InfraInput['policyOnPartialFailure'];
const policies: Policy[] = ['continue', 'refine', 'rollback'];

/** What happens when some servers fail, in plain words. */
export function PolicyField({ value, onChange }: { value: Policy; onChange: (policy: Policy) => void }) {
  const { t } = useTranslation('create');
  // It makes no failed server again.
  const isBarista = usePlatformKind() === 'cloud-barista';
  return (
    <SelectField
      label={t('policy.label')}
      value={value}
      hint={t(isBarista && value === 'continue' ? 'policy.hint.continueOnce' : `policy.hint.${value}`)}
      options={policies.map((policy) => ({ value: policy, label: t(`policy.${policy}`) }))}
      onChange={(next) => onChange(policies.find((policy) => policy === next) ?? 'continue')}
    />
  );
}
