import { useTranslation } from 'react-i18next';
import { Box } from '../../ui/Box.tsx';
import { LabelsInput } from '../../ui/LabelsInput.tsx';
import { TextField } from '../../ui/TextField.tsx';
import classes from './studio.module.css';
import type { FormProblems } from './use-problems.ts';
import type { Studio } from './use-studio.ts';

interface BasicsBoxProps {
  studio: Studio;
  problems: FormProblems;
  forget: (path: string) => void;
}

/** What the MCIS as a whole is called. */
export function BasicsBox({ studio, problems, forget }: BasicsBoxProps) {
  const { t } = useTranslation('create');
  const { name, description, labels } = studio.document;
  return (
    <Box>
      <div className={classes.basics}>
        <TextField
          label={t('name')}
          value={name}
          autoComplete="off"
          spellCheck={false}
          error={problems.of('name')}
          onBlur={() => name !== '' && problems.visit('name')}
          onChange={(value) => {
            forget('name');
            studio.change({ name: value });
          }}
        />
        <TextField
          label={t('description')}
          optional
          value={description}
          error={problems.of('description')}
          onChange={(value) => {
            forget('description');
            studio.change({ description: value });
          }}
        />
        <LabelsInput
          label={t('labels')}
          value={labels ?? {}}
          error={problems.of('labels')}
          onChange={(value) => {
            forget('labels');
            studio.change({ labels: value });
          }}
        />
      </div>
    </Box>
  );
}
