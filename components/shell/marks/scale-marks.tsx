'use client';
import { useTranslations } from 'next-intl';
import { cn } from '@/components/ui/cn.ts';
import type { Grade, ResponseLevel, warningColours } from '@/server/domain/scale.ts';

type WarningColour = (typeof warningColours)[number];

/** Three scales, three shapes (PRODUCT.md §4): a grade is a framed Roman number, a response a stack of bars, a warning a pennant. */
export function GradeMark({ grade, className }: { grade: Grade; className?: string }) {
  const t = useTranslations('domain.grade');
  const hot = grade === 'I' || grade === 'II';
  return (
    <span
      className={cn(
        'inline-flex h-[1.5em] shrink-0 items-center rounded-sm border px-1.5 text-2xs font-semibold whitespace-nowrap',
        hot ? 'border-critical/60 bg-critical-wash text-critical-text' : 'border-line-strong text-ink-soft',
        className,
      )}
    >
      {t(grade)}
    </span>
  );
}

export function ResponseMark({ level, className }: { level: ResponseLevel; className?: string }) {
  const t = useTranslations('domain.response');
  return (
    <span
      className={cn(
        'inline-flex h-[1.5em] shrink-0 items-center gap-1.5 rounded-sm border border-line-strong px-1.5 text-2xs font-semibold whitespace-nowrap text-ink-soft',
        className,
      )}
    >
      <svg viewBox="0 0 13 10" aria-hidden className="h-[0.8em]">
        {[4, 3, 2, 1].map((step, index) => (
          <rect
            key={step}
            x={index * 3.4}
            y={7.5 - index * 2.5}
            width="2.4"
            height={2.5 + index * 2.5}
            fill="currentColor"
            opacity={step >= level ? 1 : 0.25}
          />
        ))}
      </svg>
      {t(String(level) as '1')}
    </span>
  );
}

const pennants: Record<WarningColour, string> = {
  red: 'text-critical-text border-critical/50 bg-critical-wash [--pennant:var(--critical)]',
  orange: 'text-serious-text border-serious/50 bg-serious-wash [--pennant:var(--serious)]',
  yellow: 'text-caution-text border-caution/60 bg-caution-wash [--pennant:var(--caution)]',
  blue: 'text-notice-text border-notice/50 bg-notice-wash [--pennant:var(--notice)]',
};

export function WarningMark({ colour, className }: { colour: WarningColour; className?: string }) {
  const t = useTranslations('domain.warningColour');
  return (
    <span
      className={cn(
        'inline-flex h-[1.5em] shrink-0 items-center gap-1 rounded-sm border px-1.5 text-2xs font-semibold whitespace-nowrap',
        pennants[colour],
        className,
      )}
    >
      <svg viewBox="0 0 10 12" aria-hidden className="h-[0.9em]">
        <path d="M1 0.5v11" stroke="currentColor" strokeWidth="1.2" />
        <path d="M1.6 1 9.5 4 1.6 7Z" fill="var(--pennant)" stroke="currentColor" strokeWidth="0.6" />
      </svg>
      {t(colour)}
    </span>
  );
}
