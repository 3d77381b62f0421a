import type { Cloud } from '@waterstrider/contract';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import { TextField } from '../../ui/TextField.tsx';
import type { GroupDocument } from './document.ts';
import type { DiskBounds } from './problems.ts';

interface DiskFieldsProps {
  group: GroupDocument;
  diskTypes: Cloud['diskTypes'];
  bounds: DiskBounds;
  typeError: string | undefined;
  sizeError: string | undefined;
  onType: (type: string | undefined) => void;
  onSize: (sizeGiB: number | undefined) => void;
  onLeave: () => void;
}

/** Root disk; without a choice the cloud's usual type and the image's own size. */
export function DiskFields(props: DiskFieldsProps) {
  const { group, diskTypes, bounds, typeError, sizeError, onType, onSize, onLeave } = props;
  const { t } = useTranslation('create');
  const format = useFormat();
  const usual = diskTypes.find(({ isDefault }) => isDefault);
  const known = diskTypes.map(({ name, label }) => ({ value: name, label }));
  const own = group.rootDiskType;
  const isUnknown = own !== undefined && !diskTypes.some(({ name }) => name === own);
  return (
    <>
      <SelectField
        label={t('disk.type')}
        optional
        value={own ?? ''}
        error={typeError}
        options={[
          { value: '', label: usual ? t('disk.usual', { name: usual.label }) : t('disk.usualUnknown') },
          ...known,
          ...(isUnknown ? [{ value: own, label: own }] : []),
        ]}
        onChange={(type) => onType(type === '' ? undefined : type)}
      />
      <TextField
        label={t('disk.size')}
        optional
        inputMode="numeric"
        autoComplete="off"
        value={group.rootDiskSizeGiB === undefined ? '' : String(group.rootDiskSizeGiB)}
        placeholder={format.number(bounds.least)}
        hint={t('disk.bounds', { least: format.number(bounds.least), most: format.number(bounds.most) })}
        error={sizeError}
        onBlur={onLeave}
        onChange={(text) => {
          const digits = text.replace(/\D/g, '').slice(0, 6);
          onSize(digits === '' ? undefined : Number(digits));
        }}
      />
    </>
  );
}
