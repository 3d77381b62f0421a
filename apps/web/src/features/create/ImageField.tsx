import '@mantine/core/styles/Input.layer.css';
import '@mantine/core/styles/Combobox.layer.css';
import '@mantine/core/styles/ScrollArea.layer.css';
import '@mantine/core/styles/CloseButton.layer.css';
import { Select } from '@mantine/core';
import type { Image } from '@waterstrider/contract';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRow } from '../../shared/query.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { imageTitle, toImageFact } from './catalogue-facts.ts';
import type { CatalogueFacts, ImageFact } from './catalogue-facts.ts';
import type { GroupDocument } from './document.ts';
import classes from './spec.module.css';

interface ImageFieldProps {
  group: GroupDocument;
  facts: CatalogueFacts;
  error: string | undefined;
  onPick: (image: ImageFact) => void;
}

const waitMs = 250;

/** Images that the chosen spec can start, found by system or by name. */
export function ImageField({ group, facts, error, onPick }: ImageFieldProps) {
  const { t } = useTranslation('create');
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  const place = { connection: group.connection, spec: group.spec, limit: 500, sort: 'osDistribution' };
  const enabled = group.connection !== '' && group.spec !== '';
  const all = useRow('listImages', { query: place }, { enabled });
  const isLarge = all.data !== undefined && all.data.total > all.data.items.length;
  const searched = useRow('listImages', { query: { ...place, search: asked } }, { enabled: isLarge && asked !== '' });
  const chosen = facts.images[group.image];
  const found = (isLarge && asked !== '' ? searched.data?.items : all.data?.items) ?? [];
  const images = new Map<string, ImageFact>([
    ...(chosen ? ([[chosen.id, chosen]] as const) : []),
    ...found.map((image: Image) => [image.id, toImageFact(image)] as const),
  ]);
  const labelOf = (image: ImageFact): string =>
    [
      imageTitle(image),
      image.gpuReady && t('image.gpu'),
      image.kubernetesReady && t('image.kubernetes'),
      image.architecture,
    ]
      .filter(Boolean)
      .join(', ');
  const text = chosen && typed === labelOf(chosen) ? '' : typed;

  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), waitMs);
    return () => clearTimeout(timer);
  }, [text]);

  const fits = (image: ImageFact): boolean => {
    const words = text.trim().toLowerCase().split(/\s+/);
    const inside = `${labelOf(image)} ${image.name}`.toLowerCase();
    return words.every((word) => inside.includes(word));
  };
  const pick = (id: string | null) => {
    const image = id === null ? undefined : images.get(id);
    if (image) onPick(image);
  };
  const nothing = t(all.isPending || searched.isLoading ? 'common:loading' : 'image.noMatch');
  if (all.error) return <ErrorState error={all.error} onRetry={() => void all.refetch()} />;
  return (
    <Select
      label={t('image.label')}
      description={chosen ? t('image.user', { name: chosen.defaultUser }) : enabled ? undefined : t('image.specFirst')}
      error={error}
      searchable
      value={group.image || null}
      searchValue={typed}
      onSearchChange={setTyped}
      data={[...images.values()].map((image) => ({ value: image.id, label: labelOf(image) }))}
      filter={({ options }) => {
        const fitting = options.filter((option) => {
          const image = 'value' in option ? images.get(option.value) : undefined;
          return image !== undefined && (isLarge || fits(image));
        });
        // A list box without options is not one for assistive technology.
        return fitting.length > 0 ? fitting : [{ value: '', label: nothing, disabled: true }];
      }}
      renderOption={({ option }) => (
        <span className={classes.image}>
          <span>{option.label}</span>
          <span className="dim3 sm" lang="en">
            {images.get(option.value)?.name}
          </span>
        </span>
      )}
      classNames={{ label: classes.imageLabel ?? '' }}
      comboboxProps={{ withinPortal: false }}
      placeholder={all.isPending && enabled ? t('common:loading') : t('image.choose')}
      maxDropdownHeight={320}
      onChange={pick}
    />
  );
}
