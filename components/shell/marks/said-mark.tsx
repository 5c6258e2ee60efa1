import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge.tsx';
import type { SaidState } from '@/server/wire/realtime.ts';

/** What a source says of its own capacity beside the number: free beds of a hospital on diversion are for nobody. */
export function SaidMark({ said, className }: { said: SaidState | undefined; className?: string }) {
  const t = useTranslations('domain.capacityState');
  if (said === undefined) return null;
  return (
    <Badge tone={said === 'limited' ? 'caution' : 'serious'} className={className}>
      {t(said)}
    </Badge>
  );
}
