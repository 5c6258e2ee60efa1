/** Eleven departments on one ring around the command centre. */
export function ProductMark({ className }: { className?: string }) {
  const around = Array.from({ length: 11 }, (_, index) => {
    const turn = (index / 11) * 2 * Math.PI - Math.PI / 2;
    return { x: (16 + 11.5 * Math.cos(turn)).toFixed(2), y: (16 + 11.5 * Math.sin(turn)).toFixed(2) };
  });
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={className}>
      <g stroke="currentColor" strokeWidth="1.1" opacity="0.45">
        {around.map((point) => (
          <path key={`${point.x}${point.y}`} d={`M16 16 ${point.x} ${point.y}`} />
        ))}
      </g>
      <g fill="currentColor">
        {around.map((point) => (
          <circle key={`${point.x}${point.y}`} cx={point.x} cy={point.y} r="2" />
        ))}
        <circle cx="16" cy="16" r="4.6" />
      </g>
    </svg>
  );
}
