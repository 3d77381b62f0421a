/** The strider on the water. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" fill="none" stroke="currentColor">
      <ellipse cx="12" cy="17.6" rx="9.4" ry="2.5" strokeWidth="1.1" opacity=".42" />
      <ellipse cx="12" cy="17.6" rx="4.6" ry="1.15" strokeWidth="1.1" opacity=".7" />
      <path
        d="M12 4.2v6.6M12 8L6.2 6.2 2.8 15M12 8l5.8-1.8L21.2 15M12 9.6l-3.4 1.6-1.2 5.4M12 9.6l3.4 1.6 1.2 5.4"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
