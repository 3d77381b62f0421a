import type { FrameworkState, PlatformSettings } from '@waterstrider/contract';
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyDone } from '../../shared/notices.ts';
import { useAction } from '../../shared/query.ts';
import { useForm } from '../../shared/use-form.ts';
import { Button } from '../../ui/Button.tsx';
import { Drawer } from '../../ui/Drawer.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Note } from '../../ui/Note.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { BehindGateway } from './BehindGateway.tsx';
import { FrameworkFields } from './FrameworkFields.tsx';
import { frameworkNames } from './frameworks.ts';
import classes from './Platform.module.css';
import {
  initialSettings,
  keepsSecret,
  placesOf,
  settingsProblems,
  toSettingsInput,
  type Place,
} from './settings-form.ts';
import { TestResult } from './TestResult.tsx';

const parts = ['url', 'authMode', 'username', 'password', 'token', 'hmacAccessId', 'hmacSecret'];
const fields = ['gateway', ...frameworkNames].flatMap((place) => parts.map((part) => `${place}.${part}`));

/** Addresses and sign-in of a Cloud-Barista: tried first, then kept for the next start. */
export function CloudBaristaDrawer(props: { stored: PlatformSettings['frameworks']; onClose: () => void }) {
  const { stored, onClose } = props;
  const { t } = useTranslation('platform');
  const formId = useId();
  const intent = useRef<'test' | 'save'>('save');
  const [result, setResult] = useState<{ of: string; states: FrameworkState[] }>();
  const tryOut = useAction('testPlatform');
  const save = useAction('savePlatformSettings', { invalidates: ['getPlatform'] });
  const form = useForm({
    initial: initialSettings(stored),
    fields,
    check: (values) =>
      Object.fromEntries(
        Object.entries(settingsProblems(values, stored)).map(([field, key]) => [
          field,
          t(`settings.problem.${key ?? ''}`),
        ]),
      ),
    send: async (values) => {
      const body = toSettingsInput(values);
      if (intent.current === 'test') {
        setResult(undefined);
        const { items } = await tryOut.mutateAsync({ body });
        return setResult({ of: JSON.stringify(body), states: [...items] });
      }
      const { restartNeeded } = await save.mutateAsync({ body });
      void notifyDone(t(restartNeeded ? 'settings.saved' : 'settings.savedSame'));
      onClose();
    },
  });
  const { values } = form;
  const isCurrent = result?.of === JSON.stringify(toSettingsInput(values));
  const problem = (place: Place, part: string): string | undefined =>
    form.problem(`${place}.${part}`) ??
    // The server names frameworks; behind a gateway they share what was typed.
    (place === 'gateway' ? values.behind.map((name) => form.problem(`${name}.${part}`)).find(Boolean) : undefined);

  return (
    <Drawer
      title={t('settings.formTitle')}
      onClose={onClose}
      foot={
        <>
          <Button
            busy={tryOut.isPending}
            onClick={() => {
              intent.current = 'test';
              void form.submit();
            }}
          >
            {t('settings.test')}
          </Button>
          <Button
            type="submit"
            form={formId}
            kind="primary"
            busy={save.isPending}
            onClick={() => void (intent.current = 'save')}
          >
            {t('settings.save')}
          </Button>
          <Button onClick={onClose}>{t('common:action.cancel')}</Button>
        </>
      }
    >
      <form {...form.props} id={formId} className={classes.form} autoComplete="off">
        <p className="dim">{t('settings.formText')}</p>
        <div>
          <SegmentedControl
            label={t('settings.layout')}
            value={values.layout}
            options={[
              { value: 'gateway', label: t('settings.gateway') },
              { value: 'separate', label: t('settings.separate') },
            ]}
            onChange={(layout) => form.set({ layout })}
          />
        </div>
        {placesOf(values).map((place) => (
          <FrameworkFields
            key={place}
            place={place}
            values={values[place]}
            isKept={keepsSecret(values, place, stored)}
            onChange={(change) => {
              const part = Object.keys(change)[0] ?? '';
              form.set({ [place]: { ...values[place], ...change } }, `${place}.${part}`);
            }}
            onBlur={(part) => form.visit(`${place}.${part}`)}
            problem={(part) => problem(place, part)}
          />
        ))}
        {values.layout === 'gateway' && (
          <BehindGateway chosen={values.behind} onChange={(behind) => form.set({ behind })} />
        )}
        <div role="status">
          {tryOut.isPending && <p className="dim">{t('settings.testing')}</p>}
          {result && isCurrent && <TestResult states={result.states} />}
          {result && !isCurrent && !form.busy && <Note>{t('settings.changedSince')}</Note>}
        </div>
        {form.failure !== undefined && <ErrorState error={form.failure} />}
        <p className="dim sm">{t('settings.atNextStart')}</p>
      </form>
    </Drawer>
  );
}
