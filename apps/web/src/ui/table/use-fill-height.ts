import { useLayoutEffect, useState } from 'react';
import type { RefObject } from 'react';

const least = 280;
const margin = 26;

/** Height that lets a scrolling part end at the bottom of the window, whatever stands above it; `change` makes it look again. */
export function useFillHeight(part: RefObject<HTMLElement | null>, change: unknown): number {
  const [height, setHeight] = useState(least);
  useLayoutEffect(() => {
    const look = () => {
      const top = (part.current?.getBoundingClientRect().top ?? 0) + window.scrollY;
      const bottomBar =
        Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--bottombar')) || 0;
      const room = window.innerHeight - bottomBar - margin;
      // Far down the page the part takes most of a screen of its own.
      setHeight(Math.max(least, room - Math.min(top, room * 0.45)));
    };
    look();
    window.addEventListener('resize', look);
    return () => window.removeEventListener('resize', look);
  }, [part, change]);
  return height;
}
