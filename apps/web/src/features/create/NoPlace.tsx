import { useTranslation } from 'react-i18next';
import { Box } from '../../ui/Box.tsx';
import { LinkButton } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { OtherConnections } from './OtherConnections.tsx';
import type { ProviderPlaces } from './places.ts';

interface NoPlaceProps {
  places: ProviderPlaces[];
  nameOf: (provider: string) => string;
  isAdmin: boolean;
}

/** No connection can be used: why, and what to do about it. */
export function NoPlace({ places, nameOf, isAdmin }: NoPlaceProps) {
  const { t } = useTranslation('create');
  const others = places.flatMap((place) => place.others);
  return (
    <Box>
      <EmptyState
        reason={t(others.length > 0 ? 'noPlace.unverified' : isAdmin ? 'noPlace.none' : 'noPlace.ask')}
        action={
          isAdmin && (
            <LinkButton to="/settings/connections" kind="primary">
              {t('noPlace.connections')}
            </LinkButton>
          )
        }
      />
      {others.length > 0 && <OtherConnections connections={others} nameOf={nameOf} isOpen />}
    </Box>
  );
}
