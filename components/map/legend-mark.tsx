'use client';
import type { ReactNode } from 'react';
import { UnitStatusMark } from '@/components/shell/marks/unit-status-mark.tsx';
import { alertHue } from './layers/alert-layer.ts';
import { drawingHue } from './layers/drawing-layer.ts';
import { drawingSigns } from './layers/drawing-shapes.ts';
import { stationHue, stationPath } from './layers/station-shapes.ts';
import type { LegendMark } from './map-layer.ts';
import { baseTokens, inkTokens, type MapTheme, priorityFill, unitColour, warningHue } from './tokens.ts';

const outlines = {
  P1: <path d="M5.6 1.5h4.8l4.1 4.1v4.8l-4.1 4.1H5.6l-4.1-4.1V5.6Z" />,
  P2: <path d="M8 1.2 14 4.6v6.8L8 14.8 2 11.4V4.6Z" />,
  P3: <rect x="2" y="2" width="12" height="12" rx="1.5" />,
  P4: <circle cx="8" cy="8" r="6.4" />,
};
const hatches = {
  red: 'M0 8 8 0M8 16 16 8M0 16 16 0M0 8l8 8M8 0l8 8M0 0l16 16',
  orange: 'M0 8 8 0M0 16 16 0M8 16l8-8',
  yellow: 'M0 16 16 0',
  blue: 'M4 4h.1M12 4h.1M8 8h.1M4 12h.1M12 12h.1',
};

/** An entry of the legend, with the shapes and colours of the map. */
export function LegendMarkPicture({ mark, theme }: { mark: LegendMark; theme: MapTheme }) {
  if (mark.draw === 'unit') return <UnitStatusMark status={mark.status} bare />;
  return (
    <svg viewBox="0 0 16 16" aria-hidden className="size-[1.15em] shrink-0">
      {picture(mark, theme)}
    </svg>
  );
}

function picture(mark: Exclude<LegendMark, { draw: 'unit' }>, theme: MapTheme): ReactNode {
  const inks = inkTokens(theme);
  if (mark.draw === 'freshness') {
    if (mark.freshness === 'late')
      return (
        <g fill="none" stroke={unitColour(theme, 'available')} opacity="0.72">
          <circle cx="8" cy="8" r="3.4" fill={unitColour(theme, 'available')} />
          <circle cx="8" cy="8" r="6.4" />
        </g>
      );
    return (
      <circle
        cx="8"
        cy="8"
        r="5"
        fill="none"
        stroke={inks.lineStrong}
        strokeWidth="1.8"
        strokeDasharray={mark.freshness === 'unknown' ? '2.2 2' : undefined}
      />
    );
  }
  if (mark.draw === 'incident') {
    const { fill, ink } = priorityFill(theme, mark.priority);
    return (
      <g fill={fill} stroke={mark.priority === 'P4' ? inks.lineStrong : fill}>
        {outlines[mark.priority]}
        <text x="8" y="10.8" textAnchor="middle" fontSize="7.5" fontWeight="700" fill={ink} stroke="none">
          {mark.priority}
        </text>
      </g>
    );
  }
  if (mark.draw === 'signal') {
    const hue = mark.priority === 'P4' ? inks.lineStrong : priorityFill(theme, mark.priority).fill;
    return (
      <path
        d="M4 2.5h8a2 2 0 0 1 2 2V9a2 2 0 0 1-2 2h-2l-2 3-2-3H4a2 2 0 0 1-2-2V4.5a2 2 0 0 1 2-2Z"
        fill={inks.panel}
        stroke={hue}
        strokeWidth="1.6"
      />
    );
  }
  if (mark.draw === 'warning') {
    const hue = warningHue(theme, mark.colour);
    return (
      <g stroke={hue} strokeWidth="1.2" strokeLinecap="round" fill="none">
        <path d={hatches[mark.colour]} opacity="0.75" strokeWidth={mark.colour === 'blue' ? 2.4 : 1.2} />
        <rect x="1" y="1" width="14" height="14" strokeDasharray="3 1.4" strokeWidth="1.8" />
      </g>
    );
  }
  if (mark.draw === 'station') {
    const { hue } = stationHue(theme, mark.state);
    const vouched = mark.freshness === 'fresh' || mark.freshness === 'late';
    return (
      <path
        transform="translate(8 8.4)"
        d={stationPath(mark.state, 5)}
        fill={vouched ? hue : 'none'}
        opacity={mark.freshness === 'late' ? 0.62 : 1}
        stroke={hue}
        strokeWidth="1.6"
        strokeLinejoin="round"
        strokeDasharray={mark.freshness === 'unknown' ? '2.2 2' : undefined}
      />
    );
  }
  if (mark.draw === 'alert') {
    const hue = alertHue(theme, mark.priority);
    return <path d="M4 15V2l9 3.2L4 8.6" fill={hue} stroke={hue} strokeWidth="1.5" strokeLinejoin="round" />;
  }
  if (mark.draw === 'drawing')
    return <path d={drawingSigns[mark.meaning]} fillRule="evenodd" fill={drawingHue(theme, mark.meaning)} />;
  if (mark.draw === 'vessel')
    return (
      <path
        d="M8 1.2C11 4.2 11.4 6.6 11.2 9l-.5 5.4H5.3L4.8 9C4.6 6.6 5 4.2 8 1.2Z"
        fill={baseTokens(theme).labelWater}
      />
    );
  if (mark.draw === 'total')
    return <circle cx="8" cy="8" r="6" fill={inks.panel} stroke={unitColour(theme, 'available')} strokeWidth="1.6" />;
  if (mark.draw === 'district')
    return (
      <rect
        x="1.5"
        y="2.5"
        width="13"
        height="11"
        fill={inks.place}
        fillOpacity="0.15"
        stroke={inks.place}
        strokeWidth="1.8"
      />
    );
  if (mark.draw === 'link')
    return <path d="M1 8h14" stroke={inks.selection} strokeWidth="1.8" strokeDasharray="3.2 2.2" />;
  return (
    <g fill="none" stroke={inks.place} strokeWidth="1.6">
      <circle cx="8" cy="8" r="4" />
      <path d="M8 1v4M8 11v4M1 8h4M11 8h4" />
    </g>
  );
}
