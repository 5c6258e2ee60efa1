'use client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn.ts';
import type { UnitStatus } from '@/server/domain/unit.ts';

const ring = <circle cx="8" cy="8" r="5" fill="none" stroke="currentColor" strokeWidth="2" />;
const cross = <path d="M4 4l8 8M12 4l-8 8" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round" />;

/** Colour, shape and word together; each shape can be told from the others without its colour. */
const shapes: Record<UnitStatus, { hue: string; shape: ReactNode }> = {
  available: { hue: 'text-unit-ready', shape: ring },
  assigned: {
    hue: 'text-unit-called',
    shape: (
      <>
        <circle cx="8" cy="8" r="5" fill="none" stroke="currentColor" strokeWidth="2" />
        <path d="M8 3a5 5 0 0 1 0 10Z" fill="currentColor" />
      </>
    ),
  },
  acknowledged: { hue: 'text-unit-called', shape: <circle cx="8" cy="8" r="6" fill="currentColor" /> },
  enRoute: { hue: 'text-unit-moving', shape: <path d="M8 1.5 14 14 8 11 2 14Z" fill="currentColor" /> },
  staging: {
    hue: 'text-unit-moving',
    shape: <rect x="3" y="3" width="10" height="10" fill="none" stroke="currentColor" strokeWidth="2" />,
  },
  onScene: { hue: 'text-unit-scene', shape: <rect x="2.5" y="2.5" width="11" height="11" fill="currentColor" /> },
  transporting: { hue: 'text-unit-carry', shape: <path d="M2 8 6 2h4l4 6-4 6H6Z" fill="currentColor" /> },
  atDestination: {
    hue: 'text-unit-carry',
    shape: <path d="M2.5 8 6.3 2.6h3.4L13.5 8l-3.8 5.4H6.3Z" fill="none" stroke="currentColor" strokeWidth="2" />,
  },
  returning: {
    hue: 'text-unit-back',
    shape: (
      <path d="M8 2.5 13 13 8 10.4 3 13Z" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinejoin="round" />
    ),
  },
  busyDivertible: {
    hue: 'text-unit-moving',
    shape: (
      <>
        {ring}
        <circle cx="8" cy="8" r="2" fill="currentColor" />
      </>
    ),
  },
  unavailable: { hue: 'text-unit-off', shape: cross },
  offDuty: {
    hue: 'text-unit-off',
    shape: <path d="M3 8h10" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />,
  },
  emergency: {
    hue: 'text-unit-sos',
    shape: (
      <>
        <path d="M8 .8 15.2 8 8 15.2.8 8Z" fill="currentColor" />
        <path d="M8 4.4v4.4M8 10.6v1.2" stroke="var(--panel)" strokeWidth="1.8" strokeLinecap="round" />
      </>
    ),
  },
};

export function UnitStatusMark({
  status,
  bare = false,
  className,
}: {
  status: UnitStatus | null;
  bare?: boolean;
  className?: string;
}) {
  const t = useTranslations('domain');
  const words = status === null ? t('freshness.unknown') : t(`unitStatus.${status}`);
  const look =
    status === null
      ? {
          hue: 'text-unit-off',
          shape: (
            <circle cx="8" cy="8" r="5" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="2.4 2.4" />
          ),
        }
      : shapes[status];
  return (
    <span className={cn('inline-flex items-center gap-1.5 whitespace-nowrap', className)}>
      <svg
        viewBox="0 0 16 16"
        role={bare ? 'img' : undefined}
        aria-hidden={bare ? undefined : true}
        aria-label={bare ? words : undefined}
        className={cn('size-[1.05em] shrink-0', look.hue)}
      >
        {bare ? <title>{words}</title> : null}
        {look.shape}
      </svg>
      {bare ? null : words}
    </span>
  );
}
