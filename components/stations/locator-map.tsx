'use client';
import { useQuery } from '@tanstack/react-query';
import { cityAddress, type District, districtPath, extentOf, onPaper } from './locator.ts';

const widthRem = 8;

/** Where in the city it stands, as a sketch: the districts and a point. The map itself is one click away. */
export function LocatorMap({ lonLat, label }: { lonLat: readonly [number, number]; label: string }) {
  const city = useQuery({
    queryKey: ['city-outline'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }): Promise<readonly District[]> => {
      const answer = await fetch(cityAddress, { signal });
      if (!answer.ok) throw new Error(`${cityAddress}: ${answer.status}`);
      return ((await answer.json()) as { features: readonly District[] }).features;
    },
  });
  if (!city.data) return null;
  const extent = extentOf(city.data);
  const point = onPaper(lonLat, extent);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`-2 -2 ${extent.width + 4} ${extent.height + 4}`}
      className="hidden shrink-0 lg:block"
      style={{ width: `${widthRem}rem`, maxHeight: '8rem' }}
    >
      {city.data.map((district) => (
        <path
          key={district.properties.code}
          d={districtPath(district, extent)}
          className="fill-sunken stroke-line-strong"
          strokeWidth="0.5"
          fillRule="evenodd"
        />
      ))}
      <circle cx={point[0]} cy={point[1]} r="4.5" className="fill-none stroke-accent-text" strokeWidth="1.4" />
      <circle cx={point[0]} cy={point[1]} r="1.8" className="fill-accent-text" />
    </svg>
  );
}
