import { Popover } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './Button.tsx';
import { Checkbox } from './Checkbox.tsx';
import classes from './Controls.module.css';
import type { FilterDefinition } from './filter-definition.ts';

interface FilterChipsProps {
  definitions: FilterDefinition[];
  /** Chosen values per key. */
  filters: Record<string, string[]>;
  onChange: (key: string, values: string[]) => void;
}

/** Chips `key: value, value`, each with its choices and a way out, and "+ Filter". */
export function FilterChips({ definitions, filters, onChange }: FilterChipsProps) {
  const used = definitions.filter(({ key }) => filters[key]?.length);
  const rest = definitions.filter(({ key }) => !filters[key]?.length);
  return (
    <span className={classes.chips}>
      {used.map((definition) => (
        <Chip key={definition.key} definition={definition} values={filters[definition.key] ?? []} onChange={onChange} />
      ))}
      {definitions.length > 0 && (
        <AddFilter definitions={definitions} rest={rest} filters={filters} onChange={onChange} />
      )}
    </span>
  );
}

interface ChipProps {
  definition: FilterDefinition;
  values: string[];
  onChange: (key: string, values: string[]) => void;
}

function Chip({ definition, values, onChange }: ChipProps) {
  const { t } = useTranslation();
  const { key, label, options } = definition;
  const [opened, setOpened] = useState(false);
  const words = values.map((value) => options?.find((option) => option.value === value)?.label ?? value);
  return (
    <span className={classes.chip}>
      <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus returnFocus>
        <Popover.Target>
          <button type="button" onClick={() => setOpened(!opened)}>
            {label}: <b>{words.join(', ')}</b>
          </button>
        </Popover.Target>
        <Popover.Dropdown>
          <Choices definition={definition} values={values} onChange={(next) => onChange(key, next)} />
        </Popover.Dropdown>
      </Popover>
      <button
        type="button"
        className={classes.remove}
        aria-label={t('filter.remove', { name: label })}
        onClick={() => onChange(key, [])}
      >
        <IconX size={12} aria-hidden="true" />
      </button>
    </span>
  );
}

interface AddFilterProps extends FilterChipsProps {
  /** Those without a chip yet. */
  rest: FilterDefinition[];
}

function AddFilter({ definitions, rest, filters, onChange }: AddFilterProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const [key, setKey] = useState<string>();
  const chosen = definitions.find((definition) => definition.key === key);
  if (rest.length === 0 && !chosen) return null;
  const close = () => {
    setOpened(false);
    setKey(undefined);
  };
  return (
    <Popover
      opened={opened}
      onChange={(open) => (open ? setOpened(true) : close())}
      position="bottom-start"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <button type="button" className={classes.add} onClick={() => (opened ? close() : setOpened(true))}>
          <IconPlus size={12} aria-hidden="true" />
          {t('filter.add')}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        {chosen ? (
          <Choices
            definition={chosen}
            values={filters[chosen.key] ?? []}
            onChange={(values) => onChange(chosen.key, values)}
            onDone={close}
          />
        ) : (
          <div className={classes.choices}>
            {rest.map((definition) => (
              <Button key={definition.key} kind="quiet" size="sm" onClick={() => setKey(definition.key)}>
                {definition.label}
              </Button>
            ))}
          </div>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

interface ChoicesProps {
  definition: FilterDefinition;
  values: string[];
  onChange: (values: string[]) => void;
  onDone?: (() => void) | undefined;
}

function Choices({ definition, values, onChange, onDone }: ChoicesProps) {
  if (!definition.options)
    return <TypedValue definition={definition} values={values} onChange={onChange} onDone={onDone} />;
  return (
    <fieldset className={classes.choices} style={{ border: 0, margin: 0, padding: 0 }}>
      <legend>{definition.label}</legend>
      {definition.options.map(({ value, label }) => (
        <label key={value} className={classes.choice}>
          <Checkbox
            checked={values.includes(value)}
            onChange={(event) =>
              onChange(event.target.checked ? [...values, value] : values.filter((other) => other !== value))
            }
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}

function TypedValue({ definition, values, onChange, onDone }: ChoicesProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const value = text.trim();
    if (value === '') return;
    onChange([...values.filter((other) => other !== value), value]);
    setText('');
    onDone?.();
  };
  return (
    <form className={classes.field} onSubmit={submit}>
      <span className={classes.search} style={{ width: 'auto' }}>
        <input
          data-autofocus
          aria-label={definition.label}
          placeholder={definition.label}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </span>
      <Button type="submit" size="sm">
        {t('filter.apply')}
      </Button>
    </form>
  );
}
