/** The shapes of marks (g-) and squares (q-), drawn once per page and referenced by `<use>`. */
export function StatusSprite() {
  return (
    <svg width="0" height="0" style={{ position: 'absolute' }} aria-hidden="true">
      <Marks />
      <Squares />
    </svg>
  );
}

const box = '0 0 12 12';

function Marks() {
  return (
    <>
      <symbol id="g-run" viewBox={box}>
        <circle cx="6" cy="6" r="4.6" fill="currentColor" />
      </symbol>
      <symbol id="g-move" viewBox={box}>
        <circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" strokeWidth="1.7" opacity=".35" />
        <path d="M6 1.6A4.4 4.4 0 0 1 10.4 6" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
      </symbol>
      <symbol id="g-susp" viewBox={box}>
        <path d="M3.5 2.4v7.2M8.5 2.4v7.2" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" />
      </symbol>
      <symbol id="g-fail" viewBox={box}>
        <path d="M3.7.8h4.6l2.9 2.9v4.6l-2.9 2.9H3.7L.8 8.3V3.7z" fill="currentColor" />
        <path d="M4.2 4.2l3.6 3.6M7.8 4.2L4.2 7.8" stroke="var(--surface)" strokeWidth="1.5" strokeLinecap="round" />
      </symbol>
      <symbol id="g-undef" viewBox={box}>
        <path d="M6 .5L11.5 6 6 11.5.5 6z" fill="currentColor" />
        <path
          d="M4.7 4.9c0-1.9 2.7-1.8 2.7-.2 0 1-1.3 1-1.3 2"
          stroke="var(--surface)"
          strokeWidth="1.15"
          fill="none"
          strokeLinecap="round"
        />
        <circle cx="6.05" cy="8.4" r=".8" fill="var(--surface)" />
      </symbol>
      <symbol id="g-warn" viewBox={box}>
        <path d="M6 .9l5.4 9.9H.6z" fill="currentColor" stroke="currentColor" strokeLinejoin="round" strokeWidth=".8" />
        <path d="M6 4.2v3" stroke="var(--surface)" strokeWidth="1.4" strokeLinecap="round" />
        <circle cx="6" cy="9" r=".8" fill="var(--surface)" />
      </symbol>
      <symbol id="g-term" viewBox={box}>
        <circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" strokeWidth="1.4" strokeDasharray="2 1.6" />
      </symbol>
      <symbol id="g-ok" viewBox={box}>
        <path
          d="M2 6.4l2.7 2.7L10.2 3.4"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.9"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </symbol>
      <symbol id="g-info" viewBox={box}>
        <circle cx="6" cy="6" r="4.8" fill="none" stroke="currentColor" strokeWidth="1.4" />
        <path d="M6 5.6v2.8" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round" />
        <circle cx="6" cy="3.6" r=".85" fill="currentColor" />
      </symbol>
      <symbol id="g-wait" viewBox={box}>
        <circle cx="6" cy="6" r="1.8" fill="currentColor" />
      </symbol>
    </>
  );
}

function Squares() {
  return (
    <>
      <symbol id="q-run" viewBox={box}>
        <rect width="12" height="12" rx="2.5" fill="var(--sq-run)" />
      </symbol>
      <symbol id="q-move" viewBox={box}>
        <rect
          x=".75"
          y=".75"
          width="10.5"
          height="10.5"
          rx="2"
          fill="var(--move-bg)"
          stroke="var(--move)"
          strokeWidth="1.5"
        />
        <path d="M1.2 1.2h9.6L1.2 10.8z" fill="var(--move)" />
      </symbol>
      <symbol id="q-susp" viewBox={box}>
        <rect
          x=".7"
          y=".7"
          width="10.6"
          height="10.6"
          rx="2"
          fill="var(--surface)"
          stroke="var(--susp)"
          strokeWidth="1.3"
        />
        <path d="M4.3 3.6v4.8M7.7 3.6v4.8" stroke="var(--susp)" strokeWidth="1.6" />
      </symbol>
      <symbol id="q-fail" viewBox={box}>
        <rect width="12" height="12" rx="2.5" fill="var(--fail)" />
        <path d="M3.6 3.6l4.8 4.8M8.4 3.6L3.6 8.4" stroke="var(--surface)" strokeWidth="1.8" strokeLinecap="round" />
      </symbol>
      <symbol id="q-undef" viewBox={box}>
        <rect width="12" height="12" rx="2.5" fill="var(--undef)" />
        <path
          d="M4.3 4.5c0-2.3 3.4-2.2 3.4-.1 0 1.3-1.7 1.3-1.7 2.5"
          stroke="var(--surface)"
          strokeWidth="1.4"
          fill="none"
          strokeLinecap="round"
        />
        <circle cx="6" cy="9.3" r=".95" fill="var(--surface)" />
      </symbol>
      <symbol id="q-term" viewBox={box}>
        <rect
          x=".7"
          y=".7"
          width="10.6"
          height="10.6"
          rx="2"
          fill="none"
          stroke="var(--term)"
          strokeWidth="1.2"
          strokeDasharray="2.4 1.8"
        />
      </symbol>
    </>
  );
}
