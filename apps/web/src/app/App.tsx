import { MantineProvider, localStorageColorSchemeManager } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { describeError } from '../shared/describe-error.ts';
import { createQueryClient } from '../shared/query.ts';
import { FailureContext } from '../ui/failure.ts';
import { StatusSprite } from '../ui/StatusSprite.tsx';
import { createAppRouter } from './router.tsx';
import { cssVariablesResolver, theme } from './theme.ts';

const queryClient = createQueryClient();
const router = createAppRouter(queryClient);
const colorSchemeManager = localStorageColorSchemeManager({ key: 'waterstrider.theme' });

function Failures({ children }: { children: ReactNode }) {
  const { t } = useTranslation(['common', 'errors', 'rules']);
  return (
    <FailureContext value={useCallback((error: unknown) => describeError(error, t), [t])}>{children}</FailureContext>
  );
}

/** Theme, data, texts and routes around everything. */
export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queryClient}>
        <Failures>
          <StatusSprite />
          <RouterProvider router={router} />
        </Failures>
      </QueryClientProvider>
    </MantineProvider>
  );
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
