import { useEffect, useState } from 'react';

/** Counts down from a number of seconds given by the server; 0 when nothing is to be waited for. */
export function useWait(): { seconds: number; start: (seconds: number) => void } {
  const [until, setUntil] = useState(0);
  const [now, setNow] = useState(0);
  const seconds = Math.max(0, Math.ceil((until - now) / 1000));
  useEffect(() => {
    if (seconds === 0) return;
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [seconds]);
  return {
    seconds,
    start: (wait) => {
      setNow(Date.now());
      setUntil(Date.now() + wait * 1000);
    },
  };
}
