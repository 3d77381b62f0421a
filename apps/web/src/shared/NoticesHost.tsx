import '@mantine/core/styles/Notification.layer.css';
import '@mantine/notifications/styles.layer.css';
import { Notifications, notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { FailureText } from '../ui/ErrorState.tsx';
import type { Failure } from '../ui/failure.ts';

/** Bottom right, at most three, above everything. */
export function NoticesHost() {
  return <Notifications position="bottom-right" limit={3} autoClose={6000} zIndex={400} containerWidth={360} />;
}

const closeButton = () => ({ closeButtonProps: { 'aria-label': i18next.t('common:action.close') } });

export function showDone(text: string): void {
  notifications.show({ message: text, color: 'green', ...closeButton() });
}

export function showError(failure: Failure): void {
  notifications.show({
    title: failure.title,
    message: <FailureText failure={failure} />,
    color: 'red',
    autoClose: false,
    role: 'alert',
    ...closeButton(),
  });
}
