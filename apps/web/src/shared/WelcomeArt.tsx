interface WelcomeArtProps {
  className: string | undefined;
  rippleClass: string | undefined;
}

/** Where a leg touches the water: centre, widest ring, number of rings. */
const touches = [
  { x: 36, y: 700, reach: 142, rings: 6 },
  { x: 376, y: 700, reach: 142, rings: 6 },
  { x: 92, y: 838, reach: 164, rings: 6 },
  { x: 320, y: 838, reach: 164, rings: 6 },
  { x: 161, y: 666, reach: 36, rings: 3 },
  { x: 251, y: 666, reach: 36, rings: 3 },
];

/** The strider on its rings of water; decoration only. */
export function WelcomeArt({ className, rippleClass }: WelcomeArtProps) {
  return (
    <svg
      className={className}
      viewBox="0 0 420 900"
      preserveAspectRatio="xMidYMax meet"
      overflow="visible"
      aria-hidden="true"
    >
      <g fill="none" stroke="var(--wave)" strokeWidth="1.2">
        {touches.map((touch) => (
          <Ripple key={`${touch.x} ${touch.y}`} {...touch} className={rippleClass} />
        ))}
      </g>
      <g fill="none" stroke="var(--insect)" strokeLinecap="round" strokeLinejoin="round">
        <path d="M206 540c7 26 9 52 9 86s-3 76-9 104c-6-28-9-70-9-104s2-60 9-86z" fill="var(--insect)" stroke="none" />
        <path d="M204 542c-6-14-16-24-26-30M208 542c6-14 16-24 26-30" strokeWidth="1.8" />
        <path d="M205 588c-12 6-26 18-32 36l-12 42M207 588c12 6 26 18 32 36l12 42" strokeWidth="2.2" />
        <path d="M204 622C160 596 112 566 82 560L36 700M208 622c44-26 92-56 122-62l46 140" strokeWidth="2.8" />
        <path d="M204 646c-30 0-58 6-72 16L92 838M208 646c30 0 58 6 72 16l40 176" strokeWidth="2.8" />
      </g>
    </svg>
  );
}

interface RippleProps {
  x: number;
  y: number;
  reach: number;
  rings: number;
  className: string | undefined;
}

const flatness = 0.27;

function Ripple({ x, y, reach, rings, className }: RippleProps) {
  return (
    <g className={className}>
      {Array.from({ length: rings }, (_, ring) => {
        const radius = (reach * (ring + 0.5)) / (rings - 0.5);
        return <ellipse key={ring} cx={x} cy={y} rx={radius} ry={radius * flatness} opacity={1 - ring / rings} />;
      })}
    </g>
  );
}
